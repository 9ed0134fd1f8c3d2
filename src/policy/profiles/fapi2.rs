//! FAPI 2.0 Security Profile.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, configured, stated};
use crate::sources::{FAPI_2, RFC_9700};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "fapi2",
    kind: ProfileKind::Standard,
    about: about("FAPI 2.0 Security Profile", "Confidential clients, sender-constrained tokens, and refresh tokens that do not rotate.", &[FAPI_2.whole()]),
    base: Some(&super::openid_core::PROFILE),
    settings: &[
        stated(KnobSetting::RefreshTokenRotation(RefreshTokenRotation::Off), &[FAPI_2.at("section 5.3.2.1, item 9", "")]),
        stated(KnobSetting::PublicClients(PublicClients::Refuse), &[FAPI_2.at("section 5.3.2.1, item 3", "")]),
        stated(KnobSetting::SenderConstrainedTokens(SenderConstrainedTokens::Required), &[FAPI_2.at("section 5.3.2.1, item 4", "")]),
        stated(KnobSetting::RequirePkcePublic(RequirePkcePublic::AllClients), &[FAPI_2.at("section 5.3.2.2, item 5", "")]),
        stated(KnobSetting::PkcePlain(PkcePlain::Refuse), &[FAPI_2.at("section 5.3.2.2, item 5", "")]),
        stated(KnobSetting::AllowImplicit(AllowImplicit::CodeOnly), &[FAPI_2.at("section 5.3.2.2, item 1", "")]),
        stated(KnobSetting::AdmittedRedirectUris(AdmittedRedirectUris::Exact), &[RFC_9700.at("section 2.1", "section-2.1"), FAPI_2.at("section 5.3.2.2, item 6", "")]),
        configured("code_lifetime_s", Constant::Number(60), &[FAPI_2.at("section 5.3.2.1, item 11", "")]),
    ],
};
