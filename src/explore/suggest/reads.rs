//! Which knobs each stage reads.
//!
//! The engine needs none of this: each stage reads what it reads. The search for suggestions turns only the knobs that a
//! stage reads, which are one in nine. A test turns all others, too, and every stage leaves the same.

use crate::decide::authorize::engine::State;
use crate::policy::knobs::KnobSetting as Knob;

/// Whether the stage that a state leads to may read a knob.
#[must_use]
pub const fn reads(state: &State, knob: Knob) -> bool {
    match state {
        State::Arrived => matches!(
            knob,
            Knob::ResponseModeParameter(_)
                | Knob::HybridFlow(_)
                | Knob::OpenidConnect(_)
                | Knob::UnknownResponseTypePlacement(_)
                | Knob::ClientSideErrors(_)
                | Knob::ErrorVsOpenRedirector(_)
                | Knob::AllowImplicit(_)
                | Knob::AdmittedRedirectUris(_)
        ),
        State::Addressed(_) => matches!(
            knob,
            Knob::PromptVocabulary(_)
                | Knob::LegacyApprovalPrompt(_)
                | Knob::ResponseModeParameter(_)
                | Knob::HybridFlow(_)
                | Knob::OpenidConnect(_)
                | Knob::LegacyParamConflict(_)
                | Knob::ErrorVsOpenRedirector(_)
                | Knob::AllowImplicit(_)
                | Knob::ResponseTypeRefusal(_)
                | Knob::PublicClients(_)
        ),
        State::Typed(..) => matches!(
            knob,
            Knob::PromptVocabulary(_)
                | Knob::LegacyApprovalPrompt(_)
                | Knob::UnknownPrompt(_)
                | Knob::ErrorVsOpenRedirector(_)
        ),
        State::Prompted(..) => matches!(
            knob,
            Knob::HybridFlow(_)
                | Knob::OpenidConnect(_)
                | Knob::UnknownDisplay(_)
                | Knob::RequireHintWithNone(_)
                | Knob::MaxAgeZeroWithNone(_)
                | Knob::ErrorVsOpenRedirector(_)
                | Knob::RequirePkcePublic(_)
                | Knob::PkcePlain(_)
                | Knob::MissingNonce(_)
                | Knob::RequireState(_)
        ),
        State::InOrder(..) => matches!(
            knob,
            Knob::OfflineRequest(_)
                | Knob::LegacyApprovalPrompt(_)
                | Knob::SmartLaunch(_)
                | Knob::AccessTypeOfflineInTokenFlow(_)
                | Knob::SupportsIncludeGrantedScopes(_)
                | Knob::IncludeGrantedScopesPublic(_)
                | Knob::IncludeGrantedScopesExcludes(_)
                | Knob::ErrorVsOpenRedirector(_)
        ),
        State::VendorsRead(..) => matches!(
            knob,
            Knob::OfflineRequest(_)
                | Knob::OnlineAccessScope(_)
                | Knob::PromptVocabulary(_)
                | Knob::LegacyApprovalPrompt(_)
                | Knob::ForeignAccessScope(_)
                | Knob::HybridFlow(_)
                | Knob::OpenidConnect(_)
                | Knob::OfflineWithoutConsent(_)
                | Knob::ApplyToPlainOauth(_)
                | Knob::OfflineScopeWithoutCode(_)
                | Knob::BothOnlineOffline(_)
                | Knob::BrowserRequiresOnlineAccess(_)
                | Knob::UnknownScope(_)
                | Knob::ErrorVsOpenRedirector(_)
                | Knob::IdTokenNeedsOpenid(_)
                | Knob::ScopeNotAllowed(_)
                | Knob::EmptyScope(_)
        ),
        State::Scoped(_) => matches!(
            knob,
            Knob::GrantModel(_) | Knob::GrantManagementActionRequired(_) | Knob::ErrorVsOpenRedirector(_)
        ),
        State::Admitted(_) => matches!(
            knob,
            Knob::OpenidConnect(_)
                | Knob::MustSelectAccount(_)
                | Knob::OtherUserHinted(_)
                | Knob::AccessDeniedFor(_)
                | Knob::AdminRestrictionError(_)
        ),
        State::SignedIn(_) => matches!(
            knob,
            Knob::OfflineRequest(_)
                | Knob::OnlineAccessScope(_)
                | Knob::NoCodeReason(_)
                | Knob::OpenidConnect(_)
                | Knob::OfflineWithoutConsent(_)
                | Knob::SavedConsentIsCondition(_)
                | Knob::NativeExplicitConsent(_)
                | Knob::NativeOfflineByDefault(_)
                | Knob::PromptNoneWithOffline(_)
                | Knob::HybridOffline(_)
                | Knob::ApplyToPlainOauth(_)
                | Knob::UnregisteredRefreshGrant(_)
                | Knob::OfflineScopeWithoutCode(_)
                | Knob::PromptConsentWithCondition(_)
                | Knob::IssueRefreshTokens(_)
                | Knob::AccessTypeOnNative(_)
                | Knob::RefusedScopes(_)
                | Knob::RememberedConsentBinding(_)
                | Knob::GrantModel(_)
                | Knob::BothOnlineOffline(_)
                | Knob::HonourOnlineAccess(_)
                | Knob::BrowserRequiresOnlineAccess(_)
                | Knob::SmartOnlineAccessStandalone(_)
                | Knob::EmptyScope(_)
                | Knob::ResourceAllowsOffline(_)
        ),
        State::Accessed(..) => matches!(
            knob,
            Knob::OfflineRequest(_)
                | Knob::OpenidConnect(_)
                | Knob::RememberedConsentSufficesForOffline(_)
                | Knob::NativeExplicitConsent(_)
                | Knob::PromptConsentWithCondition(_)
                | Knob::OfflineNotice(_)
                | Knob::AutoApproval(_)
                | Knob::NativeAutoApproval(_)
                | Knob::NewScopeUnderAutoApproval(_)
                | Knob::PublicAutoApproval(_)
                | Knob::ClientSideAutoApproval(_)
                | Knob::RememberConsent(_)
                | Knob::AlreadyGrantedDisplay(_)
                | Knob::RefusedScopes(_)
                | Knob::EarlierScopesOnApproval(_)
                | Knob::RememberedConsentBinding(_)
                | Knob::LoopbackAutoApproval(_)
                | Knob::RedirectNotice(_)
                | Knob::GrantModel(_)
                | Knob::OnlineAccessNeedsConsent(_)
                | Knob::PromptNoneErrorCode(_)
                | Knob::EmptyScope(_)
                | Knob::AccessDeniedFor(_)
                | Knob::ConsentRequired(_)
                | Knob::PromptConsentOnTrustedClient(_)
                | Knob::FirstPartySkipsConsent(_)
        ),
        State::Asking(_) => matches!(
            knob,
            Knob::OpenidConnect(_)
                | Knob::RefusedScopes(_)
                | Knob::EarlierScopesOnApproval(_)
                | Knob::RememberedConsentBinding(_)
                | Knob::GrantModel(_)
                | Knob::PromptNoneErrorCode(_)
                | Knob::EmptyScope(_)
                | Knob::AccessDeniedFor(_)
        ),
        State::Answered(..) => matches!(
            knob,
            Knob::OfflineRequest(_)
                | Knob::PromptVocabulary(_)
                | Knob::AutoApprovalReason(_)
                | Knob::OpenidConnect(_)
                | Knob::RefreshTokenWithoutOffline(_)
                | Knob::DefaultRefreshTokenBinding(_)
                | Knob::NativeOfflineByDefault(_)
                | Knob::HybridOffline(_)
                | Knob::PlainOauthRefreshToken(_)
                | Knob::UnregisteredRefreshGrant(_)
                | Knob::OfflineScopeWithoutCode(_)
                | Knob::IssueRefreshTokens(_)
                | Knob::NativeAutoApproval(_)
                | Knob::RefreshTokenOnAutoApproval(_)
                | Knob::FirstRefreshTokenRule(_)
                | Knob::AccessTypeOnNative(_)
                | Knob::GrantModel(_)
        ),
        State::Planned(..) => matches!(
            knob,
            Knob::TokenResponseScope(_)
                | Knob::OfflineRefreshTokenLifetime(_)
                | Knob::AccessTokenLifetime(_)
                | Knob::OfflineAccessTokenCappedBySession(_)
                | Knob::RefusedScopes(_)
                | Knob::OldRefreshTokenAfterIncrement(_)
                | Knob::GrantModel(_)
                | Knob::RefreshTokenRotation(_)
                | Knob::RefreshTokenPolicy(_)
                | Knob::IdleLimit30Days(_)
                | Knob::TestingProjectLimit(_)
        ),
        State::Refused(_) => false,
    }
}
