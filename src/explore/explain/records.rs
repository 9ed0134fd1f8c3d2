//! The records at hand, and what the effects of a decision do to each of them.

use crate::answer::RuleId;
use crate::decide::life::Binding;
use crate::decide::rule::Rule;
use crate::effects::{Effect, EndedKind, Filter};
use crate::input::{Misuse, Node, Shape, Text, Value};
use crate::simulate::store::matches;

/// A stored record.
#[derive(Debug)]
pub(super) struct AtHand {
    kind: Kind,
    name: Text,
    value: Value,
}

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    AccessToken,
    RefreshToken,
    Code,
    Grant,
    Session,
}

/// What becomes of a record.
#[derive(Debug)]
pub(super) struct Fate {
    pub(super) name: Text,
    /// The rule that ends it; none where it lives on.
    pub(super) rule: Option<&'static Rule>,
    pub(super) because: Text,
}

/// Reads the records, where the options have them. A record that counts no more is left out: nothing ends it again.
pub(super) fn read(options: &Value) -> Result<Option<Vec<AtHand>>, Misuse> {
    let node = Node::root(options, "options");
    if node.is_null() {
        return Ok(None);
    }
    let members = node.members()?;
    members.closed(|name| name == "records", || vec!["records"])?;
    let Some(records) = members.get("records") else { return Ok(None) };
    let mut at_hand = Vec::new();
    for record in records.list()? {
        let value = record.value();
        record.members()?;
        if value.text_of("status").is_none_or(|status| status == "active") {
            let kind = kind(value);
            at_hand.push(AtHand { kind, name: name(kind, value), value: value.clone() });
        }
    }
    Ok(Some(at_hand))
}

fn kind(record: &Value) -> Kind {
    match record.text_of("kind") {
        Some("access_token") => Kind::AccessToken,
        Some("refresh_token") => Kind::RefreshToken,
        _ if record.member("redirect_uri").is_some() => Kind::Code,
        _ if record.member("scope").is_some() => Kind::Grant,
        _ => Kind::Session,
    }
}

/// How the server calls it, or what it is.
fn name(kind: Kind, record: &Value) -> Text {
    let own = record.text_of("id").or(record.text_of("grant_id"));
    own.map_or_else(
        || {
            Text::fixed(match kind {
                Kind::AccessToken => "The access token",
                Kind::RefreshToken => "The refresh token",
                Kind::Code => "The code",
                Kind::Grant => "The grant",
                Kind::Session => "The session",
            })
        },
        Text::from,
    )
}

/// What becomes of each record, those that end first.
pub(super) fn fates(at_hand: &[AtHand], effects: &[Effect]) -> Vec<Fate> {
    let mut fates: Vec<Fate> = at_hand.iter().map(|record| fate(record, at_hand, effects)).collect();
    fates.sort_by_key(|fate| fate.rule.is_none());
    fates
}

fn fate(record: &AtHand, all: &[AtHand], effects: &[Effect]) -> Fate {
    let reaching: Vec<Reach<'_>> =
        effects.iter().filter_map(Reach::of).filter(|reach| reach.kind == record.kind).collect();
    if let Some(reach) = reaching.iter().find(|reach| reach.hits(record, all)) {
        return Fate {
            name: record.name.clone(),
            rule: Some(reach.rule.rule()),
            because: Text::from(has(reach.filter).unwrap_or_else(|| "it is what ends".to_owned())),
        };
    }
    let because = match reaching.first() {
        None => Text::fixed("nothing of its kind ends"),
        Some(reach) => Text::from(lacks(record, reach.filter).unwrap_or("it is among the newest, which stay")),
    };
    Fate { name: record.name.clone(), rule: None, because }
}

/// The records that an effect ends.
struct Reach<'a> {
    kind: Kind,
    filter: &'a Filter,
    keep_newest: usize,
    rule: RuleId,
}

impl<'a> Reach<'a> {
    fn of(effect: &'a Effect) -> Option<Self> {
        let (kind, filter, keep_newest) = match effect {
            Effect::End { kind, filter, keep_newest, .. } => {
                let kind = match kind {
                    EndedKind::AccessToken => Kind::AccessToken,
                    EndedKind::RefreshToken => Kind::RefreshToken,
                    EndedKind::Code => Kind::Code,
                };
                (kind, filter, keep_newest.and_then(|count| usize::try_from(count).ok()).unwrap_or(0))
            }
            Effect::EndSession { filter, .. } => (Kind::Session, filter, 0),
            Effect::Remove { filter, .. } => (Kind::Grant, filter, 0),
            Effect::StoreGrant { .. }
            | Effect::StoreCode { .. }
            | Effect::StoreAccessToken { .. }
            | Effect::StoreRefreshToken { .. }
            | Effect::Consume { .. }
            | Effect::Update { .. }
            | Effect::Supersede { .. } => return None,
        };
        Some(Self { kind, filter, keep_newest, rule: effect.rule() })
    }

    fn hits(&self, record: &AtHand, all: &[AtHand]) -> bool {
        let issued = |record: &AtHand| match record.value.member("issued_at") {
            Some(Value::Number(at)) => *at,
            _ => 0.0,
        };
        let reached = |one: &&AtHand| one.kind == self.kind && matches(&one.value, self.filter);
        reached(&record)
            && all.iter().filter(reached).filter(|one| issued(one) > issued(record)).count() >= self.keep_newest
    }
}

/// What the records that a filter reaches have in common, as far as it says more than whose they are.
fn has(filter: &Filter) -> Option<String> {
    let says = [
        (filter.any_scope_matches.is_some(), "it has a scope of Gmail"),
        (filter.binding == Some(Binding::Session), "it is bound to the session"),
        (filter.binding == Some(Binding::Offline), "it survives the session otherwise"),
        (filter.application_type.is_some(), "its client is a single-page application"),
        (filter.client_type.is_some(), "its client is public"),
        (filter.auth.is_some(), "the user signed in with a password"),
        (filter.basis.is_some(), "it rests on the condition"),
        (filter.family.is_some(), "it came from the same authorization"),
        (filter.grant_id.is_some(), "it belongs to the grant"),
        (filter.id.is_some(), "it is the one that was presented"),
        (filter.sid.is_some() && filter.binding.is_none(), "it belongs to the session"),
        (filter.client_id.is_some() && filter.grant_id.is_none(), "it is this client's"),
    ];
    let says: Vec<&str> = says.into_iter().filter_map(|(holds, words)| holds.then_some(words)).collect();
    super::told::joined(&says)
}

/// The first thing that a filter asks and a record does not have.
fn lacks(record: &AtHand, filter: &Filter) -> Option<&'static str> {
    let Value::Members(wanted) = filter.write() else { return None };
    wanted.into_iter().find_map(|(name, value)| {
        let only = Value::Members(vec![(name.clone(), value.clone())]);
        let one = Filter::read(Node::root(&only, "")).ok()?;
        (!matches(&record.value, &one)).then(|| match (name.as_str(), &value) {
            ("any_scope_matches", _) => "it has no scope of Gmail",
            ("binding", Value::Text(binding)) if binding == "session" => "it is not bound to the session",
            ("binding", _) => "it is no offline token",
            ("application_type", _) => "its client is no single-page application",
            ("client_type", _) => "its client can keep a secret",
            ("auth", _) => "the user did not sign in with a password",
            ("basis", _) => "it does not rest on the condition",
            ("family", _) => "it came from another authorization",
            ("grant_id", _) => "it belongs to another grant",
            ("client_id", _) => "it is another client's",
            ("sid", _) => "it belongs to another session",
            ("sub", _) => "it is another user's",
            _ => "it is another record",
        })
    })
}
