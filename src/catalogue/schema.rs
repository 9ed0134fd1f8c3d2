//! The JSON Schema of what a server stores, made from the shapes.
//!
//! It says what the readers say, save for what no schema can say. Two things are narrower than a reader: a filter or a
//! change has no null, for it is written by the engine only, and each has a member.

use super::examples;
use crate::answer::{AccessToken, Lifetime, RefreshToken};
use crate::decide::life::Binding;
use crate::effects::{Effect, Filter};
use crate::input::describe::{Description, Member, Object, Presence, Union, Variant};
use crate::input::{Shape, Value, Written};
use crate::oauth::session::Session;
use crate::records::{CodeRecord, Grant, TokenRecord};

/// The largest number that is exact in JavaScript.
const LARGEST: u64 = 9_007_199_254_740_991;

/// The schema.
#[must_use]
pub fn schema() -> Value {
    Value::object([
        ("$schema", "https://json-schema.org/draft/2020-12/schema".into()),
        ("$id", "urn:grantwise:records:1".into()),
        ("title", "Records of Grantwise, version 1".into()),
        (
            "description",
            "What a server stores between two decisions, and the effects that change it. The root describes any stored \
             record; each kind has a definition of its own, for example urn:grantwise:records:1#/$defs/code. A member \
             that may be null may also be absent. What no schema can say, the engine checks: a record was not issued \
             later than now, and does not end before it was issued."
                .into(),
        ),
        ("oneOf", Value::List(vec![reference("grant"), reference("code"), reference("token")])),
        ("$defs", definitions()),
    ])
}

fn definitions() -> Value {
    let mut definitions = Written::default();
    let mut define = |name: &'static str, title: &str, description: &str, schema: Value, examples: Vec<Value>| {
        let mut definition = Written::default();
        definition.put("title", title.into());
        definition.put("description", description.into());
        let mut definition = merged(definition.object(), schema);
        if !examples.is_empty() {
            definition.set("examples", Value::List(examples));
        }
        definitions.put(name, definition);
    };
    define(
        "time",
        "Time",
        "Seconds since 1970-01-01T00:00:00Z, the NumericDate of RFC 7519 without fractions.",
        whole(0),
        vec![Value::whole(1_700_000_000)],
    );
    define("duration", "Duration", "Whole seconds.", whole(0), vec![Value::whole(3600)]);
    let mut shaped = |name: &'static str, title: &str, description: Description, examples: Vec<Value>| {
        let (says, schema) = body(&description);
        define(name, title, &says, schema, examples);
    };
    shaped("binding", "Binding", Binding::describe(), Vec::new());
    shaped("grant", "Grant", Grant::describe(), examples::grants());
    shaped("session", "Session", Session::describe(), examples::sessions());
    shaped("planned_access_token", "Access token to issue", AccessToken::describe(), Vec::new());
    shaped("planned_refresh_token", "Refresh token to issue", RefreshToken::describe(), Vec::new());
    shaped("lifetime", "Lifetime", Lifetime::describe(), examples::lifetimes());
    shaped("filter", "Filter", Filter::describe(), examples::filters());
    shaped("effect", "Effect", Effect::describe(), examples::effects());
    define(
        "new_code",
        "Authorization code as it is written",
        "An authorization code before the server gave it its id.",
        body(&CodeRecord::describe()).1,
        Vec::new(),
    );
    define(
        "code",
        "Authorization code",
        "An authorization code as it is stored: everything that the token endpoint needs to know.",
        stored("new_code"),
        examples::codes(),
    );
    define(
        "new_token",
        "Token as it is written",
        "An access token or a refresh token before the server gave it its id.",
        merged(body(&TokenRecord::describe()).1, a_refresh_token_has_a_user()),
        Vec::new(),
    );
    define(
        "token",
        "Token",
        "An access token or a refresh token as it is stored.",
        stored("new_token"),
        examples::refresh_tokens(),
    );
    for (name, title, description, examples) in [
        ("access_token", "Access token", "A stored access token.", examples::access_tokens()),
        ("refresh_token", "Refresh token", "A stored refresh token.", examples::refresh_tokens()),
    ] {
        define(name, title, description, merged(reference("token"), only_kind(name)), examples);
    }
    define(
        "effects",
        "Effects",
        "The effects of one decision, in their order.",
        Value::object([("type", "array".into()), ("items", reference("effect"))]),
        Vec::new(),
    );
    define(
        "rule",
        "Rule",
        "The id of the rule that asked for it; its statement and sources stand in the decision's trace.",
        Value::object([("type", "string".into()), ("minLength", Value::whole(1))]),
        vec!["code.redeemed".into()],
    );
    definitions.object()
}

/// What the definition of a shape says, and the definition.
fn body(description: &Description) -> (String, Value) {
    match description {
        Description::Object(shape) => (shape.documentation.clone(), object(shape)),
        Description::Union(shape) => (shape.documentation.clone(), union(shape)),
        Description::Words(words) => {
            let meanings: Vec<String> =
                words.words.iter().map(|(word, meaning)| format!("`{word}`: {meaning}")).collect();
            let list = words.words.iter().map(|(word, _)| Value::from(*word)).collect();
            let says = format!("{} {}", words.documentation, meanings.join(" "));
            (says, Value::object([("enum", Value::List(list))]))
        }
        other => (String::new(), schema_of(other)),
    }
}

fn object(shape: &Object) -> Value {
    let written_only = matches!(shape.name, "Filter" | "Updated" | "Consumed" | "Ended" | "SessionEnded");
    let mut schema = members(&[], &shape.members, !written_only);
    if matches!(shape.name, "Filter" | "Updated") {
        schema.set("minProperties", Value::whole(1));
    }
    schema
}

fn union(shape: &Union) -> Value {
    Value::object([("oneOf", Value::List(shape.variants.iter().map(variant).collect()))])
}

fn variant(variant: &Variant) -> Value {
    let words: Vec<&str> = variant.constants.iter().map(|(_, word)| *word).collect();
    let mut schema = Value::object([
        ("title", Value::from(words.join(": "))),
        ("description", Value::from(variant.documentation.clone())),
    ]);
    let mut rest = members(&variant.constants, &variant.members, false);
    narrow(variant, &mut rest);
    schema = merged(schema, rest);
    schema
}

/// What holds between the members of an effect.
fn narrow(variant: &Variant, schema: &mut Value) {
    let constant = |name| variant.constants.iter().find(|(known, _)| *known == name).map(|(_, word)| *word);
    let more = match (constant("effect"), constant("kind")) {
        (Some("store"), Some(kind @ ("access_token" | "refresh_token"))) => ("record", only_kind(kind)),
        (Some("consume"), _) => ("where", Value::object([("required", texts(["id", "status"]))])),
        _ => return,
    };
    let Value::Members(parts) = schema else { return };
    let Some((_, properties)) = parts.iter_mut().find(|(name, _)| name == "properties") else { return };
    if let Some(member) = properties.member(more.0).cloned() {
        properties.set(more.0, merged(member, more.1));
    }
}

/// A closed object.
fn members(constants: &[(&'static str, &'static str)], members: &[Member], may_be_null: bool) -> Value {
    let mut properties = Written::default();
    let mut required: Vec<Value> = Vec::new();
    for (name, word) in constants {
        properties.put(name, Value::object([("const", (*word).into())]));
        required.push((*name).into());
    }
    for member in members {
        properties.put(member.name, property(member, may_be_null));
        if member.presence == Presence::Needed {
            required.push(member.name.into());
        }
    }
    Value::object([
        ("type", "object".into()),
        ("properties", properties.object()),
        ("required", Value::List(required)),
        ("additionalProperties", Value::Boolean(false)),
    ])
}

fn property(member: &Member, may_be_null: bool) -> Value {
    let schema = match (member.presence, may_be_null) {
        (Presence::Needed | Presence::Assigned, _) | (Presence::Optional, false) => schema_of(&member.shape),
        _ => or_null(&schema_of(&member.shape)),
    };
    merged(schema, Value::object([("description", Value::from(member.documentation.clone()))]))
}

fn or_null(schema: &Value) -> Value {
    if let Some(Value::List(words)) = schema.member("enum") {
        return Value::object([("enum", Value::List(words.iter().cloned().chain([Value::Null]).collect()))]);
    }
    if let Some(constant) = schema.member("const") {
        return Value::object([("enum", Value::List(vec![constant.clone(), Value::Null]))]);
    }
    match (schema.text_of("type"), schema) {
        (Some(kind), Value::Members(members)) if members.len() == 1 => Value::object([("type", texts([kind, "null"]))]),
        _ => Value::object([("anyOf", Value::List(vec![schema.clone(), Value::object([("type", "null".into())])]))]),
    }
}

fn schema_of(description: &Description) -> Value {
    let of_type = |kind: &str| Value::object([("type", kind.into())]);
    match description {
        Description::Text | Description::Composed | Description::Scopes => of_type("string"),
        Description::Flag => of_type("boolean"),
        Description::Time => reference("time"),
        Description::Duration => reference("duration"),
        Description::Count { least } => whole(*least),
        Description::One => Value::object([("const", Value::whole(1))]),
        Description::Numbers(numbers) => {
            Value::object([("enum", Value::List(numbers.iter().map(|number| Value::whole(*number)).collect()))])
        }
        Description::List(item) => {
            Value::object([("type", "array".into()), ("items", schema_of(item)), ("minItems", Value::whole(1))])
        }
        Description::Words(words) if words.name == "Binding" => reference("binding"),
        Description::Words(_) => body(description).1,
        Description::Dictionary => {
            Value::object([("type", "object".into()), ("additionalProperties", of_type("string"))])
        }
        Description::Declared(_) => reference("rule"),
        Description::Anything => Value::object([]),
        Description::Shared(_, shape) => schema_of(shape),
        Description::Object(shape) => match shape.name {
            "Filter" => reference("filter"),
            "AccessToken" => reference("planned_access_token"),
            "RefreshToken" => reference("planned_refresh_token"),
            "NewCodeRecord" => without_id("new_code"),
            "NewTokenRecord" => without_id("new_token"),
            "NewGrant" => {
                let needed = shape.members.iter().filter(|member| member.presence == Presence::Needed);
                let names = needed.map(|member| Value::from(member.name)).collect();
                merged(reference("grant"), Value::object([("required", Value::List(names))]))
            }
            _ => object(shape),
        },
        Description::Union(_) => reference("lifetime"),
    }
}

fn whole(least: u64) -> Value {
    Value::object([("type", "integer".into()), ("minimum", Value::whole(least)), ("maximum", Value::whole(LARGEST))])
}

fn reference(definition: &str) -> Value {
    Value::object([("$ref", Value::from(format!("#/$defs/{definition}")))])
}

fn stored(definition: &str) -> Value {
    merged(reference(definition), Value::object([("required", texts(["id"]))]))
}

fn without_id(definition: &str) -> Value {
    let not = Value::object([("required", texts(["id"]))]);
    merged(reference(definition), Value::object([("not", not)]))
}

fn only_kind(kind: &str) -> Value {
    Value::object([("properties", Value::object([("kind", Value::object([("const", kind.into())]))]))])
}

fn a_refresh_token_has_a_user() -> Value {
    let user = Value::object([("sub", Value::object([("type", "string".into())]))]);
    Value::object([
        ("if", only_kind("refresh_token")),
        ("then", Value::object([("properties", user), ("required", texts(["sub"]))])),
    ])
}

fn texts<const N: usize>(texts: [&str; N]) -> Value {
    Value::List(texts.into_iter().map(Value::from).collect())
}

/// One object with the members of both.
fn merged(mut one: Value, other: Value) -> Value {
    if let Value::Members(members) = other {
        for (name, value) in members {
            one.set(&name, value);
        }
    }
    one
}
