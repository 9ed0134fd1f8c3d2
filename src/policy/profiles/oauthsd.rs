//! OAuthSD, a server built on oauth2-server-php, as its own page on offline_access describes it.

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, stated};
use crate::sources::{BSHAFFER, OAUTHSD};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "oauthsd",
    title: "OAuthSD, on oauth2-server-php",
    character: "One general refresh token: for OpenID Connect only with offline_access, for plain OAuth always.",
    base: Some(&super::openid_core::PROFILE),
    sources: &[OAUTHSD.whole(), BSHAFFER.whole()],
    settings: &[
        stated(KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::Ignore), &[OAUTHSD.whole()]),
        stated(
            KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::No),
            &[OAUTHSD.whole(), BSHAFFER.whole()],
        ),
        stated(KnobSetting::PlainOauthRefreshToken(PlainOauthRefreshToken::Always), &[BSHAFFER.whole()]),
    ],
};
