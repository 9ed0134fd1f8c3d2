//! One step of a scenario, read strictly.

use crate::authorize::{AccountResult, ConsentResult, SignInResult};
use crate::input::{Duration, Members, Misuse, Node, Shape, Text, Value, closed};

/// What is done.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Authorize { params: Vec<(Text, Value)>, person: Person },
    Exchange { code: Text, existing_grant: Option<Text>, sender_constrained: bool, params: Vec<(Text, Value)> },
    Refresh { refresh_token: Text, scope: Option<Text>, sender_proof: bool, id_token: bool },
    ClientCredentials { scope: Option<Text> },
    Revoke { token: Text },
    ApiCall { token: Text },
    GrantDelete { grant_id: Text },
    AdvanceClock { seconds: u64 },
    SetSession { remaining: u64 },
    SessionEvent(&'static str),
    PasswordChange,
    UserRevokesApp,
    ConditionWithdrawn { basis: Text },
}

shape! {
    /// What the person does when asked; approves when absent.
    pub struct Person {
        /// At the sign-in screen.
        defaulted login: SignInResult = SignInResult::Done,
        /// As whom the person signs in; the user of the world when absent.
        optional login_as: Text,
        /// At the screen with the accounts.
        defaulted account: AccountResult = AccountResult::Done,
        /// At the consent screen.
        defaulted consent: ConsentResult = ConsentResult::Approved,
        /// Space-delimited scopes that are approved; all when absent.
        optional scope: Text,
        /// The remember checkbox.
        optional remember: bool,
        /// The person grants for that many seconds.
        optional time_limit: u64 as Duration,
    }
}

impl Default for Person {
    fn default() -> Self {
        Self {
            login: SignInResult::Done,
            login_as: None,
            account: AccountResult::Done,
            consent: ConsentResult::Approved,
            scope: None,
            remember: None,
            time_limit: None,
        }
    }
}

#[derive(Clone, Copy)]
enum Action {
    Authorize,
    Exchange,
    Refresh,
    ClientCredentials,
    Revoke,
    ApiCall,
    GrantDelete,
    AdvanceClock,
    SetSession,
    SessionEvent(&'static str),
    PasswordChange,
    UserRevokesApp,
    ConditionWithdrawn,
}

const ACTIONS: &[(&str, Action)] = &[
    ("authorize", Action::Authorize),
    ("exchange", Action::Exchange),
    ("refresh", Action::Refresh),
    ("client_credentials", Action::ClientCredentials),
    ("revoke", Action::Revoke),
    ("api_call", Action::ApiCall),
    ("grant_delete", Action::GrantDelete),
    ("advance_clock", Action::AdvanceClock),
    ("set_session", Action::SetSession),
    ("logout", Action::SessionEvent("logout")),
    ("session_timeout", Action::SessionEvent("session_timeout")),
    ("admin_ends_session", Action::SessionEvent("admin_ends_session")),
    ("switch_account", Action::SessionEvent("switch_account")),
    ("password_change", Action::PasswordChange),
    ("user_revokes_app", Action::UserRevokesApp),
    ("condition_withdrawn", Action::ConditionWithdrawn),
];

impl Step {
    pub(super) fn read(step: &Value) -> Result<Self, Misuse> {
        let node = Node::root(step, "step");
        let only = |keys: &[&'static str]| closed(node, &[&["action"], keys].concat());
        Ok(match node.members()?.need("action")?.word(ACTIONS)? {
            Action::Authorize => {
                let members = only(&["params", "person"])?;
                Self::Authorize {
                    params: params(members)?,
                    person: members.optional("person", Person::read)?.unwrap_or_default(),
                }
            }
            Action::Exchange => {
                let members = only(&["code", "existing_grant", "sender_constrained", "params"])?;
                Self::Exchange {
                    code: text(members, "code")?,
                    existing_grant: optional(members, "existing_grant")?,
                    sender_constrained: members.optional("sender_constrained", Node::boolean)?.unwrap_or(false),
                    params: params(members)?,
                }
            }
            Action::Refresh => {
                let members = only(&["refresh_token", "scope", "sender_proof", "id_token"])?;
                Self::Refresh {
                    refresh_token: text(members, "refresh_token")?,
                    scope: optional(members, "scope")?,
                    sender_proof: members.optional("sender_proof", Node::boolean)?.unwrap_or(false),
                    id_token: members.optional("id_token", Node::boolean)?.unwrap_or(false),
                }
            }
            Action::ClientCredentials => Self::ClientCredentials { scope: optional(only(&["scope"])?, "scope")? },
            Action::Revoke => Self::Revoke { token: text(only(&["token"])?, "token")? },
            Action::ApiCall => Self::ApiCall { token: text(only(&["token"])?, "token")? },
            Action::GrantDelete => Self::GrantDelete { grant_id: text(only(&["grant_id"])?, "grant_id")? },
            Action::AdvanceClock => Self::AdvanceClock { seconds: only(&["seconds"])?.need("seconds")?.whole()? },
            Action::SetSession => Self::SetSession { remaining: only(&["remaining"])?.need("remaining")?.whole()? },
            Action::SessionEvent(event) => {
                only(&[])?;
                Self::SessionEvent(event)
            }
            Action::PasswordChange => {
                only(&[])?;
                Self::PasswordChange
            }
            Action::UserRevokesApp => {
                only(&[])?;
                Self::UserRevokesApp
            }
            Action::ConditionWithdrawn => Self::ConditionWithdrawn { basis: text(only(&["basis"])?, "basis")? },
        })
    }
}

fn params(members: Members<'_>) -> Result<Vec<(Text, Value)>, Misuse> {
    let Some(node) = members.get("params") else { return Ok(Vec::new()) };
    node.members()?.iter().map(|(name, value)| Ok((name.clone(), value.text()?.clone().into()))).collect()
}

fn text(members: Members<'_>, name: &'static str) -> Result<Text, Misuse> {
    Ok(members.need(name)?.text()?.to_owned())
}

fn optional(members: Members<'_>, name: &'static str) -> Result<Option<Text>, Misuse> {
    Ok(members.optional(name, Node::text)?.map(ToOwned::to_owned))
}
