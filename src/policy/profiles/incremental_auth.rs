//! The first draft of incremental authorization (July 2017) on RFC 6749.

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, stated};
use crate::sources::INCREMENTAL_00;

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "incremental-auth",
    kind: ProfileKind::History,
    about: about("OAuth 2.0 Incremental Authorization, draft-wdenniss -00", "One grant that grows: include_granted_scopes for servers, existing_grant for apps.", &[INCREMENTAL_00.whole()]),
    base: Some(&super::oauth2::PROFILE),
    settings: &[
        stated(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::Never),
            &[INCREMENTAL_00.at("section 5", "section-5")],
        ),
        stated(
            KnobSetting::SupportsIncludeGrantedScopes(SupportsIncludeGrantedScopes::Yes),
            &[INCREMENTAL_00.at("section 4", "section-4")],
        ),
        stated(
            KnobSetting::SupportsExistingGrant(SupportsExistingGrant::Yes),
            &[INCREMENTAL_00.at("section 5", "section-5")],
        ),
        stated(
            KnobSetting::IncludeGrantedScopesPublic(IncludeGrantedScopesPublic::Ignore),
            &[INCREMENTAL_00.at("section 5", "section-5")],
        ),
        stated(
            KnobSetting::IncludeGrantedScopesExcludes(IncludeGrantedScopesExcludes::PublicClients),
            &[INCREMENTAL_00.at("section 5", "section-5")],
        ),
    ],
};
