//! The boundary: the only place that knows JavaScript. It moves bytes and holds no rule.
//!
//! Nothing here calls JavaScript, and nothing of JavaScript is handed in but numbers: whatever in it can throw has run
//! before, while the package wrote the input. So no call can harm the next one. The package writes into the two
//! streams of [`Engine::input`], makes one call, and reads the two streams that it left ([`crate::input::wire`]).

#![expect(unreachable_pub, reason = "the macro exports public functions only, and nobody in Rust calls them")]

mod asked;
mod engine;
#[cfg(feature = "explore")]
mod explore;
mod operation;
#[cfg(feature = "simulation")]
mod simulation;
mod slots;

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use engine::Engine;

thread_local! {
    static ENGINE: RefCell<Engine> = RefCell::new(Engine::default());
}

/// Runs with the engine. It is never in use already, because nothing that it does calls it.
fn with<T>(run: impl FnOnce(&mut Engine) -> T) -> Option<T> {
    ENGINE.with(|engine| engine.try_borrow_mut().ok().map(|mut engine| run(&mut engine)))
}

/// Makes room for so many bytes of numbers and letters, and returns where the places of all streams stand: of the
/// numbers and the letters that come in, then of those that go out, each with its length.
#[wasm_bindgen]
pub fn reserve(numbers: usize, letters: usize) -> *const u32 {
    with(|engine| engine.reserve(numbers, letters)).unwrap_or(std::ptr::null())
}

/// Calls an operation by its number, with a policy (or another thing that is kept), on what was written. `typed` says
/// in which of the two ways it was written. Returns what came of it; see [`engine::Outcome`].
#[wasm_bindgen]
pub fn call(operation: u32, kept: u32, numbers: usize, letters: usize, typed: bool) -> u32 {
    with(|engine| engine.call(operation, kept, numbers, letters, typed)).unwrap_or(engine::Outcome::Unreadable) as u32
}

/// Forgets a policy, a client or a simulation.
#[wasm_bindgen]
pub fn release(kept: u32) {
    let _released = with(|engine| engine.release(kept));
}
