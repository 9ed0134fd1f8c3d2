//! The proposal of an online_access scope, on OpenID Connect Core.

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, stated};
use crate::sources::ONLINE_ACCESS;

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "online-access",
    kind: ProfileKind::History,
    about: about("Online Access Refresh Tokens, 2019", "The scope online_access asks for a refresh token that must die with the session.", &[ONLINE_ACCESS.whole()]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::OnlineAccessScope(OnlineAccessScope::Yes), &[ONLINE_ACCESS.at("Proposal", "")]),
        stated(KnobSetting::SessionTimeoutMarks(SessionTimeoutMarks::Revoked), &[ONLINE_ACCESS.at("Proposal", "")]),
    ],
};
