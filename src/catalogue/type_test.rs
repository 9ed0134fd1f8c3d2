//! A test in TypeScript that compares the declarations, which are written by hand, with the shapes: every member, whether
//! it may be absent or null, and every word of every union, in both directions. It is compiled and never run.

use super::shapes::{self, WireShape};
use crate::input::describe::{Description, Member, Object, Presence, Union, Variant};

/// The comparison, and the proof that it sees a difference.
const COMPARISON: &str = r#"// Generated from the shapes; see src/catalogue/type_test.rs. Compiled, never run.
import type * as Package from "grantwise";
import type * as Simulation from "grantwise/simulation";
import type * as Explorer from "grantwise/explore";

type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends (<T>() => T extends Other ? 1 : 2) ? true : false;

/** A list that may be changed and one that may not are one shape. */
type List<T> = T extends readonly (infer Item)[] ? readonly Item[] : T;

/** All members of an object, or those that the objects of a union have in common. */
type Members<T> = { -readonly [Name in keyof Pick<T, keyof T>]: List<Pick<T, keyof T>[Name]> };

/** The names of the members in which two objects differ. */
type Differences<One, Other> = {
  [Name in keyof One | keyof Other]: Name extends keyof One & keyof Other
    ? Same<Members<Pick<One, Name>>, Members<Pick<Other, Name>>> extends true ? never : Name
    : Name;
}[keyof One | keyof Other];

/** The object of a union that has these constants. */
type Variant<T, Constants> = T extends unknown
  ? Constants extends Pick<T, keyof T & keyof Constants>
    ? { [Name in keyof T]: Name extends keyof Constants ? Constants[Name] : T[Name] }
    : never
  : never;

declare function same<_Differences extends never>(): void;

// What must not go unnoticed.
same<Differences<{ a: string; b?: 1 | 2 | null }, { a: string; b?: null | 2 | 1 }>>();
// @ts-expect-error a member is missing on one side
same<Differences<{ a: string }, { a: string; b?: string }>>();
// @ts-expect-error a member is missing on the other side
same<Differences<{ a: string; b?: string }, { a: string }>>();
// @ts-expect-error a word is missing on one side
same<Differences<{ a: "x" }, { a: "x" | "y" }>>();
// @ts-expect-error a word is missing on the other side
same<Differences<{ a: ("x" | "y")[] }, { a: readonly "x"[] }>>();
// @ts-expect-error a member may be absent
same<Differences<{ a?: string }, { a: string }>>();
// @ts-expect-error a member may be null
same<Differences<{ a: string | null }, { a: string }>>();
// @ts-expect-error a variant lacks a member
same<Differences<Members<Variant<{ k: "x"; a: 1 } | { k: "y" }, { k: "y" }>>, { k: "y"; a: 1 }>>();
"#;

/// The test, as the text of a file.
#[must_use]
pub fn type_test() -> String {
    let package = shapes::named(&shapes::of_the_package());
    let known: Vec<&str> = package.iter().filter_map(name).collect();
    let beside = |shapes: &[WireShape]| -> Vec<Description> {
        let mut own = shapes::named(shapes);
        own.retain(|shape| name(shape).is_some_and(|name| !known.contains(&name)));
        own
    };
    let (simulation, explorer) = (beside(&shapes::of_the_simulation()), beside(&shapes::of_the_explorer()));
    let declarations = Declarations {
        of_simulation: simulation.iter().filter_map(name).collect(),
        of_explorer: explorer.iter().filter_map(name).collect(),
    };
    let compared = package.iter().chain(&simulation).chain(&explorer).map(|shape| declarations.compared(shape));
    [COMPARISON.to_owned()].into_iter().chain(compared).collect()
}

const fn name(shape: &Description) -> Option<&'static str> {
    match shape {
        Description::Object(object) => Some(object.name),
        Description::Union(union) => Some(union.name),
        _ => None,
    }
}

/// Where the package declares what.
struct Declarations {
    of_simulation: Vec<&'static str>,
    of_explorer: Vec<&'static str>,
}

impl Declarations {
    fn of(&self, name: &str) -> String {
        let module = match name {
            _ if self.of_simulation.contains(&name) => "Simulation",
            _ if self.of_explorer.contains(&name) => "Explorer",
            _ => "Package",
        };
        format!("{module}.{name}")
    }

    fn compared(&self, shape: &Description) -> String {
        match shape {
            Description::Object(shape) => self.object(shape),
            Description::Union(shape) => self.union(shape),
            _ => String::new(),
        }
    }

    fn object(&self, shape: &Object) -> String {
        let declared = self.of(shape.name);
        let members: Vec<String> = shape.members.iter().map(|member| self.member(&declared, member)).collect();
        comparison(&format!("Members<{declared}>"), &members)
    }

    fn union(&self, shape: &Union) -> String {
        let declared = self.of(shape.name);
        let tags = shape.variants.iter().flat_map(|variant| variant.constants.first());
        let mut words: Vec<String> = tags.map(|(_, word)| quoted(word)).collect();
        words.sort_unstable();
        words.dedup();
        let tag = format!("{}: {};", shape.tag, words.join(" | "));
        let first = comparison(&format!("Pick<{declared}, {}>", quoted(shape.tag)), &[tag]);
        let mut telling: Vec<&str> =
            shape.variants.iter().flat_map(|variant| variant.constants.iter().map(|(name, _)| *name)).collect();
        telling.dedup();
        let variants = shape.variants.iter().map(|variant| self.variant(&declared, variant, &telling));
        [first].into_iter().chain(variants).collect()
    }

    fn variant(&self, declared: &str, variant: &Variant, telling: &[&str]) -> String {
        let constants = variant.constants.iter().map(|(name, word)| (*name, quoted(word)));
        let members = variant.members.iter().map(|member| (member.name, self.type_of(&member.shape)));
        let tells: Vec<String> = constants
            .clone()
            .chain(members)
            .filter(|(name, _)| telling.contains(name))
            .map(|(name, holds)| format!("{name}: {holds};"))
            .collect();
        let all: Vec<String> = constants
            .map(|(name, word)| format!("{name}: {word};"))
            .chain(variant.members.iter().map(|member| self.member(declared, member)))
            .collect();
        comparison(&format!("Members<Variant<{declared}, {{ {} }}>>", tells.join(" ")), &all)
    }

    fn member(&self, declared: &str, member: &Member) -> String {
        let holds = match &member.shape {
            // Declared by hand, and handed on as it is.
            Description::Anything => format!("NonNullable<{declared}[{}]>", quoted(member.name)),
            Description::List(item) if **item == Description::Anything => {
                format!("{declared}[{}]", quoted(member.name))
            }
            shape => self.type_of(shape),
        };
        let (mark, null) = match member.presence {
            Presence::Needed | Presence::Assigned => ("", ""),
            Presence::Nullable => ("", " | null"),
            Presence::OptionalOrNull => ("?", " | null"),
            Presence::Optional | Presence::Defaulted | Presence::Silent => ("?", ""),
        };
        format!("{}{mark}: {holds}{null};", member.name)
    }

    fn type_of(&self, description: &Description) -> String {
        let union = |words: Vec<String>| words.join(" | ");
        match description {
            Description::Text | Description::Composed | Description::Identifier | Description::Scopes => {
                "string".to_owned()
            }
            Description::Flag => "boolean".to_owned(),
            Description::Time | Description::Duration | Description::Count { .. } => "number".to_owned(),
            Description::One => "1".to_owned(),
            Description::Numbers(numbers) => union(numbers.iter().map(ToString::to_string).collect()),
            Description::List(item) => format!("readonly ({})[]", self.type_of(item)),
            Description::Words(words) => union(words.words.iter().map(|(word, _)| quoted(word)).collect()),
            Description::Object(object) => self.of(object.name),
            Description::Union(union) => self.of(union.name),
            Description::Dictionary => "Record<string, string>".to_owned(),
            Description::Declared(declared) => self.of(declared.name),
            Description::Anything => "unknown".to_owned(),
            Description::Shared(_, shape) => self.type_of(shape),
        }
    }
}

fn comparison(declared: &str, members: &[String]) -> String {
    format!("\nsame<Differences<{declared}, {{\n  {}\n}}>>();\n", members.join("\n  "))
}

fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}
