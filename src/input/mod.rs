//! What a caller hands over, read strictly: own keys only, closed key sets, and the path of what is wrong.
//!
//! The same reading serves JavaScript and native callers: the boundary turns either into a [`Value`] first.

mod misuse;
mod reader;
mod value;
mod write;

pub use misuse::{Misuse, MisuseCode};
pub use reader::{Members, Node, closed};
pub use value::{Broken, Value};
pub use write::to_value;
