//! OpenIddict, with the explicit consent type of its samples.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, configured, inferred, stated};
use crate::sources::{OPENIDDICT};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "openiddict",
    kind: ProfileKind::Server,
    about: about("OpenIddict", "offline_access brings a refresh token that rolls, with 30 seconds of leeway.", &[OPENIDDICT.whole()]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent), &[OPENIDDICT.at("OpenIddictServerHandlers", "")]),
        inferred(KnobSetting::DefaultRefreshTokenBinding(DefaultRefreshTokenBinding::UntilRevoked), "The sources show no session that a token ends with."),
        stated(KnobSetting::UnregisteredRefreshGrant(UnregisteredRefreshGrant::Error), &[OPENIDDICT.at("OpenIddictServerHandlers.Authentication", "")]),
        stated(KnobSetting::PublicAutoApproval(PublicAutoApproval::Always), &[OPENIDDICT.at("sandbox, AuthorizationController", "")]),
        stated(KnobSetting::RefreshTokenRotation(RefreshTokenRotation::All), &[OPENIDDICT.at("OpenIddictServerOptions", "")]),
        stated(KnobSetting::ReusedRefreshTokenEnds(ReusedRefreshTokenEnds::Family), &[OPENIDDICT.at("OpenIddictServerHandlers.Protection", "")]),
        configured("reuse_grace_s", Constant::Number(30), &[OPENIDDICT.at("OpenIddictServerOptions", "")]),
        configured("offline_refresh_token_idle_lifetime_s", Constant::Number(1_209_600), &[OPENIDDICT.at("OpenIddictServerOptions", "")]),
    ],
};
