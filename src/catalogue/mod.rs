//! What the package publishes beside its functions, made from the lists in the crate: the tables for people, the shapes
//! on the wire with their JSON Schema, and the ids as TypeScript types.
//!
//! It is made on the host when the package is built; the engine in WebAssembly leaves it out.

pub mod boundary;
mod examples;
pub mod schema;
pub mod shapes;
mod tables;
pub mod type_test;
pub mod typescript;

pub use tables::{Catalogue, PublishedConfigurationKey, PublishedKnob, PublishedProfile, PublishedRule, catalogue};
