//! Records in memory, and what effects do to them.

use super::moment::LifeKind;
use crate::answer::RuleId;
use crate::effects::{ConsumedKind, Effect, EndedKind, Filter, LinkedKind, Links, UpdatedKind};
use crate::input::{Shape, Text, Value};
use crate::records::TokenKind;

/// All records that were ever stored.
#[derive(Clone, Debug, Default)]
pub(super) struct Store {
    pub(super) records: Vec<Stored>,
    pub(super) grants: Vec<Value>,
    counts: Vec<(&'static str, u64)>,
    ended: Vec<Text>,
}

/// A code or a token.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) name: Text,
    pub(super) kind: LifeKind,
    pub(super) value: Value,
    pub(super) issued_at: u64,
    /// When the clock alone ends it, as it stood after the last step.
    pub(super) expires_at: Option<u64>,
    pub(super) ended: Option<Death>,
}

/// The records that an effect reaches.
struct Hit<'a> {
    kind: LifeKind,
    filter: &'a Filter,
    /// Only live ones.
    live: bool,
    /// So many of the newest are left alone.
    spared: usize,
    /// The one with this name is left alone, too.
    but: Option<&'a str>,
}

/// When and of what a record died.
#[derive(Clone, Debug)]
pub(super) struct Death {
    pub(super) at: u64,
    pub(super) because: Text,
}

impl From<TokenKind> for LifeKind {
    fn from(kind: TokenKind) -> Self {
        match kind {
            TokenKind::AccessToken => Self::AccessToken,
            TokenKind::RefreshToken => Self::RefreshToken,
        }
    }
}

impl From<ConsumedKind> for LifeKind {
    fn from(kind: ConsumedKind) -> Self {
        match kind {
            ConsumedKind::Code => Self::Code,
            ConsumedKind::RefreshToken => Self::RefreshToken,
        }
    }
}

impl From<EndedKind> for LifeKind {
    fn from(kind: EndedKind) -> Self {
        match kind {
            EndedKind::AccessToken => Self::AccessToken,
            EndedKind::RefreshToken => Self::RefreshToken,
            EndedKind::Code => Self::Code,
        }
    }
}

/// The ids that records got while one decision's effects were executed.
#[derive(Default)]
struct GivenIds {
    code: Option<Text>,
    grant: Option<Text>,
}

impl GivenIds {
    fn linked(&self, mut value: Value, links: Option<Links>) -> Value {
        let Some(Links { family, grant_id }) = links else { return value };
        for (name, kind) in [("family", family), ("grant_id", grant_id)] {
            let id = match kind {
                None => &None,
                Some(LinkedKind::Code) => &self.code,
                Some(LinkedKind::Grant) => &self.grant,
            };
            if let Some(id) = id {
                value.set(name, Value::Text(id.clone()));
            }
        }
        value
    }
}

impl Store {
    pub(super) fn names(&self) -> Vec<Text> {
        self.records.iter().map(|record| record.name.clone()).collect()
    }

    /// What ended since the last call.
    pub(super) fn take_ended(&mut self) -> Vec<Text> {
        std::mem::take(&mut self.ended)
    }

    pub(super) fn find(&self, name: &str) -> Option<&Value> {
        self.records.iter().find(|record| record.name == name).map(|record| &record.value)
    }

    /// The next name of a kind: `AT1`, `RT1`, ...
    fn next_name(&mut self, prefix: &'static str) -> Text {
        let known = self.counts.iter_mut().find(|(known, _)| *known == prefix);
        let number = match known {
            Some((_, count)) => {
                *count = count.saturating_add(1);
                *count
            }
            None => {
                self.counts.push((prefix, 1));
                1
            }
        };
        format!("{prefix}{number}").into()
    }

    /// Stores a record under the next name of its kind.
    pub(super) fn issue(&mut self, kind: LifeKind, mut value: Value, now: u64) -> Text {
        let prefix = match kind {
            LifeKind::Code => "CODE",
            LifeKind::RefreshToken => "RT",
            LifeKind::IdToken => "ID",
            LifeKind::AccessToken => "AT",
        };
        let name = self.next_name(prefix);
        value.set("id", Value::Text(name.clone()));
        self.records.push(Stored { name: name.clone(), kind, value, issued_at: now, expires_at: None, ended: None });
        name
    }

    /// Executes effects in their order. Addressed grants get an id, and records that link to one get it.
    pub(super) fn apply(&mut self, effects: &[Effect], addressed: bool, now: u64) {
        let mut given = GivenIds::default();
        for effect in effects {
            match effect {
                Effect::StoreGrant { record, .. } => {
                    let mut grant = record.write();
                    if addressed && record.grant_id.is_none() {
                        let id = self.next_name("G");
                        grant.set("grant_id", Value::Text(id.clone()));
                        given.grant = Some(id);
                    }
                    self.store_grant(grant);
                }
                Effect::StoreCode { record, links, .. } => {
                    let value = given.linked(record.write(), *links);
                    given.code = Some(self.issue(LifeKind::Code, value, now));
                }
                Effect::StoreAccessToken { record, links, .. } => {
                    let value = given.linked(record.write(), *links);
                    self.issue(LifeKind::AccessToken, value, now);
                }
                Effect::StoreRefreshToken { record, .. } => {
                    self.issue(LifeKind::RefreshToken, record.write(), now);
                }
                Effect::Remove { filter, .. } => self.grants.retain(|grant| !matches(grant, filter)),
                Effect::EndSession { .. } => {}
                // What this decision stores comes after it, so it is not among them.
                Effect::Supersede { filter, spare, set, rule } => {
                    let records =
                        Hit { kind: LifeKind::RefreshToken, filter, live: true, spared: 0, but: Some(spare.as_str()) };
                    self.change(&records, &set.write(), *rule, now);
                }
                Effect::Update { kind: UpdatedKind::Grant, filter, set, .. } => {
                    let change = set.write();
                    for grant in self.grants.iter_mut().filter(|grant| matches(grant, filter)) {
                        set_all(grant, &change);
                    }
                }
                Effect::Update { kind: UpdatedKind::RefreshToken, filter, set, rule } => {
                    let records = Hit { kind: LifeKind::RefreshToken, filter, live: false, spared: 0, but: None };
                    self.change(&records, &set.write(), *rule, now);
                }
                Effect::Consume { kind, filter, set, rule } => {
                    let records = Hit { kind: (*kind).into(), filter, live: true, spared: 0, but: None };
                    self.change(&records, &set.write(), *rule, now);
                }
                Effect::End { kind, filter, set, keep_newest, rule } => {
                    let spared = keep_newest.and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
                    let records = Hit { kind: (*kind).into(), filter, live: true, spared, but: None };
                    self.change(&records, &set.write(), *rule, now);
                }
            }
        }
    }

    /// A grant replaces the one of the same client, user, session and id.
    pub(super) fn store_grant(&mut self, grant: Value) {
        let same = |known: &Value| {
            ["client_id", "sub", "sid", "grant_id"].iter().all(|name| known.text_of(name) == grant.text_of(name))
        };
        self.grants.retain(|known| !same(known));
        self.grants.push(grant);
    }

    /// The grant that a request of this user and client is decided with: the addressed one, or the newest; never one that
    /// was given in another session than `sid`.
    pub(super) fn grant(&self, sub: Option<&str>, client_id: &str, sid: Option<&str>, grant_id: Option<&str>) -> Value {
        let in_session = |grant: &&Value| grant.text_of("sid").is_none_or(|of| sid.is_none_or(|sid| sid == of));
        let theirs = |grant: &&Value| {
            let client = grant.text_of("client_id").is_none_or(|owner| {
                owner == client_id || grant.member("project_shared") == Some(&Value::Boolean(true))
            });
            let user = sub.is_none_or(|sub| grant.text_of("sub").is_none_or(|owner| owner == sub));
            client && (user || grant_id.is_some())
        };
        let addressed = |grant: &&Value| grant_id.is_none_or(|id| grant.text_of("grant_id") == Some(id));
        self.grants.iter().filter(theirs).filter(in_session).rfind(addressed).cloned().unwrap_or(Value::Null)
    }

    fn change(&mut self, records: &Hit<'_>, change: &Value, rule: RuleId, now: u64) {
        let mut hit: Vec<usize> = Vec::new();
        for (index, record) in self.records.iter().enumerate() {
            let live = record.value.text_of("status") == Some("active");
            let spared = records.but.is_some_and(|name| record.name == name);
            let reached = record.kind == records.kind && (live || !records.live) && !spared;
            if reached && matches(&record.value, records.filter) {
                hit.push(index);
            }
        }
        hit.truncate(hit.len().saturating_sub(records.spared));
        let because = rule.statement();
        for index in hit {
            match change.text_of("status") {
                Some(status) => {
                    let status = status.to_owned();
                    if let Some(record) = self.records.get_mut(index) {
                        set_all(&mut record.value, change);
                    }
                    self.end_at(index, &status, now, because.into());
                }
                None => {
                    if let Some(record) = self.records.get_mut(index) {
                        set_all(&mut record.value, change);
                    }
                }
            }
        }
    }

    /// Marks a record as ended.
    pub(super) fn end_at(&mut self, index: usize, status: &str, at: u64, because: Text) {
        if let Some(record) = self.records.get_mut(index) {
            record.value.set("status", status.into());
            record.ended = Some(Death { at, because });
            self.ended.push(record.name.clone());
        }
    }
}

fn set_all(record: &mut Value, change: &Value) {
    if let Value::Members(members) = change {
        for (name, value) in members {
            record.set(name, value.clone());
        }
    }
}

/// Every member of the filter that is present must be equal.
pub(crate) fn matches(record: &Value, filter: &Filter) -> bool {
    let Value::Members(wanted) = filter.write() else { return false };
    wanted.iter().all(|(name, value)| match (name.as_str(), value) {
        ("any_scope_matches", Value::List(patterns)) => {
            record.text_of("scope").unwrap_or_default().split(' ').any(|scope| {
                patterns.iter().any(|pattern| matches!(pattern, Value::Text(pattern) if glob(pattern, scope)))
            })
        }
        (name, value) => record.member(name) == Some(value),
    })
}

/// `*` stands for any characters but `/`, `**` for any characters.
fn glob(pattern: &str, text: &str) -> bool {
    if let Some(rest) = pattern.strip_prefix("**") {
        return (0..=text.len()).any(|from| text.get(from..).is_some_and(|tail| glob(rest, tail)));
    }
    if let Some(rest) = pattern.strip_prefix('*') {
        let reach = text.find('/').unwrap_or(text.len());
        return (0..=reach).any(|from| text.get(from..).is_some_and(|tail| glob(rest, tail)));
    }
    let mut pattern_letters = pattern.chars();
    let mut letters = text.chars();
    match (pattern_letters.next(), letters.next()) {
        (None, None) => true,
        (Some(wanted), Some(letter)) if wanted == letter => glob(pattern_letters.as_str(), letters.as_str()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn the_last_segment_counts() {
        assert!(glob("**/gmail*", "https://www.googleapis.com/auth/gmail.readonly"));
        assert!(!glob("**/gmail*", "https://www.googleapis.com/auth/gmail/other"));
        assert!(glob("gmail*", "gmail.send"));
        assert!(!glob("gmail*", "hotmail"));
        assert!(glob("https://mail.google.com/", "https://mail.google.com/"));
    }
}
