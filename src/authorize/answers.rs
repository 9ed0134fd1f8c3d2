//! What the person did on the pages that were shown for this request.

use super::decision::ConsentScreen;
use crate::decide::facts::{AccountAnswer, ConsentAnswer, LoginAnswer};
use crate::input::{Members, Misuse, MisuseCode, Node, closed};
use crate::oauth::scope::Scopes;

/// The answers that still count: a sign-in or a choice of account makes an earlier consent void, because it may have
/// been another person's.
#[derive(Clone, Debug)]
pub(super) struct Answers {
    pub(super) login: LoginAnswer,
    pub(super) account: AccountAnswer,
    pub(super) consent: Option<ConsentGiven>,
}

/// An answer on the consent page.
#[derive(Clone, Debug)]
pub(super) struct ConsentGiven {
    pub(super) result: ConsentAnswer,
    /// The scopes that were approved; all when absent.
    pub(super) scope: Option<Scopes>,
    /// The remember checkbox, when the answer says.
    pub(super) remember: Option<bool>,
    /// Seconds.
    pub(super) time_limit: Option<u64>,
    shown: Option<Shown>,
}

/// The page that was shown, as far as an answer depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    sub: String,
    client_id: String,
    /// With their status, sorted.
    scopes: Vec<(String, String)>,
    offline_access: bool,
}

impl Answers {
    pub(super) fn read(node: Option<Node<'_>>) -> Result<Self, Misuse> {
        let mut answers = Self { login: LoginAnswer::Open, account: AccountAnswer::Open, consent: None };
        let Some(node) = node else { return Ok(answers) };
        for item in node.list()? {
            answers.add(item)?;
        }
        Ok(answers)
    }

    fn add(&mut self, node: Node<'_>) -> Result<(), Misuse> {
        #[derive(Clone, Copy)]
        enum Page {
            SignIn,
            Account,
            ConsentScreen,
        }
        let page = node.members()?.need("screen")?.word(&[
            ("login", Page::SignIn),
            ("reauthenticate", Page::SignIn),
            ("select_account", Page::Account),
            ("consent", Page::ConsentScreen),
        ])?;
        match page {
            Page::SignIn => {
                let members = closed(node, &["screen", "result"])?;
                self.login =
                    members.need("result")?.word(&[("done", LoginAnswer::Done), ("failed", LoginAnswer::Failed)])?;
                self.consent = None;
            }
            Page::Account => {
                let members = closed(node, &["screen", "result"])?;
                self.account = members
                    .need("result")?
                    .word(&[("done", AccountAnswer::Done), ("none_chosen", AccountAnswer::NoneChosen)])?;
                self.consent = None;
            }
            Page::ConsentScreen => self.consent = Some(ConsentGiven::read(node)?),
        }
        Ok(())
    }
}

impl ConsentGiven {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        let members = closed(node, &["screen", "result", "scope", "remember", "shown", "time_limit"])?;
        Ok(Self {
            result: members.need("result")?.word(&[
                ("approved", ConsentAnswer::Approved),
                ("denied", ConsentAnswer::Denied),
                ("impossible", ConsentAnswer::Impossible),
            ])?,
            scope: members.optional("scope", Node::text)?.map(Scopes::parse),
            remember: members.optional("remember", Node::boolean)?,
            time_limit: members.optional("time_limit", time_limit)?,
            shown: members.optional("shown", Shown::read)?,
        })
    }

    /// Whether this answers the page that would be shown now. An answer that does not say what it answers is trusted.
    pub(super) fn answers(&self, page: Option<&ConsentScreen>) -> bool {
        match (&self.shown, page) {
            (None, _) => true,
            (Some(shown), Some(page)) => *shown == Shown::of(page),
            (Some(_), None) => false,
        }
    }
}

fn time_limit(node: Node<'_>) -> Result<u64, Misuse> {
    match node.whole()? {
        0 => Err(node.misuse(MisuseCode::WrongValue, "must be at least one second")),
        seconds => Ok(seconds),
    }
}

impl Shown {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        let members = closed(node, &["sub", "client_id", "scopes", "offline_access", "remember", "because"])?;
        let mut scopes = members.need("scopes")?.list()?.map(shown_scope).collect::<Result<Vec<_>, _>>()?;
        scopes.sort_unstable();
        Ok(Self {
            sub: text(members, "sub")?,
            client_id: text(members, "client_id")?,
            scopes,
            offline_access: members.need("offline_access")?.boolean()?,
        })
    }

    fn of(page: &ConsentScreen) -> Self {
        let mut scopes: Vec<(String, String)> =
            page.scopes.iter().map(|scope| (scope.scope.clone(), scope.status.to_owned())).collect();
        scopes.sort_unstable();
        Self { sub: page.sub.clone(), client_id: page.client_id.clone(), scopes, offline_access: page.offline_access }
    }
}

fn shown_scope(node: Node<'_>) -> Result<(String, String), Misuse> {
    let members = closed(node, &["scope", "status", "optional"])?;
    Ok((text(members, "scope")?, text(members, "status")?))
}

fn text(members: Members<'_>, name: &'static str) -> Result<String, Misuse> {
    Ok(members.need(name)?.text()?.to_owned())
}
