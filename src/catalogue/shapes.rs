//! Every shape that crosses the boundary.

use crate::authorize::{AuthorizeInput, Decision, FormOptions, FormPost, Minted};
use crate::explore::explain::Explanation;
use crate::input::describe::Description;
use crate::input::{Misuse, Node, Shape, Value};
use crate::lifecycle::{EventDecision, EventInput, ManageGrantInput, RevokeInput, Status, StatusContext};
use crate::log::LogOptions;
use crate::policy::PolicyWarning;
use crate::records::{CodeRecord, Grant, TokenRecord};
use crate::simulate::{Moment, Person};
use crate::token::{ExchangeInput, FullTokenResponse, MintedTokens, RefreshInput, TokenDecision};

/// A shape, without its Rust type.
#[derive(Clone, Debug)]
pub struct WireShape {
    /// What it looks like.
    pub description: Description,
    /// Reads a value, writes what was read, and says whether that is read as the same.
    pub round_trip: fn(&Value) -> Result<RoundTrip, Misuse>,
}

/// What came of reading and writing.
#[derive(Clone, Debug)]
pub struct RoundTrip {
    /// What was written.
    pub written: Value,
    /// Reading it again gave the same.
    pub same: bool,
}

fn shape<T: Shape + PartialEq>() -> WireShape {
    WireShape {
        description: T::describe(),
        round_trip: |value| {
            let read = T::read(Node::root(value, "shape"))?;
            let written = read.write();
            let same = T::read(Node::root(&written, "written"))? == read;
            Ok(RoundTrip { written, same })
        },
    }
}

/// The shapes that the package's main module takes and gives.
#[must_use]
pub fn of_the_package() -> Vec<WireShape> {
    vec![
        shape::<AuthorizeInput>(),
        shape::<Decision>(),
        shape::<Minted>(),
        shape::<PolicyWarning>(),
        shape::<LogOptions>(),
        shape::<FormOptions>(),
        shape::<FormPost>(),
        shape::<ExchangeInput>(),
        shape::<RefreshInput>(),
        shape::<TokenDecision>(),
        shape::<MintedTokens>(),
        shape::<FullTokenResponse>(),
        shape::<RevokeInput>(),
        shape::<ManageGrantInput>(),
        shape::<EventInput>(),
        shape::<EventDecision>(),
        shape::<StatusContext>(),
        shape::<Status>(),
        shape::<Grant>(),
        shape::<CodeRecord>(),
        shape::<TokenRecord>(),
    ]
}

/// The shapes that its simulation takes and gives beside those.
#[must_use]
pub fn of_the_simulation() -> Vec<WireShape> {
    vec![shape::<Moment>(), shape::<Person>()]
}

/// The shapes that its explorer gives beside those.
#[must_use]
pub fn of_the_explorer() -> Vec<WireShape> {
    vec![shape::<Explanation>()]
}

/// Every object and union with a name in these shapes, each once, in the order in which they are met. Where two have
/// one name, one of them is read in part only, and the other counts.
#[must_use]
pub fn named(shapes: &[WireShape]) -> Vec<Description> {
    let mut found: Vec<Description> = Vec::new();
    for part in shapes.iter().flat_map(|shape| shape.description.parts()) {
        let Some(name) = name(&part) else { continue };
        match found.iter_mut().find(|known| self::name(known) == Some(name)) {
            Some(known) if is_partial(known) => *known = part,
            Some(_) => {}
            None => found.push(part),
        }
    }
    found
}

const fn name(description: &Description) -> Option<&'static str> {
    match description {
        Description::Object(object) => Some(object.name),
        Description::Union(union) => Some(union.name),
        _ => None,
    }
}

fn is_partial(description: &Description) -> bool {
    matches!(description, Description::Object(object) if !object.beside.is_empty())
}
