//! What the person did on the screens that were shown for this request.

use super::decision::ConsentScreen;
use crate::decide::authorize::facts::{AccountAnswer, ConsentAnswer, LoginAnswer, RememberAnswer};
#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::Description;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Codec, Misuse, MisuseCode, Node, Text, Value};
use crate::oauth::scope::Scopes;

union! {
    /// What the person did on a screen that was shown for this request.
    pub enum Answer by "screen" {
        /// The sign-in screen.
        Login = "login" {
            /// What came of it.
            needed result: SignInResult,
        },
        /// The screen on which the signed-in user signs in again.
        Reauthenticate = "reauthenticate" {
            /// What came of it.
            needed result: SignInResult,
        },
        /// The screen with the accounts.
        SelectAccount = "select_account" {
            /// What came of it.
            needed result: AccountResult,
        },
        /// The consent screen.
        Consent = "consent" {
            /// What came of it.
            needed result: ConsentResult,
            /// Space-delimited scopes that were approved; all that were asked when absent.
            optional scope: Scopes,
            /// The remember checkbox.
            optional remember: bool,
            /// The `consent` of the decision that drew the screen. An answer to another screen is not counted.
            optional shown: ShownScreen,
            /// The person grants for that many seconds.
            optional time_limit: u64 as TimeLimit,
        },
    }
}

words! {
    /// What came of a sign-in.
    pub enum SignInResult {
        /// The user has signed in.
        Done = "done",
        /// The user could not.
        Failed = "failed",
        /// The user did not want to.
        Denied = "denied",
    }
}

words! {
    /// What came of the choice of an account.
    pub enum AccountResult {
        /// The user chose one.
        Done = "done",
        /// The user chose none.
        NoneChosen = "none_chosen",
    }
}

words! {
    /// What came of the question.
    pub enum ConsentResult {
        /// The user agreed.
        Approved = "approved",
        /// The user did not.
        Denied = "denied",
        /// The user could not be asked.
        Impossible = "impossible",
    }
}

shape! {
    /// The screen that was shown, as far as an answer depends on it.
    pub struct ShownScreen as "Consent" {
        /// The user who was asked.
        needed sub: Text,
        /// The client that asked.
        needed client_id: Text,
        /// What was asked.
        needed scopes: Vec<ShownScope>,
        /// The screen said that access goes on while the user is away.
        needed offline_access: bool,
    }
    beside { "remember", "because" }
}

shape! {
    /// A scope on the screen that was shown.
    pub struct ShownScope as "ConsentScope" {
        /// The scope.
        needed scope: Text,
        /// Whether it was new.
        needed status: Text,
    }
    beside { "optional" }
}

/// A person's time limit, in seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeLimit;

impl Codec<u64> for TimeLimit {
    fn read(node: Node<'_>) -> Result<u64, Misuse> {
        match node.whole()? {
            0 => Err(node.misuse(MisuseCode::WrongValue, "must be at least one second")),
            seconds => Ok(seconds),
        }
    }

    fn write(value: &u64) -> Value {
        Value::whole(*value)
    }

    fn decode(from: &mut Decoder<'_>) -> Option<u64> {
        from.number().filter(|number| *number > 0)
    }

    fn encode(value: &u64, to: &mut Encoder) {
        to.number(*value);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        Description::Count { least: 1 }
    }
}

/// The answers that still count: a sign-in or a choice of account makes an earlier consent void, because it may have
/// been another person's.
#[derive(Clone, Debug)]
pub(super) struct CountedAnswers {
    pub(super) login: LoginAnswer,
    pub(super) account: AccountAnswer,
    pub(super) consent: Option<ConsentGiven>,
}

/// An answer on the consent screen.
#[derive(Clone, Debug)]
pub(super) struct ConsentGiven {
    pub(super) result: ConsentAnswer,
    /// The scopes that were approved; all when absent.
    pub(super) scope: Option<Scopes>,
    /// The remember checkbox, when the answer says.
    remember: Option<bool>,
    /// Seconds.
    pub(super) time_limit: Option<u64>,
    shown: Option<ShownScreen>,
}

impl CountedAnswers {
    pub(super) fn of(answers: Vec<Answer>) -> Self {
        let mut counted = Self { login: LoginAnswer::Open, account: AccountAnswer::Open, consent: None };
        for answer in answers {
            counted.add(answer);
        }
        counted
    }

    fn add(&mut self, answer: Answer) {
        self.consent = None;
        match answer {
            Answer::Login { result } | Answer::Reauthenticate { result } => {
                self.login = match result {
                    SignInResult::Done => LoginAnswer::Done,
                    SignInResult::Failed => LoginAnswer::Failed,
                    SignInResult::Denied => LoginAnswer::Denied,
                };
            }
            Answer::SelectAccount { result } => {
                self.account = match result {
                    AccountResult::Done => AccountAnswer::Done,
                    AccountResult::NoneChosen => AccountAnswer::NoneChosen,
                };
            }
            Answer::Consent { result, scope, remember, shown, time_limit } => {
                let result = match result {
                    ConsentResult::Approved => ConsentAnswer::Approved,
                    ConsentResult::Denied => ConsentAnswer::Denied,
                    ConsentResult::Impossible => ConsentAnswer::Impossible,
                };
                self.consent = Some(ConsentGiven { result, scope, remember, time_limit, shown });
            }
        }
    }
}

impl ConsentGiven {
    /// What was said about remembering it.
    pub(super) fn remember(&self) -> RememberAnswer {
        match self.remember {
            None => RememberAnswer::Unsaid,
            Some(true) => RememberAnswer::Yes,
            Some(false) => RememberAnswer::No,
        }
    }

    /// Whether this answers the screen that would be shown now. An answer that does not say what it answers is trusted.
    pub(super) fn answers(&self, screen: Option<&ConsentScreen>) -> bool {
        match (&self.shown, screen) {
            (None, _) => true,
            (Some(shown), Some(screen)) => shown.is(screen),
            (Some(_), None) => false,
        }
    }
}

impl ShownScreen {
    /// The order of the scopes has no meaning.
    fn is(&self, screen: &ConsentScreen) -> bool {
        let mut shown: Vec<(&str, &str)> =
            self.scopes.iter().map(|scope| (scope.scope.as_str(), scope.status.as_str())).collect();
        let mut asked: Vec<(&str, &str)> =
            screen.scopes.iter().map(|scope| (scope.scope.as_str(), scope.status.name())).collect();
        shown.sort_unstable();
        asked.sort_unstable();
        shown == asked
            && self.sub == screen.sub
            && self.client_id == screen.client_id
            && self.offline_access == screen.offline_access
    }
}
