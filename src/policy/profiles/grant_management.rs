//! Grant Management for OAuth 2.0 on RFC 6749.

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, stated};
use crate::sources::GRANT_MANAGEMENT;

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "grant-management",
    kind: ProfileKind::Standard,
    about: about("Grant Management for OAuth 2.0, draft -03", "Several grants per user and client, each with an id to merge, replace or delete.", &[GRANT_MANAGEMENT.whole()]),
    base: Some(&super::oauth2::PROFILE),
    settings: &[
        stated(KnobSetting::GrantModel(GrantModel::Multiple), &[GRANT_MANAGEMENT.at("section 5.2", "")]),
        stated(
            KnobSetting::OldRefreshTokenAfterIncrement(OldRefreshTokenAfterIncrement::Revoke),
            &[GRANT_MANAGEMENT.at("section 5.2", "")],
        ),
        stated(
            KnobSetting::RevocationCascadesToGrant(RevocationCascadesToGrant::No),
            &[GRANT_MANAGEMENT.at("section 6.5", "")],
        ),
    ],
};
