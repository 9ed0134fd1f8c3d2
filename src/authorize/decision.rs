//! A decision on an authorization request, as it is handed over.

use crate::answer::{
    AccessToken, IdTokenClaims, Ignored, PackedSituation, ProtocolError, RefreshToken, RuleId, ScopeReport, TraceEntry,
};
use crate::decide::reason::Reason;
use crate::effects::Effect;
use crate::input::{Composed, Duration, Text};
use crate::oauth::error::{ErrorCode, Placement};
use crate::oauth::identifier::Identifier;

words! {
    /// What to do now.
    pub enum DecisionOutcome {
        /// Refuse.
        Error = "error",
        /// Let the user sign in.
        Login = "login",
        /// Let the signed-in user sign in again.
        Reauthenticate = "reauthenticate",
        /// Let the user choose an account.
        SelectAccount = "select_account",
        /// Ask the user.
        Consent = "consent",
        /// Mint what the response names, and send it.
        Issue = "issue",
    }
}

shape! {
    /// What to do now, and everything that belongs to it.
    pub struct Decision {
        /// What to do now.
        needed outcome: DecisionOutcome,
        /// Set when the outcome is `error`.
        nullable error: ProtocolError,
        /// The response to the client; none while a page is to be shown, and none on an error page.
        nullable response: AuthorizeResponse,
        /// What the consent screen says, where one is shown or was answered.
        nullable consent: ConsentScreen,
        /// Requested and granted scopes.
        needed scope: ScopeReport,
        /// What the client gets, or will get if the user approves. Null until the user is known, and on an error.
        nullable tokens: TokenSet,
        /// What was set aside.
        needed ignored: Vec<Ignored>,
        /// What to store.
        needed effects: Vec<Effect>,
        /// The rules that took part, in order.
        needed trace: Vec<TraceEntry>,
        /// The situation that was decided, as one short text without personal data: with the policy it says why.
        needed situation: PackedSituation,
        /// The answer in one sentence.
        needed summary: Composed,
    }
}

words! {
    /// What the server must mint for an `issue`.
    pub enum Mint {
        /// An authorization code.
        Code = "code",
        /// An access token.
        AccessToken = "access_token",
        /// An ID Token.
        IdToken = "id_token",
    }
}

shape! {
    /// What is sent to the client.
    pub struct AuthorizeResponse {
        /// Where the parameters are put.
        needed placement: Placement,
        /// The registered address.
        needed redirect_uri: Text,
        /// What the server must mint.
        needed mint: Vec<Mint>,
        /// As sent.
        nullable state: Text,
        /// The issuer, when the policy names one (RFC 9207).
        nullable iss: Text,
        /// An error code.
        nullable error: ErrorCode,
        /// One sentence for the developer of the client.
        nullable error_description: Text,
        /// Seconds, of the front-channel access token.
        nullable expires_in: u64 as Duration,
        /// Set when the scope of the front-channel access token must be reported.
        nullable scope: Text,
        /// What is fixed of the ID Token, where one is minted.
        nullable id_token: FrontChannelIdToken,
    }
}

shape! {
    /// What a decision fixes of an ID Token that the authorization endpoint returns.
    pub struct FrontChannelIdToken {
        /// Claims that follow from the request and the session.
        needed claims: IdTokenClaims,
        /// Claims that bind it to what is minted beside it, and that it must have.
        needed hashes: Vec<TokenHash>,
    }
}

words! {
    /// A claim that binds an ID Token to what is returned beside it. The package computes it.
    pub enum TokenHash {
        /// The code (OpenID Connect Core 1.0, section 3.3.2.11).
        Code = "c_hash",
        /// The access token (OpenID Connect Core 1.0, sections 3.2.2.10 and 3.3.2.11).
        AccessToken = "at_hash",
    }
}

words! {
    /// Whether the consent screen carries a box to remember the answer.
    pub enum RememberChoice {
        /// It does, and only a ticked box keeps the answer.
        Checkbox = "checkbox",
        /// It does not; every answer is kept.
        Always = "always",
    }
}

words! {
    /// Why the consent screen is shown.
    pub enum ConsentReason {
        /// The request asks for it.
        PromptConsent = "prompt_consent",
        /// A scope is new.
        NewScopes = "new_scopes",
        /// Offline access needs it.
        OfflineAccess = "offline_access",
        /// The client cannot prove who it is, or is an installed app.
        ClientAlwaysAsked = "client_always_asked",
        /// Every user is asked every time.
        AlwaysAsked = "always_asked",
        /// The consent on record was given for another redirect URI.
        RedirectUriChanged = "redirect_uri_changed",
        /// The response goes to a loopback address.
        LoopbackClient = "loopback_client",
        /// The person answered a screen with other content, in another interaction, or too long ago.
        AnswerOutOfDate = "answer_out_of_date",
    }
}

words! {
    /// Whether a scope on the consent screen is new.
    pub enum ConsentScopeStatus {
        /// It was not granted before.
        New = "new",
        /// It was.
        AlreadyGranted = "already_granted",
    }
}

shape! {
    /// What the consent screen says.
    pub struct ConsentScreen as "Consent" {
        /// The user who is asked.
        needed sub: Text,
        /// The client that asks.
        needed client_id: Text,
        /// What is asked.
        needed scopes: Vec<ConsentScreenScope>,
        /// The screen says that access goes on while the user is away.
        needed offline_access: bool,
        /// Whether the screen carries a box to remember the answer.
        needed remember: RememberChoice,
        /// Why it is shown.
        needed because: Vec<ConsentReason>,
        /// The host that receives the response, where the screen names one and the redirect URI has one.
        optional redirect_host: Text,
        /// The screen warns that every redirect URI of the client is loopback; absent where it says nothing of that.
        optional loopback_warning: bool,
        /// The caller's id of the page, where the input names one; the answer has to carry it.
        optional interaction: Text as Identifier,
    }
}

shape! {
    /// A scope on the consent screen.
    pub struct ConsentScreenScope as "ConsentScope" {
        /// The scope.
        needed scope: Text,
        /// Whether it is new.
        needed status: ConsentScopeStatus,
        /// Whether the person may leave it out.
        needed optional: bool,
    }
}

shape! {
    /// What the client gets.
    pub struct TokenSet {
        /// From the authorization endpoint.
        needed front_channel: FrontChannel,
        /// From the token endpoint. Null when no code is returned.
        nullable token_endpoint: TokenEndpoint,
        /// Why there is a refresh token, or why there is none.
        needed refresh_token_because: RefreshTokenReason,
    }
}

shape! {
    /// Why there is a refresh token, or why there is none.
    pub struct RefreshTokenReason {
        /// There is one.
        needed issued: bool,
        /// The rule by which there is one, or none; it stands in `trace`.
        needed rule: RuleId,
        /// Why what asked for one was set aside; null where nothing was.
        nullable reason: Reason,
        /// The reason as a sentence.
        needed sentence: Text,
    }
}

shape! {
    /// What the authorization endpoint returns.
    pub struct FrontChannel {
        /// A code.
        needed code: bool,
        /// An access token.
        nullable access_token: AccessToken,
        /// An ID Token.
        needed id_token: bool,
    }
}

shape! {
    /// What the code is redeemed for.
    pub struct TokenEndpoint {
        /// An access token.
        needed access_token: AccessToken,
        /// An ID Token.
        needed id_token: bool,
        /// A refresh token, if any.
        nullable refresh_token: RefreshToken,
    }
}
