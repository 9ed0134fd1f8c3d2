//! Duende IdentityServer, and IdentityServer4 before it.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, configured, inferred, stated};
use crate::sources::{DUENDE};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "duende-identityserver",
    kind: ProfileKind::Server,
    about: about("Duende IdentityServer", "A client that asks for offline_access has the consent page shown every time.", &[DUENDE.whole()]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent), &[DUENDE.at("DefaultConsentService.RequiresConsentAsync", "")]),
        stated(KnobSetting::RememberedConsentSufficesForOffline(RememberedConsentSufficesForOffline::No), &[DUENDE.at("DefaultConsentService.RequiresConsentAsync", "")]),
        inferred(KnobSetting::DefaultRefreshTokenBinding(DefaultRefreshTokenBinding::UntilRevoked), "The sources show no session that a token ends with. Sessions and lifetimes are coordinated only where that is configured."),
        stated(KnobSetting::UnregisteredRefreshGrant(UnregisteredRefreshGrant::Error), &[DUENDE.at("DefaultResourceValidator, AllowOfflineAccess", "")]),
        stated(KnobSetting::UnknownScope(UnknownScope::Error), &[DUENDE.at("DefaultResourceValidator", "")]),
        stated(KnobSetting::ScopeNotAllowed(ScopeNotAllowed::Error), &[DUENDE.at("DefaultResourceValidator", "")]),
        stated(KnobSetting::PublicAutoApproval(PublicAutoApproval::Always), &[DUENDE.at("DefaultConsentService.RequiresConsentAsync", "")]),
        stated(KnobSetting::EarlierScopesOnApproval(EarlierScopesOnApproval::Replaced), &[DUENDE.at("AuthorizeInteractionResponseGenerator", "")]),
        stated(KnobSetting::RefreshTokenRotation(RefreshTokenRotation::Off), &[DUENDE.at("Client.RefreshTokenUsage, ReUse", "")]),
        stated(KnobSetting::ReusedRefreshTokenEnds(ReusedRefreshTokenEnds::Nothing), &[DUENDE.at("DefaultRefreshTokenService.AcceptConsumedTokenAsync", "")]),
        configured("offline_refresh_token_absolute_lifetime_s", Constant::Number(2_592_000), &[DUENDE.at("Client.AbsoluteRefreshTokenLifetime", "")]),
    ],
};
