//! OAuthSD, a server built on oauth2-server-php, as its own page on offline_access describes it.

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, stated};
use crate::sources::{BSHAFFER, OAUTHSD};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "oauthsd",
    kind: ProfileKind::History,
    about: about("OAuthSD, on oauth2-server-php", "One general refresh token: for OpenID Connect only with offline_access, for plain OAuth always.", &[OAUTHSD.whole(), BSHAFFER.whole()]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::Ignore), &[OAUTHSD.whole()]),
        stated(
            KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::No),
            &[OAUTHSD.whole(), BSHAFFER.whole()],
        ),
        stated(KnobSetting::PlainOauthRefreshToken(PlainOauthRefreshToken::Always), &[BSHAFFER.whole()]),
    ],
};
