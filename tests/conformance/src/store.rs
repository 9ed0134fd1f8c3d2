//! Stored records, and the execution of effects on them: what a server's database does.

use crate::vector::Fields;
use serde_json::{Map, Value};

const FILTER: [&str; 11] = [
    "id",
    "sub",
    "client_id",
    "sid",
    "family",
    "grant_id",
    "binding",
    "application_type",
    "client_type",
    "auth",
    "basis",
];

/// A record of some kind: `grant`, `session`, `code`, `access_token` or `refresh_token`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stored {
    pub(crate) kind: String,
    pub(crate) record: Map<String, Value>,
    /// An effect put it there.
    pub(crate) issued: bool,
}

/// Records in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Store(pub(crate) Vec<Stored>);

impl Store {
    pub(crate) fn add(&mut self, kind: &str, record: &Value) {
        let record = record.as_object().cloned().unwrap_or_default();
        self.0.push(Stored { kind: kind.to_owned(), record, issued: false });
    }

    pub(crate) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Stored> {
        self.0.iter().filter(move |stored| stored.kind == kind)
    }

    /// Executes a decision's effects in one transaction, and then once more, which must change nothing.
    pub(crate) fn execute(&mut self, effects: &[Value]) -> Result<(), String> {
        let mut after = self.clone();
        for (number, effect) in effects.iter().enumerate() {
            after.apply(effect).map_err(|problem| format!("effects[{number}]: {problem}"))?;
        }
        after.again(effects)?;
        *self = after;
        Ok(())
    }

    /// What consumes must match nothing any more, which rolls the second execution back. Without it, every effect that
    /// does not store a token runs again.
    fn again(&self, effects: &[Value]) -> Result<(), String> {
        let consuming = |effect: &&Value| effect.get("effect").is_some_and(|name| name == "consume");
        if let Some(effect) = effects.iter().find(consuming) {
            return match self.clone().apply(effect) {
                Ok(()) => Err(format!("executed again, it consumes a second time: {effect}")),
                Err(_) => Ok(()),
            };
        }
        let mut twice = self.clone();
        let stores_token = |effect: &Value| {
            effect.get("effect").is_some_and(|name| name == "store")
                && effect.get("kind").is_none_or(|kind| kind != "grant")
        };
        for effect in effects.iter().filter(|effect| !stores_token(effect)) {
            twice.apply(effect)?;
            if twice != *self {
                return Err(format!("executed again, it changes something: {effect}"));
            }
        }
        Ok(())
    }

    fn apply(&mut self, effect: &Value) -> Result<(), String> {
        let mut effect = Fields::of("effect", effect.clone())?;
        let name = effect.text("effect")?.ok_or("no `effect`")?;
        let kind = effect.text("kind")?.ok_or("no `kind`")?;
        effect.text("rule")?.filter(|rule| !rule.is_empty()).ok_or("no `rule`")?;
        let kinds: &[&str] = match name.as_str() {
            "store" => &["grant", "code", "access_token", "refresh_token"],
            "consume" => &["code", "refresh_token"],
            "update" => &["grant", "refresh_token"],
            "supersede" => &["refresh_token"],
            "end" => &["access_token", "refresh_token", "code", "session"],
            "remove" => &["grant"],
            other => return Err(format!("unknown effect `{other}`")),
        };
        if !kinds.contains(&kind.as_str()) {
            return Err(format!("`{name}` of a {kind}"));
        }
        if name == "store" {
            let mut record = effect.required_fields("record")?.into_members();
            let links =
                if matches!(kind.as_str(), "code" | "access_token") { effect.members("links")? } else { Map::new() };
            effect.finish()?;
            for (name, linked) in links {
                // Records of a vector have no ids of their own, so a link is kept as what it links to.
                let known =
                    matches!((name.as_str(), linked.as_str()), ("family", Some("code")) | ("grant_id", Some("grant")));
                if !known || !self.0.iter().any(|stored| stored.issued && Some(stored.kind.as_str()) == linked.as_str())
                {
                    return Err(format!("`links.{name}` links to no record of this decision: {linked}"));
                }
                record.insert(name, linked);
            }
            self.put(&kind, record);
            return Ok(());
        }
        let filter = effect.required_fields("where")?.into_members();
        let set = if name == "remove" { Map::new() } else { effect.required_fields("set")?.into_members() };
        let keep_newest = if name == "end" && kind != "session" { effect.integer("keep_newest")? } else { None };
        let spare = if name == "supersede" { effect.text("spare")?.ok_or("no `spare`")? } else { String::new() };
        effect.finish()?;
        check_set(&name, &kind, &set)?;
        if filter.is_empty() {
            return Err("a filter that matches everything".to_owned());
        }

        let mut matched = Vec::new();
        for (index, stored) in self.0.iter().enumerate() {
            // What is ended must be alive; a filter that names a status says itself what it wants.
            let alive = name != "end" || filter.contains_key("status") || status(&stored.record) == Some("active");
            // What this decision stored has no id yet.
            let spared = name == "supersede"
                && (stored.issued || stored.record.get("id").and_then(Value::as_str) == Some(&spare));
            if stored.kind == kind && alive && !spared && matches(&stored.record, &filter)? {
                matched.push(index);
            }
        }
        match name.as_str() {
            "consume" if matched.len() != 1 => {
                return Err(format!("consumes {} records instead of one", matched.len()));
            }
            "remove" => {
                let mut index = 0_usize..;
                self.0.retain(|_| index.next().is_none_or(|index| !matched.contains(&index)));
                return Ok(());
            }
            _ => {}
        }
        if let Some(keep) = keep_newest {
            matched.sort_by_key(|index| self.0.get(*index).and_then(|stored| stored.record.get("issued_at")?.as_u64()));
            let ended = matched.len().saturating_sub(usize::try_from(keep).unwrap_or(usize::MAX));
            matched.truncate(ended);
        }
        for index in matched {
            if let Some(stored) = self.0.get_mut(index) {
                stored.record.extend(set.clone());
            }
        }
        Ok(())
    }

    /// A grant replaces the one of the same client, user, session and id. One that is of no session replaces one that a
    /// vector has, whatever its session.
    fn put(&mut self, kind: &str, record: Map<String, Value>) {
        if kind == "grant" {
            let same = |stored: &Stored| {
                let equal = |key: &str| stored.record.get(key) == record.get(key);
                ["client_id", "sub", "grant_id"].into_iter().all(equal) && (!record.contains_key("sid") || equal("sid"))
            };
            if let Some(old) = self.0.iter_mut().find(|stored| stored.kind == "grant" && same(stored)) {
                old.record = record;
                return;
            }
        }
        self.0.push(Stored { kind: kind.to_owned(), record, issued: true });
    }
}

fn status(record: &Map<String, Value>) -> Option<&str> {
    record.get("status").and_then(Value::as_str)
}

fn check_set(name: &str, kind: &str, set: &Map<String, Value>) -> Result<(), String> {
    let known: &[&str] = match (name, kind) {
        ("consume", "code") => &["used"],
        ("consume", _) | ("supersede", _) => &["superseded"],
        ("end", "session") => &["ended"],
        ("end", _) => &["revoked", "expired"],
        _ => return Ok(()),
    };
    if !status(set).is_some_and(|status| known.contains(&status)) {
        return Err(format!("`{name}` of a {kind} sets {}", Value::Object(set.clone())));
    }
    let dated = |key: &str| key == "superseded_at" && matches!(name, "consume" | "supersede");
    match set.keys().find(|key| *key != "status" && !dated(key)) {
        Some(key) => Err(format!("`{name}` sets `{key}`")),
        None => Ok(()),
    }
}

/// Every member that is present must be equal.
fn matches(record: &Map<String, Value>, filter: &Map<String, Value>) -> Result<bool, String> {
    let mut all = true;
    for (key, wanted) in filter {
        all &= match key.as_str() {
            "any_scope_matches" => {
                let patterns = crate::vector::texts(wanted).ok_or("`any_scope_matches` is not a list of texts")?;
                let scopes = record.get("scope").and_then(Value::as_str).unwrap_or_default();
                scopes.split(' ').any(|scope| patterns.iter().any(|pattern| glob(pattern.as_bytes(), scope.as_bytes())))
            }
            "status" if wanted == "active" || wanted == "superseded" => record.get(key) == Some(wanted),
            known if FILTER.contains(&known) && wanted.is_string() => record.get(key) == Some(wanted),
            _ => return Err(format!("no filter: `{key}` = {wanted}")),
        };
    }
    Ok(all)
}

/// `*` stands for any characters but `/`, `**` for any characters.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match pattern {
        [] => text.is_empty(),
        [b'*', b'*', rest @ ..] => (0..=text.len()).any(|at| text.get(at..).is_some_and(|text| glob(rest, text))),
        [b'*', rest @ ..] => {
            let longest = text.iter().position(|byte| *byte == b'/').unwrap_or(text.len());
            (0..=longest).any(|at| text.get(at..).is_some_and(|text| glob(rest, text)))
        }
        [first, rest @ ..] => text.split_first().is_some_and(|(byte, text)| byte == first && glob(rest, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Store, glob};
    use serde_json::{Value, json};

    fn token(id: &str, sub: &str, issued_at: u64) -> Value {
        json!({ "id": id, "sub": sub, "status": "active", "issued_at": issued_at, "scope": "a https://x.example/mail" })
    }

    fn store() -> Store {
        let mut store = Store::default();
        for (id, sub, issued_at) in [("RT2", "alice", 2), ("RT1", "alice", 1), ("RT3", "bob", 3)] {
            store.add("refresh_token", &token(id, sub, issued_at));
        }
        store.add("code", &json!({ "id": "CODE1", "status": "active" }));
        store.add("grant", &json!({ "client_id": "c1", "sub": "alice", "scope": "a" }));
        store.add("session", &json!({ "sid": "s1", "sub": "alice", "status": "active" }));
        store
    }

    fn states(store: &Store) -> Vec<String> {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or("-").to_owned();
        store.0.iter().map(|one| format!("{} {}", text(one.record.get("id")), text(one.record.get("status")))).collect()
    }

    fn end(kind: &str, filter: Value, status: &str) -> Value {
        json!({ "effect": "end", "kind": kind, "where": filter, "set": { "status": status }, "rule": "r" })
    }

    #[test]
    fn effects_change_what_they_match_and_nothing_else() {
        let mut store = store();
        store
            .execute(&[
                end("refresh_token", json!({ "sub": "alice" }), "revoked"),
                // The first ending was the one that counted.
                end("refresh_token", json!({ "sub": "alice" }), "expired"),
                json!({ "effect": "remove", "kind": "grant", "where": { "sub": "alice" }, "rule": "r" }),
                end("session", json!({ "sid": "s1" }), "ended"),
            ])
            .unwrap();
        assert_eq!(states(&store), ["RT2 revoked", "RT1 revoked", "RT3 active", "CODE1 active", "- ended"]);
    }

    #[test]
    fn the_newest_are_kept() {
        let mut store = store();
        let mut effect = end("refresh_token", json!({ "sub": "alice" }), "revoked");
        effect["keep_newest"] = json!(1);
        store.execute(&[effect]).unwrap();
        assert_eq!(states(&store)[..3], ["RT2 active", "RT1 revoked", "RT3 active"]);
    }

    #[test]
    fn scopes_match_by_pattern() {
        for (pattern, text, expected) in [
            ("mail", "mail", true),
            ("mail", "mailbox", false),
            ("*/mail*", "x/mailbox", true),
            ("*/mail*", "x/y/mailbox", false),
            ("**/mail*", "x/y/mailbox", true),
            ("**/mail*", "x/y/mailbox/z", false),
            ("**", "", true),
        ] {
            assert_eq!(glob(pattern.as_bytes(), text.as_bytes()), expected, "{pattern} {text}");
        }
        let mut store = store();
        let filter = json!({ "sub": "bob", "any_scope_matches": ["b", "https://**/mail"] });
        store.execute(&[end("refresh_token", filter, "revoked")]).unwrap();
        assert_eq!(states(&store)[2], "RT3 revoked");
    }

    #[test]
    fn consuming_matches_exactly_one_record_once() {
        let consume = |filter: Value| json!({ "effect": "consume", "kind": "code", "where": filter, "set": { "status": "used" }, "rule": "r" });
        let mut store = store();
        let twice = store.execute(&[consume(json!({ "id": "CODE1" }))]).unwrap_err();
        assert!(twice.contains("a second time"), "{twice}");
        let once = consume(json!({ "id": "CODE1", "status": "active" }));
        store.execute(std::slice::from_ref(&once)).unwrap();
        assert_eq!(states(&store)[3], "CODE1 used");
        let before = store.clone();
        assert!(store.execute(&[end("refresh_token", json!({ "sub": "bob" }), "revoked"), once]).is_err());
        assert_eq!(store, before, "rolled back");
    }

    #[test]
    fn an_effect_that_is_not_harmless_twice_is_refused() {
        let mut store = store();
        let update = |record: &str, set: Value| json!({ "effect": "update", "kind": "grant", "where": { "sub": record }, "set": set, "rule": "r" });
        let back_and_forth = [update("alice", json!({ "sub": "bob" })), update("bob", json!({ "sub": "carol" }))];
        store.execute(&back_and_forth).unwrap();
        let swap = [update("carol", json!({ "sub": "dave" })), update("dave", json!({ "sub": "carol" }))];
        assert!(store.execute(&swap).unwrap_err().contains("changes something"));
    }

    #[test]
    fn an_effect_that_is_none_is_refused() {
        let right = end("refresh_token", json!({ "sub": "alice" }), "revoked");
        for (key, value) in [
            ("effect", json!("delete")),
            ("kind", json!("grant")),
            ("kind", Value::Null),
            ("rule", Value::Null),
            ("set", json!({ "status": "used" })),
            ("set", json!({ "status": "revoked", "sub": "bob" })),
            ("where", json!({})),
            ("where", json!({ "speling": "x" })),
            ("where", json!({ "sub": null })),
            ("where", json!({ "status": "revoked" })),
            ("keep_newest", json!("1")),
            ("speling", json!(1)),
        ] {
            let mut wrong = right.clone();
            wrong[key] = value.clone();
            assert!(store().execute(&[wrong]).is_err(), "{key} = {value}");
        }
        store().execute(&[right]).unwrap();
    }

    #[test]
    fn a_grant_replaces_its_predecessor() {
        let mut store = store();
        let put = |record: Value| json!({ "effect": "store", "kind": "grant", "record": record, "rule": "r" });
        store.execute(&[put(json!({ "client_id": "c1", "sub": "alice", "scope": "a b" }))]).unwrap();
        assert_eq!(store.of_kind("grant").count(), 1);
        store.execute(&[put(json!({ "client_id": "c1", "sub": "alice", "scope": "a", "grant_id": "G1" }))]).unwrap();
        assert_eq!(store.of_kind("grant").count(), 2);
    }
}
