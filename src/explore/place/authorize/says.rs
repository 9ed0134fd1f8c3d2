//! What the values of the authorization endpoint's facts say.

use super::super::{either, values};
use super::phrases;
use crate::decide::authorize::facts::AuthorizeFact;
use crate::decide::finite::Finite;
use crate::decide::life::ConfiguredLimit;

use AuthorizeFact as Fact;

pub(super) fn says(fact: Fact, value: usize) -> &'static str {
    let flag = bool::at(value);
    match fact {
        Fact::Client => phrases::client(Finite::at(value)),
        Fact::Syntax => values::syntax(Finite::at(value)),
        Fact::ResponseType => phrases::response_type(Finite::at(value)),
        Fact::RedirectUriSent => {
            either(flag, "the request names its redirect URI", "the request does not name its redirect URI")
        }
        Fact::ResponseTypeSupported => {
            either(flag, "the server offers the response type", "the server does not offer the response type")
        }
        Fact::ResponseTypeRegistered => either(
            flag,
            "the client registered the response type and its grant types",
            "the client did not register the response type, or not all its grant types",
        ),
        Fact::ResponseMode => phrases::response_mode(Finite::at(value)),
        Fact::RequestObject => phrases::request_object(Finite::at(value)),
        Fact::PromptNone => either(flag, "prompt contains none", "prompt does not contain none"),
        Fact::PromptLogin => either(flag, "prompt contains login", "prompt does not contain login"),
        Fact::PromptConsent => either(flag, "prompt contains consent", "prompt does not contain consent"),
        Fact::PromptSelectAccount => {
            either(flag, "prompt contains select_account", "prompt does not contain select_account")
        }
        Fact::PromptForce => either(flag, "prompt contains force", "prompt does not contain force"),
        Fact::PromptAuto => either(flag, "prompt contains auto", "prompt does not contain auto"),
        Fact::PromptUnknown => {
            either(flag, "prompt contains a value that nobody knows", "prompt contains no value that nobody knows")
        }
        Fact::Display => phrases::display(Finite::at(value)),
        Fact::Nonce => either(flag, "a nonce was sent", "no nonce was sent"),
        Fact::StateSent => either(flag, "a state was sent", "no state was sent"),
        Fact::CodeChallenge => phrases::code_challenge(Finite::at(value)),
        Fact::MaxAgeMalformed => either(flag, "max_age is no whole number", "max_age is a whole number, or absent"),
        Fact::MaxAge => phrases::max_age(Finite::at(value)),
        Fact::ForeignHint => either(
            flag,
            "the id_token_hint was not issued by this server",
            "no id_token_hint was sent that this server did not issue",
        ),
        Fact::Hint => phrases::hint(Finite::at(value)),
        Fact::Scope => phrases::scope(Finite::at(value)),
        Fact::OrdinaryNotAllowed => either(
            flag,
            "a scope beside offline and online access is not allowed to the client",
            "no scope beside offline and online access is known and not allowed to the client",
        ),
        Fact::Openid => either(flag, "the scope contains openid", "the scope does not contain openid"),
        Fact::OrdinaryScopes => phrases::ordinary_scopes(Finite::at(value)),
        Fact::UnrefusedScopes => phrases::unrefused_scopes(Finite::at(value)),
        Fact::OfflineRefusedBefore => {
            either(flag, "the user refused offline access before", "the user did not refuse offline access before")
        }
        Fact::OnlineRefusedBefore => {
            either(flag, "the user refused online access before", "the user did not refuse online access before")
        }
        Fact::AsksOfflineAccess => phrases::asked("offline_access", Finite::at(value)),
        Fact::AsksRefreshTokenScope => phrases::asked("refresh_token", Finite::at(value)),
        Fact::AsksOnlineAccess => phrases::asked("online_access", Finite::at(value)),
        Fact::AccessType => phrases::access_type(Finite::at(value)),
        Fact::ApprovalPrompt => phrases::approval_prompt(Finite::at(value)),
        Fact::IncludeGrantedScopes => phrases::include_granted_scopes(Finite::at(value)),
        Fact::GrantAction => phrases::grant_action(Finite::at(value)),
        Fact::GrantId => phrases::grant_id(Finite::at(value)),
        Fact::LaunchSent => either(flag, "launch was sent", "launch was not sent"),
        Fact::ApplicationType => values::application_type(Finite::at(value)),
        Fact::ClientType => values::client_type(Finite::at(value)),
        Fact::RedirectProof => phrases::redirect_proof(Finite::at(value)),
        Fact::RedirectForm => phrases::redirect_form(Finite::at(value)),
        Fact::OnlyLoopback => either(
            flag,
            "every redirect URI that the client registered is on the user's own machine",
            "not every redirect URI that the client registered is on the user's own machine",
        ),
        Fact::FirstParty => either(
            flag,
            "the client belongs to the server's own organisation",
            "the client does not belong to the server's own organisation",
        ),
        Fact::RefreshGrantRegistered => either(
            flag,
            "the client registered the grant type refresh_token",
            "the client did not register the grant type refresh_token",
        ),
        Fact::SignedIn => either(flag, "a user is signed in", "nobody is signed in"),
        Fact::SeveralAccounts => either(flag, "several accounts are signed in", "at most one account is signed in"),
        Fact::LoginAnswer => phrases::login_answer(Finite::at(value)),
        Fact::AccountAnswer => phrases::account_answer(Finite::at(value)),
        Fact::PriorGrant => phrases::prior_grant(Finite::at(value)),
        Fact::GrantOfSession => {
            either(flag, "that grant was given in this session", "no grant was given in this session")
        }
        Fact::GrantForOtherRedirectUri => either(
            flag,
            "the earlier consent was given for another redirect URI",
            "no earlier consent was given for another redirect URI",
        ),
        Fact::OfflineGrantedBefore => {
            either(flag, "offline_access was granted before", "offline_access was not granted before")
        }
        Fact::RefreshTokenScopeGrantedBefore => {
            either(flag, "the scope refresh_token was granted before", "the scope refresh_token was not granted before")
        }
        Fact::OnlineGrantedBefore => {
            either(flag, "online_access was granted before", "online_access was not granted before")
        }
        Fact::FirstCodeExchanged => either(
            flag,
            "no first authorization is waiting for its code to be redeemed",
            "the code of the first authorization was not redeemed yet",
        ),
        Fact::SavedConsent => phrases::saved_consent(Finite::at(value)),
        Fact::Condition => phrases::condition(Finite::at(value)),
        Fact::Launch => phrases::launch(Finite::at(value)),
        Fact::ClientEligible => either(
            flag,
            "clients of this type may have offline or online access",
            "clients of this type may not have offline or online access",
        ),
        Fact::UserMayHaveOffline => {
            either(flag, "the user may have offline access", "the user may not have offline access")
        }
        Fact::AdminRestricted => {
            either(flag, "an administrator restricts the client", "no administrator restricts the client")
        }
        Fact::ConsentScreenAvailable => either(flag, "a consent page can be shown", "no consent page can be shown"),
        Fact::ConsentValid => {
            either(flag, "pressing accept would be valid consent", "pressing accept would not be valid consent")
        }
        Fact::ConsentAnswer => phrases::consent_answer(Finite::at(value)),
        Fact::AnsweredPage => phrases::answered_page(Finite::at(value)),
        Fact::Kept => phrases::kept(Finite::at(value)),
        Fact::KeepsOffline => {
            either(flag, "the user did not leave out offline access", "the user left out offline access")
        }
        Fact::KeepsOnline => {
            either(flag, "the user did not leave out online access", "the user left out online access")
        }
        Fact::Remember => phrases::remember(Finite::at(value)),
        Fact::TimeLimited => {
            either(flag, "the user approved for a limited time", "the user did not limit the time of the approval")
        }
        Fact::BeyondBasicProfile => values::beyond_basic_profile(flag),
        Fact::TestingProject => values::testing_project(flag),
        Fact::BrowserAbsoluteLimit => values::limited(ConfiguredLimit::BrowserAge, flag),
        Fact::OfflineAbsoluteLimit => values::limited(ConfiguredLimit::OfflineAge, flag),
        Fact::AbsoluteLimit => values::limited(ConfiguredLimit::Age, flag),
        Fact::OfflineIdleLimit => values::limited(ConfiguredLimit::OfflineIdle, flag),
        Fact::IdleLimit => values::limited(ConfiguredLimit::Idle, flag),
        Fact::PolicyDuration => values::limited(ConfiguredLimit::PolicyDuration, flag),
        Fact::GrantEnds => values::limited(ConfiguredLimit::Grant, flag),
    }
}
