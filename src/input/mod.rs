//! What a caller hands over, read strictly: own keys only, closed key sets, and the path of what is wrong.
//!
//! The same reading serves JavaScript and native callers: the boundary turns either into a [`Value`] first.

#[macro_use]
mod list;

mod composed;
#[cfg(not(target_arch = "wasm32"))]
pub mod describe;
pub mod layout;
mod misuse;
mod order;
mod reader;
mod sentence;
mod shape;
mod text;
mod value;
pub mod wire;
mod written;

pub use composed::{Composed, lower_first};
pub use layout::LATEST;
pub use misuse::{Misuse, MisuseCode};
pub use order::places_in_order;
pub use reader::{Members, Node, Place, closed};
pub use sentence::{RULE_SENTENCES, Sentence};
pub use shape::{Codec, Duration, Plain, Shape, Time, Version};
pub use text::Text;
pub use value::{Broken, Value};
pub use written::Written;
