//! Every shape on the wire: what is written is read as the same, and what is no such shape is refused with its place.
//! The values come from the shapes' own descriptions, so that a new member is tested from the start.

#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise; clippy does not know these functions for tests"
)]

#[path = "shared/handed_over.rs"]
mod handed_over;

use grantwise::catalogue::schema::schema;
use grantwise::catalogue::shapes::{WireShape, of_the_explorer, of_the_package, of_the_simulation};
use grantwise::input::describe::{Description, Member, Object, Presence, Union, Variant};
use grantwise::input::{MisuseCode, Text, Value};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use handed_over::handed_over;
use serde_json::Value as Json;

fn shapes() -> Vec<WireShape> {
    of_the_package().into_iter().chain(of_the_simulation()).chain(of_the_explorer()).collect()
}

/// Values of a shape.
fn values(description: &Description) -> BoxedStrategy<Value> {
    match description {
        Description::Text => "[a-z \"\u{e9}\u{1f600}]{0,8}".prop_map(Value::from).boxed(),
        Description::Identifier => "[a-z \"\u{e9}\u{1f600}]{1,8}".prop_map(Value::from).boxed(),
        Description::Scopes => "([a-z]{1,3} ?){0,4}".prop_map(Value::from).boxed(),
        Description::Flag => any::<bool>().prop_map(Value::Boolean).boxed(),
        Description::Time => (0_u64..=100_000_000_000).prop_map(Value::whole).boxed(),
        Description::Duration => (0_u64..1 << 53).prop_map(Value::whole).boxed(),
        Description::Count { least } => (*least..1 << 53).prop_map(Value::whole).boxed(),
        Description::One => Just(Value::whole(1)).boxed(),
        Description::Numbers(numbers) => prop::sample::select(numbers.clone()).prop_map(Value::whole).boxed(),
        Description::List(item) => prop::collection::vec(values(item), 0..3).prop_map(Value::List).boxed(),
        Description::Words(words) => {
            let words: Vec<&str> = words.words.iter().map(|(word, _)| *word).collect();
            prop::sample::select(words).prop_map(Value::from).boxed()
        }
        Description::Object(object) => members(&[], &object.members),
        Description::Union(union) => {
            let one = |variant: &Variant| members(&variant.constants, &variant.members);
            prop::strategy::Union::new(union.variants.iter().map(one)).boxed()
        }
        Description::Dictionary => prop::collection::vec(("[a-z]{1,4}", "[a-z]{0,4}"), 0..3)
            .prop_map(|pairs| {
                Value::Members(pairs.into_iter().map(|(name, value)| (name.into(), Value::from(value))).collect())
            })
            .boxed(),
        Description::Declared(declared) => {
            Just(handed_over(&serde_json::from_str(declared.example).expect("an example is JSON"))).boxed()
        }
        Description::Composed => "[a-z ]{0,8}".prop_map(Value::from).boxed(),
        Description::Shared(_, shape) => values(shape),
        Description::Anything => Just(Value::object([("anything", Value::Boolean(true))])).boxed(),
    }
}

/// Objects: what may be absent is there, null or absent.
fn members(constants: &[(&'static str, &'static str)], members: &[Member]) -> BoxedStrategy<Value> {
    let constants: Vec<(Text, Value)> =
        constants.iter().map(|(name, word)| (Text::from(*name), Value::from(*word))).collect();
    let each: Vec<BoxedStrategy<Option<(Text, Value)>>> = members
        .iter()
        .map(|member| {
            let name = Text::from(member.name);
            let there = values(&member.shape).prop_map(move |value| Some((name.clone(), value)));
            match member.presence {
                Presence::Needed | Presence::Assigned => there.boxed(),
                _ => {
                    let null = Just(Some((Text::from(member.name), Value::Null)));
                    prop_oneof![6 => there, 1 => null, 1 => Just(None)].boxed()
                }
            }
        })
        .collect();
    each.prop_map(move |members| {
        Value::Members(constants.iter().cloned().chain(members.into_iter().flatten()).collect())
    })
    .boxed()
}

/// A value of a shape in which everything is there.
fn whole(description: &Description) -> Value {
    match description {
        Description::Text | Description::Identifier | Description::Scopes => "text".into(),
        Description::Flag => Value::Boolean(true),
        Description::Time | Description::Duration | Description::Count { .. } | Description::One => Value::whole(1),
        Description::Numbers(numbers) => Value::whole(numbers[0]),
        Description::List(item) => Value::List(vec![whole(item)]),
        Description::Words(words) => words.words[0].0.into(),
        Description::Object(object) => whole_object(&[], &object.members),
        Description::Union(union) => whole_object(&union.variants[0].constants, &union.variants[0].members),
        Description::Dictionary => Value::object([("name", "value".into())]),
        Description::Declared(declared) => handed_over(&serde_json::from_str(declared.example).expect("JSON")),
        Description::Composed => "text".into(),
        Description::Shared(_, shape) => whole(shape),
        Description::Anything => Value::Boolean(true),
    }
}

fn whole_object(constants: &[(&str, &str)], members: &[Member]) -> Value {
    let constants = constants.iter().map(|(name, word)| (Text::from(*name), Value::from(*word)));
    let members = members.iter().map(|member| (Text::from(member.name), whole(&member.shape)));
    Value::Members(constants.chain(members).collect())
}

/// Every object in a shape, with the place where it stands and a way to put another one there.
fn places(description: &Description) -> Vec<Place> {
    let mut found = Vec::new();
    match description {
        Description::Object(Object { members, .. }) => {
            found.push(Place::here(&[], members));
            for member in members {
                found.extend(places(&member.shape).into_iter().map(|place| place.under(member.name, &[], members)));
            }
        }
        Description::Union(Union { variants, .. }) => {
            for Variant { constants, members, .. } in variants {
                found.push(Place::here(constants, members));
                for member in members {
                    let inner = places(&member.shape).into_iter();
                    found.extend(inner.map(|place| place.under(member.name, constants, members)));
                }
            }
        }
        Description::List(item) => {
            for place in places(item) {
                let path = if place.path.is_empty() { "[0]".to_owned() } else { format!("[0].{}", place.path) };
                let put = place.put;
                found.push(Place {
                    path,
                    members: place.members,
                    put: Box::new(move |change| Value::List(vec![put(change)])),
                });
            }
        }
        _ => {}
    }
    found
}

/// The whole value, with the object at a place changed.
type Put = Box<dyn Fn(&dyn Fn(&mut Value)) -> Value>;

struct Place {
    path: String,
    members: Vec<Member>,
    put: Put,
}

impl Place {
    fn here(constants: &[(&'static str, &'static str)], members: &[Member]) -> Self {
        let (constants, known) = (constants.to_vec(), members.to_vec());
        let put = move |change: &dyn Fn(&mut Value)| {
            let mut object = whole_object(&constants, &known);
            change(&mut object);
            object
        };
        Self { path: String::new(), members: members.to_vec(), put: Box::new(put) }
    }

    fn under(self, name: &'static str, constants: &[(&'static str, &'static str)], members: &[Member]) -> Self {
        let (constants, known) = (constants.to_vec(), members.to_vec());
        let path = match self.path.as_str() {
            "" => name.to_owned(),
            inner if inner.starts_with('[') => format!("{name}{inner}"),
            inner => format!("{name}.{inner}"),
        };
        let inner = self.put;
        let put = move |change: &dyn Fn(&mut Value)| {
            let mut object = whole_object(&constants, &known);
            object.set(name, inner(change));
            object
        };
        Self { path, members: self.members, put: Box::new(put) }
    }

    fn at(&self, name: &str) -> String {
        if self.path.is_empty() { format!("shape.{name}") } else { format!("shape.{}.{name}", self.path) }
    }
}

fn remove(object: &mut Value, name: &str) {
    if let Value::Members(members) = object {
        members.retain(|(known, _)| known != name);
    }
}

#[test]
fn what_is_written_is_read_as_the_same() {
    let config = Config { failure_persistence: None, ..Config::with_cases(60) };
    for shape in shapes() {
        let mut runner = TestRunner::new(config.clone());
        runner
            .run(&values(&shape.description), |value| {
                let there = (shape.round_trip)(&value).map_err(|misuse| TestCaseError::fail(format!("{misuse}")))?;
                prop_assert!(there.same, "{:?}", there.written);
                let again =
                    (shape.round_trip)(&there.written).map_err(|misuse| TestCaseError::fail(format!("{misuse}")))?;
                prop_assert_eq!(again.written, there.written);
                Ok(())
            })
            .unwrap_or_else(|failure| panic!("{failure}"));
    }
}

/// A value with every member is read, in every variant, and an unknown key is refused wherever an object stands.
#[test]
fn an_unknown_key_is_refused_with_its_place() {
    let mut count = 0;
    for shape in shapes() {
        for place in places(&shape.description) {
            (shape.round_trip)(&(place.put)(&|_| ())).unwrap_or_else(|misuse| panic!("{misuse}"));
            let misuse = (shape.round_trip)(&(place.put)(&|object| object.set("mistyped", Value::Null)))
                .expect_err("an unknown key is refused");
            assert_eq!(misuse.code(), MisuseCode::UnknownKey);
            assert_eq!(misuse.path(), place.at("mistyped"));
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn a_wrong_type_is_refused_with_its_place() {
    let mut count = 0;
    for shape in shapes() {
        for place in places(&shape.description) {
            for member in &place.members {
                let wrong = match &member.shape {
                    Description::Anything => continue,
                    Description::Flag => Value::from("true"),
                    // A request may be a text or an object, and a client is any object.
                    _ => Value::Boolean(true),
                };
                let misuse = (shape.round_trip)(&(place.put)(&|object| object.set(member.name, wrong.clone())))
                    .expect_err("a wrong type is refused");
                assert_eq!(misuse.code(), MisuseCode::WrongType, "{misuse}");
                assert_eq!(misuse.path(), place.at(member.name));
                count += 1;
            }
        }
    }
    assert!(count > 500, "{count}");
}

#[test]
fn what_is_needed_is_named_when_it_is_missing_and_the_rest_may_be_absent_or_null() {
    for shape in shapes() {
        for place in places(&shape.description) {
            for member in &place.members {
                let needed = matches!(member.presence, Presence::Needed | Presence::Assigned);
                let absent = (place.put)(&|object| remove(object, member.name));
                let null = (place.put)(&|object| object.set(member.name, Value::Null));
                for value in [absent, null] {
                    match (shape.round_trip)(&value) {
                        Ok(_) => assert!(!needed || member.shape == Description::Anything, "{}", place.at(member.name)),
                        Err(misuse) => {
                            assert!(needed, "{misuse}");
                            assert_eq!(misuse.code(), MisuseCode::MissingKey, "{misuse}");
                            assert_eq!(misuse.path(), place.at(member.name));
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_word_that_is_none_is_refused_with_its_place() {
    for shape in shapes() {
        for place in places(&shape.description) {
            for member in &place.members {
                if matches!(member.shape, Description::Words(_)) {
                    let misuse = (shape.round_trip)(&(place.put)(&|object| object.set(member.name, "nonsense".into())))
                        .expect_err("a word that is none is refused");
                    assert_eq!(misuse.code(), MisuseCode::WrongValue, "{misuse}");
                    assert_eq!(misuse.path(), place.at(member.name));
                }
            }
        }
    }
}

/// Every shape says what it is, in sentences.
#[test]
fn every_shape_every_member_and_every_word_is_described() {
    let sentence = |text: &str, what: &str| {
        assert!(text.len() > 2 && text.ends_with(['.', '`']), "{what}: {text}");
    };
    for part in shapes().iter().flat_map(|shape| shape.description.parts()) {
        match part {
            Description::Object(object) => {
                sentence(&object.documentation, object.name);
                object.members.iter().for_each(|member| sentence(&member.documentation, member.name));
            }
            Description::Union(union) => {
                sentence(&union.documentation, union.name);
                for variant in union.variants {
                    sentence(&variant.documentation, union.name);
                    variant.members.iter().for_each(|member| sentence(&member.documentation, member.name));
                }
            }
            Description::Words(words) => words.words.iter().for_each(|(word, meaning)| sentence(meaning, word)),
            _ => {}
        }
    }
}

/// The published schema is the one that the shapes make. `cargo xtask tables` writes it.
#[test]
fn the_published_schema_is_that_of_the_shapes() -> Result<(), serde_json::Error> {
    let published: Json = serde_json::from_str(include_str!("../pkg-template/schema/records.json"))?;
    let made = serde_json::to_value(schema())?;
    for (name, definition) in made["$defs"].as_object().into_iter().flatten() {
        assert_eq!(&published["$defs"][name], definition, "{name}: `cargo xtask tables` writes it anew");
    }
    assert!(published == made, "`cargo xtask tables` writes the schema anew");
    Ok(())
}
