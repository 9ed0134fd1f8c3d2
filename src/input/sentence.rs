//! Sentences that stand in tables.

/// A sentence for people, from a table: of the rules, or of the reasons. The engine in WebAssembly knows its number
/// only; the letters stand in the package's tables, which are made from the same source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sentence {
    number: u16,
    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    text: &'static str,
}

/// The rules' sentences have the numbers from here on; those before are the reasons'.
pub const RULE_SENTENCES: u16 = 64;

impl Sentence {
    /// A sentence and its number.
    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    #[must_use]
    pub const fn new(number: u16, text: &'static str) -> Self {
        Self { number, text }
    }

    /// A sentence's number.
    #[cfg(not(any(not(target_arch = "wasm32"), feature = "sentences")))]
    #[must_use]
    pub const fn new(number: u16, _text: &'static str) -> Self {
        Self { number }
    }

    /// Its number in the table.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.number
    }

    /// Its letters.
    #[cfg(any(not(target_arch = "wasm32"), feature = "sentences"))]
    #[must_use]
    pub const fn text(self) -> &'static str {
        self.text
    }

    /// Its letters stand outside of the engine.
    #[cfg(not(any(not(target_arch = "wasm32"), feature = "sentences")))]
    #[must_use]
    pub const fn text(self) -> &'static str {
        ""
    }
}
