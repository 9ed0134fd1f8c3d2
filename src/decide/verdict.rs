//! What a decision at the authorization endpoint says, without strings and times.

use super::rule::{RuleNumber, Trace};
use crate::oauth::error::{ErrorCode, ErrorPlacement, Placement};
use crate::oauth::response::ResponseType;

/// Why something in a request was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The user was not asked, and that wins over offline access (Google, 2012).
    AutoApprovalWins,
    /// The user was not asked (Google, 2011).
    AutoApproved,
    /// The client was authorized before (Google).
    NotFirstAuthorization,
    /// No code is returned (AOL; Google 2011 and 2012).
    NotCodeFlow,
    /// The implicit flow (the 2012 draft text).
    ImplicitFlow,
    /// No code is returned (OpenID Connect Core).
    ResponseTypeReturnsNoCode,
    /// An access token passes through the browser.
    FrontChannelAccessToken,
    /// An installed app has offline access by default.
    NativeOfflineByDefault,
    /// An installed app is always asked.
    NativeNoAutoApproval,
    /// An installed app has no incremental authorization.
    InstalledApp,
    /// A public client has no incremental authorization.
    PublicClient,
    /// prompt lacks consent, and nothing stands in for it.
    PromptLacksConsent,
    /// The client did not register the grant type refresh_token.
    ClientLacksRefreshGrant,
    /// Clients of this type may not have it.
    ClientNotEligible,
    /// Pressing accept would not be valid consent.
    ConsentNotValid,
    /// The API does not allow offline access.
    ApiDisallowsOffline,
    /// The policy declines it.
    PolicyDeclines,
    /// The policy does not allow this scope.
    PolicyNarrowed,
    /// offline_access comes before online_access.
    OfflineWins,
    /// online_access comes before offline_access.
    OnlineWins,
    /// No value that is known here.
    UnknownValue,
    /// No scope that is known here.
    UnknownScope,
    /// A parameter that is not known here.
    Unsupported,
    /// A parameter of old that counts no longer.
    LegacyUnsupported,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 24] = [
        Self::AutoApprovalWins,
        Self::AutoApproved,
        Self::NotFirstAuthorization,
        Self::NotCodeFlow,
        Self::ImplicitFlow,
        Self::ResponseTypeReturnsNoCode,
        Self::FrontChannelAccessToken,
        Self::NativeOfflineByDefault,
        Self::NativeNoAutoApproval,
        Self::InstalledApp,
        Self::PublicClient,
        Self::PromptLacksConsent,
        Self::ClientLacksRefreshGrant,
        Self::ClientNotEligible,
        Self::ConsentNotValid,
        Self::ApiDisallowsOffline,
        Self::PolicyDeclines,
        Self::PolicyNarrowed,
        Self::OfflineWins,
        Self::OnlineWins,
        Self::UnknownValue,
        Self::UnknownScope,
        Self::Unsupported,
        Self::LegacyUnsupported,
    ];

    /// The published name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AutoApprovalWins => "auto_approval_wins",
            Self::AutoApproved => "auto_approved",
            Self::NotFirstAuthorization => "not_first_authorization",
            Self::NotCodeFlow => "not_code_flow",
            Self::ImplicitFlow => "implicit_flow",
            Self::ResponseTypeReturnsNoCode => "response_type_returns_no_code",
            Self::FrontChannelAccessToken => "front_channel_access_token",
            Self::NativeOfflineByDefault => "native_offline_by_default",
            Self::NativeNoAutoApproval => "native_no_auto_approval",
            Self::InstalledApp => "installed_app",
            Self::PublicClient => "public_client",
            Self::PromptLacksConsent => "prompt_lacks_consent",
            Self::ClientLacksRefreshGrant => "client_lacks_refresh_grant",
            Self::ClientNotEligible => "client_not_eligible",
            Self::ConsentNotValid => "consent_not_valid",
            Self::ApiDisallowsOffline => "api_disallows_offline",
            Self::PolicyDeclines => "policy_declines",
            Self::PolicyNarrowed => "policy_narrowed",
            Self::OfflineWins => "offline_wins",
            Self::OnlineWins => "online_wins",
            Self::UnknownValue => "unknown_value",
            Self::UnknownScope => "unknown_scope",
            Self::Unsupported => "unsupported",
            Self::LegacyUnsupported => "legacy_unsupported",
        }
    }

    /// The reason as a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::AutoApprovalWins => {
                "The user was not asked, because consent was on record, and auto-approval wins over offline access."
            }
            Self::AutoApproved => "The user was not asked, because consent was on record.",
            Self::NotFirstAuthorization => {
                "The client was authorized before, and the refresh token came with the first authorization."
            }
            Self::NotCodeFlow => "It is there for the code flow only.",
            Self::ImplicitFlow => "The implicit flow gives no refresh token.",
            Self::ResponseTypeReturnsNoCode => {
                "The response type returns no code, and only a code can be redeemed for a refresh token."
            }
            Self::FrontChannelAccessToken => "An access token passes through the browser.",
            Self::NativeOfflineByDefault => "An installed app has offline access by default.",
            Self::NativeNoAutoApproval => "An installed app is never approved without asking the user.",
            Self::InstalledApp => "Incremental authorization is not there for installed apps.",
            Self::PublicClient => {
                "Earlier scopes are not added for a public client, which anybody could pretend to be."
            }
            Self::PromptLacksConsent => {
                "prompt does not contain consent, and no other condition for processing permits offline access."
            }
            Self::ClientLacksRefreshGrant => "The client did not register the grant type refresh_token.",
            Self::ClientNotEligible => "Clients of this type are not eligible for it.",
            Self::ConsentNotValid => "Pressing accept would not be valid consent here.",
            Self::ApiDisallowsOffline => "The API does not allow offline access.",
            Self::PolicyDeclines => "The server's policy declines it.",
            Self::PolicyNarrowed => "The server's policy does not allow this client to have it.",
            Self::OfflineWins => "offline_access was asked for too, and comes before it.",
            Self::OnlineWins => "online_access was asked for too, and comes before it.",
            Self::UnknownValue => "The server knows no such value.",
            Self::UnknownScope => "The server knows no such scope.",
            Self::Unsupported => "The server knows no such parameter.",
            Self::LegacyUnsupported => "The server honours this parameter no longer.",
        }
    }
}

/// A refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Refusal {
    /// None where the standard names none.
    pub code: Option<ErrorCode>,
    /// Where it is put.
    pub placement: ErrorPlacement,
    /// The rule that refused.
    pub rule: RuleNumber,
}

/// A page to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Screen {
    /// Nobody suitable is signed in.
    Login,
    /// The signed-in user signs in again.
    Reauthenticate,
    /// The user chooses an account.
    SelectAccount,
    /// The user is asked.
    Consent,
}

/// Parameters that were set aside as a whole or in part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct IgnoredParameters {
    /// prompt, whole.
    pub prompt: Option<Reason>,
    /// Those values of prompt that the policy's vocabulary lacks.
    pub prompt_unknown_values: bool,
    /// `auto` in prompt.
    pub prompt_auto: Option<Reason>,
    /// display.
    pub display: Option<Reason>,
    /// access_type.
    pub access_type: Option<Reason>,
    /// approval_prompt.
    pub approval_prompt: Option<Reason>,
    /// include_granted_scopes.
    pub include_granted_scopes: Option<Reason>,
    /// grant_management_action and grant_id.
    pub grant_management: Option<Reason>,
    /// launch.
    pub launch: Option<Reason>,
}

/// Offline or online access in the prospective result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Not asked for.
    NotAsked,
    /// Set aside.
    Ignored(Reason),
    /// Granted, if the user agrees where that is needed.
    Standing,
    /// The user left it out.
    Refused,
}

/// Which scopes a result has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ScopePlan {
    /// The offline scope.
    pub offline: Access,
    /// online_access.
    pub online: Access,
    /// online_access was added though it was not asked for.
    pub online_added: bool,
    /// Scopes granted before are added.
    pub include_granted: bool,
}

/// Why the consent page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ConsentCauses {
    /// The request asks for it.
    pub prompt_consent: bool,
    /// A scope is new.
    pub new_scopes: bool,
    /// Offline access needs it.
    pub offline_access: bool,
    /// The client cannot prove who it is, or is an installed app.
    pub client_always_asked: bool,
    /// Every user is asked every time.
    pub always_asked: bool,
    /// The person answered a page with other content.
    pub answer_out_of_date: bool,
}

/// The consent page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConsentPage {
    /// It says that access goes on while the user is away.
    pub offline_notice: bool,
    /// It carries a box to remember the answer.
    pub remember_checkbox: bool,
    /// Scopes granted before are marked, and not hidden.
    pub shows_already_granted: bool,
    /// The prior grant counts for what is new and what is not.
    pub counts_prior_grant: bool,
    /// Why it is shown.
    pub causes: ConsentCauses,
}

/// What a token's life depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binding {
    /// The user's session.
    Session,
    /// Nothing but itself.
    Offline,
}

impl Binding {
    /// The words on the wire.
    pub const WORDS: &'static [(&'static str, Self)] = &[("session", Self::Session), ("offline", Self::Offline)];

    /// The published name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Offline => "offline",
        }
    }
}

/// How long an access token lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccessTokenLife {
    /// As configured.
    Configured,
    /// The shorter of that and the rest of the session.
    ShorterOfConfiguredAndSession,
}

/// An access token that is issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccessTokenPlan {
    /// What its life depends on.
    pub binding: Binding,
    /// How long it lives.
    pub life: AccessTokenLife,
    /// It carries the offline scope, where that is granted.
    pub carries_offline: bool,
}

/// The tokens of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenPlan {
    /// The response type that the tokens follow from.
    pub response_type: ResponseType,
    /// The front channel's access token.
    pub front_access_token: Option<AccessTokenPlan>,
    /// The front channel's ID Token.
    pub front_id_token: bool,
    /// The token endpoint's access token; none when no code is returned.
    pub access_token: Option<AccessTokenPlan>,
    /// The token endpoint's ID Token, where `openid` is granted.
    pub id_token: bool,
    /// The refresh token's binding; none when there is no refresh token.
    pub refresh_token: Option<Binding>,
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Refuse.
    Refuse(Refusal),
    /// Show a page.
    Show(Screen),
    /// Issue.
    Issue,
}

/// What happens to the stored grant when the response is issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GrantChange {
    /// Nothing: the user was not asked.
    Keep,
    /// The approved scopes are added to what was granted before.
    Add,
    /// The grant becomes what was approved.
    Replace,
    /// A grant of its own.
    Create,
}

/// The whole verdict, made of components.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Verdict {
    /// What to do now.
    pub outcome: Outcome,
    /// Where a response is put; none when nothing can be redirected.
    pub placement: Option<Placement>,
    /// Parameters set aside.
    pub ignored: IgnoredParameters,
    /// Scopes; none until the user is known.
    pub scopes: Option<ScopePlan>,
    /// The consent page, when one is to be shown or was answered.
    pub consent: Option<ConsentPage>,
    /// Tokens; none until the user is known.
    pub tokens: Option<TokenPlan>,
    /// The stored grant.
    pub grant: GrantChange,
    /// The rules that took part.
    pub trace: Trace,
}
