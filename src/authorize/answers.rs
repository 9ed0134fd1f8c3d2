//! What the person did on the screens that were shown for this request.

use super::decision::ConsentScreen;
use crate::decide::authorize::facts::{AccountAnswer, AnsweredPage, ConsentAnswer, LoginAnswer, RememberAnswer};
#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::Description;
use crate::input::layout::Layout;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Codec, Misuse, MisuseCode, Text, Time, Value, places_in_order};
use crate::oauth::clock::{Clock, LATER};
use crate::oauth::identifier::Identifier;
use crate::oauth::scope::Scopes;

union! {
    /// What the person did on a screen that was shown for this request.
    pub enum Answer by "screen" {
        /// The sign-in screen.
        Login = "login" {
            /// What came of it.
            needed result: SignInResult,
            /// When it was given. Seconds since the epoch; needed where the policy has `answer_max_age_s`.
            optional at: u64 as Time,
        },
        /// The screen on which the signed-in user signs in again.
        Reauthenticate = "reauthenticate" {
            /// What came of it.
            needed result: SignInResult,
            /// When it was given. Seconds since the epoch; needed where the policy has `answer_max_age_s`.
            optional at: u64 as Time,
        },
        /// The screen with the accounts.
        SelectAccount = "select_account" {
            /// What came of it.
            needed result: AccountResult,
            /// When it was given. Seconds since the epoch; needed where the policy has `answer_max_age_s`.
            optional at: u64 as Time,
        },
        /// The consent screen.
        Consent = "consent" {
            /// What came of it.
            needed result: ConsentResult,
            /// Space-delimited scopes that were approved; all that were asked when absent.
            optional scope: Scopes,
            /// The remember checkbox.
            optional remember: bool,
            /// The `consent` of the decision that drew the screen; an approval needs it. An answer to another screen is
            /// not counted.
            optional shown: Box<ShownScreen>,
            /// The id with which the screen was drawn. Where the input has an `interaction`, an answer with another, or
            /// without, is not counted.
            optional interaction: Text as Identifier,
            /// When it was given. Seconds since the epoch; needed where the policy has `answer_max_age_s`.
            optional at: u64 as Time,
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
        /// The host that it named.
        optional redirect_host: Text,
        /// The screen warned that every redirect URI of the client is loopback.
        optional loopback_warning: bool,
    }
    beside { "interaction", "remember", "because" }
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
    const LAYOUT: Layout = Layout::Whole(1, "must be at least one second");

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
    /// When the sign-in was answered, where the answer says.
    pub(super) login_at: Option<u64>,
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
    shown: Option<Box<ShownScreen>>,
    /// It was given in the interaction that the input names, if it names one.
    in_this_interaction: bool,
    too_old: bool,
}

/// What an answer is held against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms<'a> {
    pub(super) clock: Clock,
    /// The policy's `answer_max_age_s`.
    pub(super) max_age: Option<u64>,
    /// The id with which the page of this call is drawn, and its answer was.
    pub(super) interaction: Option<&'a str>,
}

impl Terms<'_> {
    /// When an answer was given, if that is known.
    fn given_at(self, answer: &Answer, index: usize) -> Result<Option<u64>, Misuse> {
        let place = || format!("answers[{index}].at");
        match (answer.at(), self.max_age) {
            (Some(at), _) => {
                let at = self.clock.past(at);
                at.map(Some).ok_or_else(|| Misuse::new(MisuseCode::Contradiction, place(), LATER))
            }
            (None, Some(_)) => {
                let problem = "is missing: the policy has answer_max_age_s, so each answer says when it was given";
                Err(Misuse::new(MisuseCode::MissingKey, place(), problem))
            }
            (None, None) => Ok(None),
        }
    }

    fn too_old(self, at: Option<u64>) -> bool {
        at.zip(self.max_age).is_some_and(|(at, limit)| self.clock.now.saturating_sub(at) > limit)
    }

    /// Whether an answer on the consent page belongs to the page of this call.
    fn same_interaction(self, answered: Option<&str>, index: usize) -> Result<bool, Misuse> {
        match (self.interaction, answered) {
            (None, Some(_)) => {
                let problem = "is given, and the input names no `interaction` that it could be compared with";
                Err(Misuse::new(MisuseCode::Contradiction, format!("answers[{index}].interaction"), problem))
            }
            (here, there) => Ok(here == there),
        }
    }
}

impl CountedAnswers {
    pub(super) fn of(answers: Vec<Answer>, terms: Terms<'_>) -> Result<Self, Misuse> {
        let mut counted =
            Self { login: LoginAnswer::Open, login_at: None, account: AccountAnswer::Open, consent: None };
        for (index, answer) in answers.into_iter().enumerate() {
            counted.add(answer, index, terms)?;
        }
        Ok(counted)
    }

    fn add(&mut self, answer: Answer, index: usize, terms: Terms<'_>) -> Result<(), Misuse> {
        self.consent = None;
        let at = terms.given_at(&answer, index)?;
        let too_old = terms.too_old(at);
        match answer {
            Answer::Login { result, .. } | Answer::Reauthenticate { result, .. } => {
                self.login_at = at;
                self.login = match result {
                    _ if too_old => LoginAnswer::TooOld,
                    SignInResult::Done => LoginAnswer::Done,
                    SignInResult::Failed => LoginAnswer::Failed,
                    SignInResult::Denied => LoginAnswer::Denied,
                };
            }
            Answer::SelectAccount { result, .. } => {
                self.account = match result {
                    _ if too_old => AccountAnswer::TooOld,
                    AccountResult::Done => AccountAnswer::Done,
                    AccountResult::NoneChosen => AccountAnswer::NoneChosen,
                };
            }
            Answer::Consent { result, scope, remember, shown, interaction, time_limit, .. } => {
                if result == ConsentResult::Approved && shown.is_none() {
                    let problem = "is missing: an approval says what it approves, with the `consent` of the decision \
                        that drew the page";
                    return Err(Misuse::new(MisuseCode::MissingKey, format!("answers[{index}].shown"), problem));
                }
                let in_this_interaction = terms.same_interaction(interaction.as_deref(), index)?;
                let result = match result {
                    ConsentResult::Approved => ConsentAnswer::Approved,
                    ConsentResult::Denied => ConsentAnswer::Denied,
                    ConsentResult::Impossible => ConsentAnswer::Impossible,
                };
                self.consent =
                    Some(ConsentGiven { result, scope, remember, time_limit, shown, in_this_interaction, too_old });
            }
        }
        Ok(())
    }
}

impl Answer {
    /// When it was given.
    const fn at(&self) -> Option<u64> {
        match self {
            Self::Login { at, .. }
            | Self::Reauthenticate { at, .. }
            | Self::SelectAccount { at, .. }
            | Self::Consent { at, .. } => *at,
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

    /// Whether this answers the screen that would be shown now, there and in time. A refusal need not say what it
    /// refuses.
    pub(super) fn page(&self, screen: Option<&ConsentScreen>) -> AnsweredPage {
        let same = match (&self.shown, screen) {
            (None, _) => true,
            (Some(shown), Some(screen)) => shown.is(screen),
            (Some(_), None) => false,
        };
        match (self.in_this_interaction, self.too_old, same) {
            (false, _, _) => AnsweredPage::OfAnotherInteraction,
            (true, true, _) => AnsweredPage::TooLongAgo,
            (true, false, false) => AnsweredPage::Other,
            (true, false, true) => AnsweredPage::This,
        }
    }
}

impl ShownScreen {
    /// The order of the scopes has no meaning.
    fn is(&self, screen: &ConsentScreen) -> bool {
        let shown: Vec<(&str, &str)> =
            self.scopes.iter().map(|scope| (scope.scope.as_str(), scope.status.as_str())).collect();
        let asked: Vec<(&str, &str)> =
            screen.scopes.iter().map(|scope| (scope.scope.as_str(), scope.status.name())).collect();
        in_order(&shown).eq(in_order(&asked))
            && self.sub == screen.sub
            && self.client_id == screen.client_id
            && self.offline_access == screen.offline_access
            && self.redirect_host == screen.redirect_host
            && self.loopback_warning == screen.loopback_warning
    }
}

/// Pairs in the order of the alphabet.
fn in_order<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Iterator<Item = Option<&'a (&'a str, &'a str)>> {
    let places = places_in_order(pairs.len(), &|one, other| pairs.get(one).cmp(&pairs.get(other)));
    places.into_iter().map(|place| pairs.get(place))
}
