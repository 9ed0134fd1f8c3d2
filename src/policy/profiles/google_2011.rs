//! Google, as announced in November 2011.

use crate::policy::knobs::*;
use crate::policy::profile::{ACCESS_TOKEN_ENDS, CODE_ENDS, Profile, ProfileKind, about, inferred, stated};
use crate::sources::{Citation, GOOGLE_2011};

const CHANGE_1: Citation = GOOGLE_2011.at("change 1", "");
const CHANGE_2: Citation = GOOGLE_2011.at("change 2", "");
const CHANGE_3: Citation = GOOGLE_2011.at("change 3", "");
const MITIGATION: Citation = GOOGLE_2011.at("mitigation", "");

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "google-2011",
    kind: ProfileKind::History,
    about: about("Google, from 7 December 2011", "access_type=offline gives a refresh token the first time; returning users see no screen.", &[GOOGLE_2011.whole()]),
    base: None,
    settings: &[
        stated(KnobSetting::OfflineRequest(OfflineRequest::AccessType), &[CHANGE_2]),
        inferred(
            KnobSetting::ForeignAccessScope(ForeignAccessScope::ErrorPage),
            "Users reported Google's page for invalid scopes in 2012, too (Grive/grive issue #7).",
        ),
        inferred(KnobSetting::PromptVocabulary(PromptVocabulary::None), "The announcement knows approval_prompt only."),
        stated(KnobSetting::LegacyApprovalPrompt(LegacyApprovalPrompt::Honour), &[MITIGATION]),
        stated(KnobSetting::NoCodeReason(NoCodeReason::NotCodeFlow), &[CHANGE_2]),
        stated(KnobSetting::AutoApprovalReason(AutoApprovalReason::AutoApproved), &[CHANGE_3]),
        stated(KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::No), &[CHANGE_2]),
        stated(KnobSetting::OfflineRefreshTokenLifetime(OfflineRefreshTokenLifetime::LongLived), &[CHANGE_2]),
        stated(KnobSetting::NativeOfflineByDefault(NativeOfflineByDefault::Yes), &[CHANGE_2]),
        stated(KnobSetting::OfflineNotice(OfflineNotice::AskedFor), &[CHANGE_2]),
        stated(KnobSetting::AutoApproval(AutoApproval::Yes), &[CHANGE_3]),
        stated(KnobSetting::NativeAutoApproval(NativeAutoApproval::No), &[CHANGE_3]),
        stated(KnobSetting::RefreshTokenOnAutoApproval(RefreshTokenOnAutoApproval::Never), &[CHANGE_3]),
        inferred(
            KnobSetting::FirstRefreshTokenRule(FirstRefreshTokenRule::ConsentedResponse),
            "Change 3 says both \"first exchange\" and \"not for auto-approved responses\"; the second is the \
                general sentence.",
        ),
        inferred(
            KnobSetting::NewScopeUnderAutoApproval(NewScopeUnderAutoApproval::PromptForNew),
            "Change 3 speaks of returning users, not of returning users who are asked for more.",
        ),
        inferred(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::Always),
            "The announcement makes no difference between public and confidential clients.",
        ),
        inferred(
            KnobSetting::ClientSideAutoApproval(ClientSideAutoApproval::No),
            "Change 3 covers the server-side flow only, so the client-side flow stays as it was.",
        ),
        inferred(
            KnobSetting::AccessTypeOnNative(AccessTypeOnNative::Ignore),
            "Change 2 offers the parameter in the server-side flow only and leaves native flows alone.",
        ),
        inferred(
            KnobSetting::AccessTypeOfflineInTokenFlow(AccessTypeOfflineInTokenFlow::Ignore),
            "Change 2 offers the parameter in the server-side flow only; elsewhere it is an unrecognised parameter.",
        ),
        stated(KnobSetting::ClientSideErrors(ClientSideErrors::Fragment), &[CHANGE_1]),
        ACCESS_TOKEN_ENDS,
        CODE_ENDS,
    ],
};
