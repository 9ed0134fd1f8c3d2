//! What a caller hands over, read strictly: own keys only, closed key sets, and the path of what is wrong.
//!
//! The same reading serves JavaScript and native callers: the boundary turns either into a [`Value`] first.

#[macro_use]
mod list;

#[cfg(not(target_arch = "wasm32"))]
pub mod describe;
mod misuse;
mod reader;
mod shape;
mod text;
mod value;
mod written;

pub use misuse::{Misuse, MisuseCode};
pub use reader::{Members, Node, closed};
pub use shape::{Codec, Duration, LATEST, Plain, Shape, Time, Version};
pub use text::Text;
pub use value::{Broken, Value};
pub use written::Written;
