//! Why something in a request was set aside.

use crate::input::Sentence;

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
    /// The user left it out before, and that is remembered.
    RefusedBefore,
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
    pub const ALL: [Self; 25] = [
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
        Self::RefusedBefore,
        Self::UnknownValue,
        Self::UnknownScope,
        Self::Unsupported,
        Self::LegacyUnsupported,
    ];

    /// The published names, in the same order.
    #[expect(clippy::indexing_slicing, reason = "the compiler evaluates it")]
    pub const NAMES: [&'static str; 25] = {
        let mut names = [""; 25];
        let mut place = 0;
        while place < names.len() {
            names[place] = Self::ALL[place].name();
            place += 1;
        }
        names
    };

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
            Self::RefusedBefore => "refused_before",
            Self::UnknownValue => "unknown_value",
            Self::UnknownScope => "unknown_scope",
            Self::Unsupported => "unsupported",
            Self::LegacyUnsupported => "legacy_unsupported",
        }
    }

    /// The reason as a sentence.
    #[must_use]
    pub const fn sentence(self) -> Sentence {
        let text = match self {
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
            Self::RefusedBefore => "The user left it out before, and is not asked again.",
            Self::UnknownValue => "The server knows no such value.",
            Self::UnknownScope => "The server knows no such scope.",
            Self::Unsupported => "The server knows no such parameter.",
            Self::LegacyUnsupported => "The server honours this parameter no longer.",
        };
        Sentence::new(self as u16, text)
    }
}
