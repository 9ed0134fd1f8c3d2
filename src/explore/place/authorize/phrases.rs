//! What the values of single facts of the authorization endpoint say.

use crate::decide::authorize::facts::{
    AccessType, AccountAnswer, AnsweredPage, ApprovalPrompt, AskedResponseType, AskedWord, ClientStanding,
    CodeChallenge, Condition, ConsentAnswer, Display, GrantAction, GrantId, Hint, IncludeGrantedScopes, Kept, Launch,
    LoginAnswer, MaxAge, OrdinaryScopes, PriorGrant, RememberAnswer, RequestObject, SavedConsent, ScopeStanding,
};
use crate::oauth::redirect::{RedirectForm, RedirectProof};
use crate::oauth::response::ResponseMode;

pub(super) const fn client(value: ClientStanding) -> &'static str {
    match value {
        ClientStanding::Known => "the client and its redirect URI are known",
        ClientStanding::Unreadable => "the request is longer than is read",
        ClientStanding::UnknownClient => "the server knows no such client",
        ClientStanding::UnknownRedirect => "the request leads to no redirect URI that the client registered",
    }
}

pub(super) const fn response_type(value: AskedResponseType) -> &'static str {
    match value {
        AskedResponseType::Missing => "response_type is missing",
        AskedResponseType::Unknown => "response_type has a value that nobody knows",
        AskedResponseType::UnknownWithToken => {
            "response_type has a value that nobody knows, and asks for a token in it"
        }
        AskedResponseType::Code => "response_type is code",
        AskedResponseType::Token => "response_type is token",
        AskedResponseType::IdToken => "response_type is id_token",
        AskedResponseType::IdTokenToken => "response_type is id_token token",
        AskedResponseType::CodeIdToken => "response_type is code id_token",
        AskedResponseType::CodeToken => "response_type is code token",
        AskedResponseType::CodeIdTokenToken => "response_type is code id_token token",
        AskedResponseType::None => "response_type is none",
    }
}

pub(super) const fn response_mode(value: ResponseMode) -> &'static str {
    match value {
        ResponseMode::Default => "no response_mode was sent",
        ResponseMode::Query => "response_mode is query",
        ResponseMode::Fragment => "response_mode is fragment",
        ResponseMode::FormPost => "response_mode is form_post",
        ResponseMode::Unknown => "response_mode has a value that nobody knows",
    }
}

pub(super) const fn request_object(value: RequestObject) -> &'static str {
    match value {
        RequestObject::Absent => "no request object was sent",
        RequestObject::Request => "a request object was sent by value",
        RequestObject::RequestUri => "a request object was sent by reference",
    }
}

pub(super) const fn display(value: Display) -> &'static str {
    match value {
        Display::Known => "display has a value of OpenID Connect, or is absent",
        Display::Unknown => "display has a value that nobody knows",
    }
}

pub(super) const fn code_challenge(value: CodeChallenge) -> &'static str {
    match value {
        CodeChallenge::Absent => "no code_challenge was sent",
        CodeChallenge::S256 => "the code_challenge has the method S256",
        CodeChallenge::Plain => "the code_challenge has the method plain",
        CodeChallenge::UnknownMethod => "the code_challenge_method is unknown",
        CodeChallenge::Malformed => "the code_challenge is malformed",
    }
}

pub(super) const fn max_age(value: MaxAge) -> &'static str {
    match value {
        MaxAge::Absent => "no max_age applies",
        MaxAge::Within => "the last sign-in is no longer ago than max_age",
        MaxAge::Exceeded => "the last sign-in is longer ago than max_age",
        MaxAge::Zero => "max_age is 0",
    }
}

pub(super) const fn hint(value: Hint) -> &'static str {
    match value {
        Hint::Absent => "no id_token_hint of this server was sent",
        Hint::SameUser => "the id_token_hint names no other user than the one who is signed in",
        Hint::OtherUser => "the id_token_hint names another user than the one who is signed in",
    }
}

pub(super) const fn scope(value: ScopeStanding) -> &'static str {
    match value {
        ScopeStanding::Fine => "every scope is known and allowed",
        ScopeStanding::Default => "no scope was sent, and the server has a default",
        ScopeStanding::Omitted => "no scope was sent, and the server has no default",
        ScopeStanding::Malformed => "the scope has a character that it may not have",
        ScopeStanding::Overbroad => "more scopes are asked for than the server allows in one request",
        ScopeStanding::SomeUnknown => "the server does not know some of the scopes",
        ScopeStanding::SomeNotAllowed => "some of the scopes are not allowed",
        ScopeStanding::NoneKnown => "no scope is left, because the server does not know some and allows no other",
        ScopeStanding::NoneAllowed => "none of the scopes is allowed",
    }
}

pub(super) const fn ordinary_scopes(value: OrdinaryScopes) -> &'static str {
    match value {
        OrdinaryScopes::NoneAsked => "nothing is asked for but offline or online access",
        OrdinaryScopes::AllGranted => {
            "everything that is asked for beside offline and online access was granted before"
        }
        OrdinaryScopes::SomeNew => {
            "something is asked for beside offline and online access that was not granted before"
        }
    }
}

pub(super) const fn unrefused_scopes(value: OrdinaryScopes) -> &'static str {
    match value {
        OrdinaryScopes::NoneAsked => "everything that is asked for beside offline and online access was refused before",
        OrdinaryScopes::AllGranted => "everything that is asked for and was not refused before was granted before",
        OrdinaryScopes::SomeNew => "something is asked for that was neither granted nor refused before",
    }
}

pub(super) fn asked(scope: &'static str, value: AskedWord) -> &'static str {
    let [no, asked, supported, unsupported, not_allowed] = match scope {
        "offline_access" => [
            "the scope does not contain offline_access",
            "the scope contains offline_access",
            "the scope contains offline_access, which the server lists among its scopes",
            "the scope contains offline_access, which the server does not list among its scopes",
            "the scope contains offline_access, which is not allowed to the client",
        ],
        "online_access" => [
            "the scope does not contain online_access",
            "the scope contains online_access",
            "the scope contains online_access, which the server lists among its scopes",
            "the scope contains online_access, which the server does not list among its scopes",
            "the scope contains online_access, which is not allowed to the client",
        ],
        _ => [
            "the scope does not contain refresh_token",
            "the scope contains refresh_token",
            "the scope contains refresh_token, which the server lists among its scopes",
            "the scope contains refresh_token, which the server does not list among its scopes",
            "the scope contains refresh_token, which is not allowed to the client",
        ],
    };
    match value {
        AskedWord::No => no,
        AskedWord::Asked => asked,
        AskedWord::Supported => supported,
        AskedWord::Unsupported => unsupported,
        AskedWord::NotAllowed => not_allowed,
    }
}

pub(super) const fn access_type(value: AccessType) -> &'static str {
    match value {
        AccessType::Absent => "no access_type was sent",
        AccessType::Online => "access_type is online",
        AccessType::Offline => "access_type is offline",
        AccessType::Unknown => "access_type has a value that nobody knows",
    }
}

pub(super) const fn approval_prompt(value: ApprovalPrompt) -> &'static str {
    match value {
        ApprovalPrompt::Absent => "no approval_prompt was sent",
        ApprovalPrompt::Auto => "approval_prompt is auto",
        ApprovalPrompt::Force => "approval_prompt is force",
        ApprovalPrompt::Unknown => "approval_prompt has a value that nobody knows",
    }
}

pub(super) const fn include_granted_scopes(value: IncludeGrantedScopes) -> &'static str {
    match value {
        IncludeGrantedScopes::Absent => "no include_granted_scopes was sent",
        IncludeGrantedScopes::True => "include_granted_scopes is true",
        IncludeGrantedScopes::False => "include_granted_scopes is false",
        IncludeGrantedScopes::Unknown => "include_granted_scopes has a value that nobody knows",
    }
}

pub(super) const fn grant_action(value: GrantAction) -> &'static str {
    match value {
        GrantAction::Absent => "no grant_management_action was sent",
        GrantAction::Create => "grant_management_action is create",
        GrantAction::Merge => "grant_management_action is merge",
        GrantAction::Replace => "grant_management_action is replace",
        GrantAction::Unsupported => "the server does not offer the grant_management_action",
    }
}

pub(super) const fn grant_id(value: GrantId) -> &'static str {
    match value {
        GrantId::Absent => "no grant_id was sent",
        GrantId::Theirs => "grant_id names a live grant of this user and this client",
        GrantId::NotTheirs => "grant_id names no live grant of this user and this client",
    }
}

pub(super) const fn redirect_proof(value: RedirectProof) -> &'static str {
    match value {
        RedirectProof::ClaimedHttps => "the platform proves that the redirect URI belongs to the app",
        RedirectProof::ExactHttps => "the redirect URI is an exact https address",
        RedirectProof::Localhost => "the redirect URI is on the user's own machine",
        RedirectProof::Nothing => "the redirect URI does not prove who receives the response",
    }
}

pub(super) const fn redirect_form(value: RedirectForm) -> &'static str {
    match value {
        RedirectForm::Web => "the registered redirect URI is a web address without a wildcard",
        RedirectForm::Wildcard => "the registered redirect URI has a wildcard",
        RedirectForm::PrivateUse => "the registered redirect URI has a private-use scheme",
    }
}

pub(super) const fn login_answer(value: LoginAnswer) -> &'static str {
    match value {
        LoginAnswer::Open => "the sign-in page was not answered",
        LoginAnswer::Done => "the user signed in on the sign-in page",
        LoginAnswer::Failed => "the user could not sign in",
        LoginAnswer::Denied => "the user did not want to sign in",
        LoginAnswer::TooOld => "the sign-in page was answered too long ago",
    }
}

pub(super) const fn account_answer(value: AccountAnswer) -> &'static str {
    match value {
        AccountAnswer::Open => "the account page was not answered",
        AccountAnswer::Done => "the user chose an account",
        AccountAnswer::NoneChosen => "the user chose no account",
        AccountAnswer::TooOld => "the account page was answered too long ago",
    }
}

pub(super) const fn prior_grant(value: PriorGrant) -> &'static str {
    match value {
        PriorGrant::None => "no earlier grant counts",
        PriorGrant::ThisClient => "the user granted this client access before",
        PriorGrant::SameProject => "the user granted another client of the same project access before",
    }
}

pub(super) const fn saved_consent(value: SavedConsent) -> &'static str {
    match value {
        SavedConsent::ExplicitRecent => "the saved consent is explicit and recent",
        SavedConsent::ExplicitOld => "the saved consent is explicit, and not known to be recent",
        SavedConsent::Administrative => "the saved consent is an administrator's, or rests on another condition",
        SavedConsent::NotExplicit => "no explicit consent is saved",
    }
}

pub(super) const fn condition(value: Condition) -> &'static str {
    match value {
        Condition::None => "no condition for processing other than consent covers the request",
        Condition::Ordinary => "another condition for processing covers the request, but not offline access",
        Condition::Offline => "another condition for processing permits offline access",
    }
}

pub(super) const fn launch(value: Launch) -> &'static str {
    match value {
        Launch::Unstated => "it is not known how the app was launched",
        Launch::Ehr => "the app was launched from the electronic health record",
        Launch::Standalone => "the app was launched by itself",
    }
}

pub(super) const fn consent_answer(value: ConsentAnswer) -> &'static str {
    match value {
        ConsentAnswer::Open => "the consent page was not answered",
        ConsentAnswer::Approved => "the user approved",
        ConsentAnswer::Denied => "the user refused",
        ConsentAnswer::Impossible => "the user could not answer the consent page",
    }
}

pub(super) const fn answered_page(value: AnsweredPage) -> &'static str {
    match value {
        AnsweredPage::This => "no answer was given to another consent page",
        AnsweredPage::Other => "the answer was given to a consent page that says something else",
        AnsweredPage::OfAnotherInteraction => "the answer was given to the consent page of another interaction",
        AnsweredPage::TooLongAgo => "the consent page was answered too long ago",
    }
}

pub(super) const fn kept(value: Kept) -> &'static str {
    match value {
        Kept::NoneListed => "the consent page lists nothing but offline or online access",
        Kept::All => "the user left out no scope of the consent page",
        Kept::Some => "the user left out some of the scopes on the consent page",
        Kept::Nothing => "the user left out every scope on the consent page",
        Kept::RequiredRefused => "the user left out a scope that is not optional",
    }
}

pub(super) const fn remember(value: RememberAnswer) -> &'static str {
    match value {
        RememberAnswer::Unsaid => "the user did not say whether to remember the approval",
        RememberAnswer::Yes => "the user wants the approval to be remembered",
        RememberAnswer::No => "the user does not want the approval to be remembered",
    }
}
