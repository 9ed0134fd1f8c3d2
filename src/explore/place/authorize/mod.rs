//! The facts of the authorization endpoint: where they belong.

use super::{Belongs, Placed, values};
use crate::decide::authorize::facts::{
    AskedWord, AuthorizeFact, AuthorizeFacts, ClientStanding, RequestObject, ScopeStanding,
};
use crate::decide::fact::Situation;
use crate::decide::life::ConfiguredLimit;

mod phrases;
mod says;

impl Placed for AuthorizeFact {
    fn belongs(self) -> Belongs {
        match self {
            Self::Client => Belongs::request("client_id"),
            Self::Syntax => Belongs::request("request"),
            Self::ResponseType => Belongs::request("response_type"),
            Self::RedirectUriSent => Belongs::request("redirect_uri"),
            Self::ResponseTypeSupported => Belongs::server("response_types_supported"),
            Self::ResponseTypeRegistered => Belongs::registration("response_types"),
            Self::ResponseMode => Belongs::request("response_mode"),
            Self::RequestObject => Belongs::request("request"),
            Self::PromptNone
            | Self::PromptLogin
            | Self::PromptConsent
            | Self::PromptSelectAccount
            | Self::PromptForce
            | Self::PromptAuto
            | Self::PromptUnknown => Belongs::request("prompt"),
            Self::Display => Belongs::request("display"),
            Self::Nonce => Belongs::request("nonce"),
            Self::StateSent => Belongs::request("state"),
            Self::CodeChallenge => Belongs::request("code_challenge"),
            Self::MaxAgeMalformed | Self::MaxAge => Belongs::request("max_age"),
            Self::ForeignHint | Self::Hint => Belongs::request("id_token_hint"),
            Self::Scope
            | Self::Openid
            | Self::OrdinaryScopes
            | Self::UnrefusedScopes
            | Self::AsksOfflineAccess
            | Self::AsksRefreshTokenScope
            | Self::AsksOnlineAccess
            | Self::BeyondBasicProfile => Belongs::request("scope"),
            Self::OrdinaryNotAllowed => Belongs::server("allowed_scopes"),
            Self::OfflineRefusedBefore | Self::OnlineRefusedBefore => Belongs::record("grant.refused"),
            Self::AccessType => Belongs::request("access_type"),
            Self::ApprovalPrompt => Belongs::request("approval_prompt"),
            Self::IncludeGrantedScopes => Belongs::request("include_granted_scopes"),
            Self::GrantAction => Belongs::request("grant_management_action"),
            Self::GrantId => Belongs::request("grant_id"),
            Self::LaunchSent => Belongs::request("launch"),
            Self::ApplicationType => Belongs::registration("application_type"),
            Self::ClientType => Belongs::registration("token_endpoint_auth_method"),
            Self::RedirectProof | Self::RedirectForm | Self::OnlyLoopback => Belongs::registration("redirect_uris"),
            Self::FirstParty => Belongs::server("trust.first_party"),
            Self::RefreshGrantRegistered => Belongs::registration("grant_types"),
            Self::SignedIn => Belongs::record("session"),
            Self::SeveralAccounts => Belongs::record("session.accounts"),
            Self::LoginAnswer => Belongs::now("login"),
            Self::AccountAnswer => Belongs::now("select_account"),
            Self::PriorGrant => Belongs::record("grant"),
            Self::OfflineGrantedBefore | Self::RefreshTokenScopeGrantedBefore | Self::OnlineGrantedBefore => {
                Belongs::record("grant.scope")
            }
            Self::GrantOfSession => Belongs::record("grant.sid"),
            Self::GrantForOtherRedirectUri => Belongs::record("grant.redirect_uri"),
            Self::FirstCodeExchanged => Belongs::record("grant.first_code_exchanged"),
            Self::SavedConsent => Belongs::record("grant.how"),
            Self::Condition => Belongs::server("conditions"),
            Self::Launch => Belongs::server("circumstances.launch"),
            Self::ClientEligible => Belongs::server("circumstances.client_eligible"),
            Self::UserMayHaveOffline => Belongs::server("circumstances.user_may_have_offline"),
            Self::AdminRestricted => Belongs::server("circumstances.admin_restricted"),
            Self::ConsentScreenAvailable => Belongs::server("circumstances.consent_screen_available"),
            Self::ConsentValid => Belongs::server("circumstances.consent_valid"),
            Self::ConsentAnswer => Belongs::now("consent"),
            Self::AnsweredPage => Belongs::now("consent.shown"),
            Self::Kept | Self::KeepsOffline | Self::KeepsOnline => Belongs::now("consent.scope"),
            Self::Remember => Belongs::now("consent.remember"),
            Self::TimeLimited => Belongs::now("consent.time_limit"),
            Self::TestingProject => Belongs::registration("publishing_status"),
            Self::BrowserAbsoluteLimit => values::limit(ConfiguredLimit::BrowserAge),
            Self::OfflineAbsoluteLimit => values::limit(ConfiguredLimit::OfflineAge),
            Self::AbsoluteLimit => values::limit(ConfiguredLimit::Age),
            Self::OfflineIdleLimit => values::limit(ConfiguredLimit::OfflineIdle),
            Self::IdleLimit => values::limit(ConfiguredLimit::Idle),
            Self::PolicyDuration => values::limit(ConfiguredLimit::PolicyDuration),
            Self::GrantEnds => values::limit(ConfiguredLimit::Grant),
        }
    }

    fn belongs_in(self, situation: &Situation<Self>) -> Belongs {
        let word = |word| match word {
            AskedWord::Unsupported => Belongs::server("scopes_supported"),
            AskedWord::NotAllowed => Belongs::server("allowed_scopes"),
            AskedWord::No | AskedWord::Asked | AskedWord::Supported => self.belongs(),
        };
        match self {
            Self::Client if situation.client() == ClientStanding::UnknownRedirect => Belongs::request("redirect_uri"),
            Self::Client if situation.client() == ClientStanding::Unreadable => Belongs::request("request"),
            Self::RequestObject if situation.request_object() == RequestObject::RequestUri => {
                Belongs::request("request_uri")
            }
            Self::Scope => match situation.scope() {
                ScopeStanding::Default | ScopeStanding::Omitted => Belongs::server("default_scope"),
                ScopeStanding::Overbroad => Belongs::server("max_scopes_per_request"),
                ScopeStanding::SomeUnknown | ScopeStanding::NoneKnown => Belongs::server("scopes_supported"),
                ScopeStanding::SomeNotAllowed | ScopeStanding::NoneAllowed => Belongs::server("allowed_scopes"),
                ScopeStanding::Fine | ScopeStanding::Malformed => self.belongs(),
            },
            Self::AsksOfflineAccess => word(situation.asks_offline_access()),
            Self::AsksRefreshTokenScope => word(situation.asks_refresh_token_scope()),
            Self::AsksOnlineAccess => word(situation.asks_online_access()),
            _ => self.belongs(),
        }
    }

    fn says(self, value: usize) -> &'static str {
        says::says(self, value)
    }
}
