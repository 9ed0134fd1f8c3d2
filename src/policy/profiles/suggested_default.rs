//! The default that opened issue #539, before any scope or parameter for offline access existed.

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, inferred, stated};
use crate::sources::{Citation, ISSUE_539};

const ISSUE: Citation = ISSUE_539.at("issue body (N. Sakimura)", "");

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "suggested-default",
    kind: ProfileKind::History,
    about: about("The suggested default of issue #539", "The code flow gives a refresh token, the token flow none, and it is valid until revoked.", &[ISSUE]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::Yes), &[ISSUE]),
        stated(KnobSetting::DefaultRefreshTokenBinding(DefaultRefreshTokenBinding::UntilRevoked), &[ISSUE]),
        stated(KnobSetting::OfflineRefreshTokenLifetime(OfflineRefreshTokenLifetime::UntilRevoked), &[ISSUE]),
        inferred(
            KnobSetting::OfflineNotice(OfflineNotice::Never),
            "Nothing in the request asks for offline access, and the default says nothing of a notice.",
        ),
        inferred(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::Always),
            "The default keys on the flow alone and knows no kinds of client.",
        ),
    ],
};
