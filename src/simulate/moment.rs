//! What a step shows of the world.

use super::world::OpenSession;
use crate::decide::life::Binding;
use crate::input::{Composed, Text, Time, Value};

words! {
    /// What came of a step, in one word.
    pub enum StepResult {
        /// The client gets a code.
        Code = "code",
        /// The client gets tokens in the browser.
        FrontChannelTokens = "front_channel_tokens",
        /// Both.
        CodeAndFrontChannelTokens = "code_and_front_channel_tokens",
        /// The client gets an answer without any credential.
        NoneResponse = "none_response",
        /// The client gets an error.
        RedirectError = "redirect_error",
        /// The user sees an error page.
        ErrorPage = "error_page",
        /// The token endpoint answers with tokens.
        Tokens = "tokens",
        /// The token endpoint, or another one, refuses.
        Error = "error",
        /// Something happened, and nobody is answered.
        Ok = "ok",
        /// The user is asked first.
        AskUser = "ask_user",
        /// An endpoint answers with HTTP status 200.
        Http200 = "http_200",
        /// An endpoint answers with HTTP status 204.
        Http204 = "http_204",
    }
}

words! {
    /// A screen that the person sees.
    pub enum ShownPage {
        /// The sign-in screen.
        Login = "login",
        /// The same, though a session is there.
        Reauthenticate = "reauthenticate",
        /// The screen with the accounts.
        SelectAccount = "select_account",
        /// The consent screen.
        Consent = "consent",
    }
}

words! {
    /// What was issued.
    pub enum LifeKind {
        /// An access token.
        AccessToken = "access_token",
        /// A refresh token.
        RefreshToken = "refresh_token",
        /// An ID Token.
        IdToken = "id_token",
        /// An authorization code.
        Code = "code",
    }
}

words! {
    /// How it stands.
    pub enum LifeStatus {
        /// Alive.
        Active = "active",
        /// Its time is over.
        Expired = "expired",
        /// It was revoked.
        Revoked = "revoked",
        /// A refresh token that was replaced.
        Superseded = "superseded",
        /// A code that was redeemed.
        Used = "used",
    }
}

shape! {
    /// One entry of the timeline.
    pub struct Moment {
        /// From 1.
        needed n: u64,
        /// What was done, as it was given.
        needed step: Value,
        /// Seconds since the epoch.
        needed at: u64 as Time,
        /// What came of it, in one word.
        needed result: StepResult,
        /// The screens that were shown.
        needed screens: Vec<ShownPage>,
        /// What was decided; null for a clock step.
        nullable decision: Value,
        /// The consent screen that was shown, if any.
        nullable consent: Value,
        /// Names of what this step issued.
        needed issued: Vec<Text>,
        /// Names of what this step ended.
        needed ended: Vec<Text>,
        /// Everything that was ever issued, as it stands after this step.
        needed lives: Vec<Life>,
        /// The session, or null.
        nullable session: OpenSession,
        /// The stored grants.
        needed grants: Vec<Value>,
        /// What happened, in one sentence.
        needed summary: Composed,
    }
}

shape! {
    /// A token or a code after a step.
    pub struct Life {
        /// For example `RT1`.
        needed name: Text,
        /// What was issued.
        needed kind: LifeKind,
        /// How it stands.
        needed status: LifeStatus,
        /// Space-delimited.
        needed scope: Text,
        /// What its life depends on; null for codes and ID Tokens.
        nullable binding: Binding,
        /// Seconds since the epoch.
        needed issued_at: u64 as Time,
        /// When the clock alone ends it; null when it never does, or something else ends it. Seconds since the epoch.
        nullable expires_at: u64 as Time,
        /// When it died. Seconds since the epoch.
        nullable ended_at: u64 as Time,
        /// What it died of.
        nullable because: Text,
    }
}
