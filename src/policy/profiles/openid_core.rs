//! OpenID Connect Core 1.0, errata set 2.

use crate::policy::knobs::*;
use crate::policy::profile::{ACCESS_TOKEN_ENDS, CODE_ENDS, Profile, ProfileKind, about, inferred, stated};
use crate::sources::{BACK_CHANNEL_LOGOUT, CONNECT_826, Citation, OPENID_CORE};

const OFFLINE_ACCESS: Citation = OPENID_CORE.at("section 11", "OfflineAccess");
const REQUEST: Citation = OPENID_CORE.at("section 3.1.2.1", "AuthRequest");
const ERRORS: Citation = OPENID_CORE.at("section 3.1.2.6", "AuthError");
const LOGOUT: Citation = BACK_CHANNEL_LOGOUT.at("section 2.7", "BCActions");

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "openid-core",
    kind: ProfileKind::Standard,
    about: about("OpenID Connect Core 1.0, section 11", "offline_access counts only with prompt=consent, and a refresh token needs it.", &[OFFLINE_ACCESS, OPENID_CORE.at("section 17.4", "OfflineAccessPrivacy")]),
    base: None,
    settings: &[
        stated(KnobSetting::OfflineRequest(OfflineRequest::Scope), &[OFFLINE_ACCESS]),
        stated(KnobSetting::PromptVocabulary(PromptVocabulary::Openid), &[REQUEST]),
        stated(
            KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::Ignore),
            &[OPENID_CORE.at("section 11, bullet 1", "OfflineAccess")],
        ),
        inferred(
            KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::No),
            "Section 11 lets a server issue refresh tokens in other contexts and says no more; this profile issues \
                none there.",
        ),
        stated(KnobSetting::DefaultRefreshTokenBinding(DefaultRefreshTokenBinding::Session), &[LOGOUT]),
        inferred(
            KnobSetting::SavedConsentIsCondition(SavedConsentIsCondition::No),
            "Section 11 calls saved consent not always sufficient; the careful reading counts on none.",
        ),
        stated(
            KnobSetting::NativeExplicitConsent(NativeExplicitConsent::AlwaysPrompt),
            &[OPENID_CORE.at("section 11, bullet 4", "OfflineAccess")],
        ),
        inferred(
            KnobSetting::PromptNoneWithOffline(PromptNoneWithOffline::IgnoreOffline),
            "Bullet 1 of section 11 read literally: prompt=none does not contain consent, so the offline request is \
                ignored.",
        ),
        stated(
            KnobSetting::HybridOffline(HybridOffline::TokenEndpointOnly),
            &[OPENID_CORE.at("section 11, bullet 2", "OfflineAccess"), CONNECT_826.whole()],
        ),
        inferred(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::ExactHttps),
            "Core says nothing of public clients, yet prompt=none is of use to a single-page application only so.",
        ),
        stated(KnobSetting::LogoutRevokesOffline(LogoutRevokesOffline::No), &[LOGOUT]),
        stated(KnobSetting::PromptNoneErrorCode(PromptNoneErrorCode::Specific), &[REQUEST, ERRORS]),
        stated(KnobSetting::UnknownPrompt(UnknownPrompt::Ignore), &[REQUEST]),
        stated(KnobSetting::UnknownDisplay(UnknownDisplay::Ignore), &[REQUEST]),
        stated(KnobSetting::UnknownScope(UnknownScope::Ignore), &[REQUEST]),
        stated(KnobSetting::RequireHintWithNone(RequireHintWithNone::No), &[REQUEST]),
        stated(
            KnobSetting::ClientSideErrors(ClientSideErrors::Fragment),
            &[OPENID_CORE.at("section 3.2.2.6", "ImplicitAuthError")],
        ),
        ACCESS_TOKEN_ENDS,
        CODE_ENDS,
    ],
};
