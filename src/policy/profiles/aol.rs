//! AOL, as George Fletcher described it in 2012.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{Profile, configured, stated};
use crate::sources::ISSUE_539;

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "aol",
    title: "AOL, 2012",
    character: "Every code gives a refresh token, and it ends with the session unless offline_access was granted.",
    base: None,
    sources: &[ISSUE_539.at("comment 4 (G. Fletcher)", "")],
    settings: &[
        stated(
            KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::Yes),
            &[ISSUE_539.at("comment 4 (G. Fletcher)", "")],
        ),
        configured("access_token_lifetime_s", Constant::Number(3600), &[ISSUE_539.at("comment 4 (G. Fletcher)", "")]),
    ],
};
