//! A digest of what was found: one number that changes with a decision and with nothing else.

use std::fmt;

use super::explorer::{Explored, Explorer};
use super::words::Words;

/// The digest of a component's graph: 128 bits of FNV-1a (G. Fowler, L. Noll, K. Vo) over its listing. Nobody chooses
/// graphs to collide.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(u128);

const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

impl Default for Digest {
    /// The digest of nothing.
    fn default() -> Self {
        Self(OFFSET)
    }
}

impl fmt::Write for Digest {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = text.bytes().fold(self.0, |digest, byte| (digest ^ u128::from(byte)).wrapping_mul(PRIME));
        Ok(())
    }
}

/// As it is committed: 32 hexadecimal digits.
impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl<E: Words> Explorer<E> {
    /// The digest of what was found.
    #[must_use]
    pub fn digest(&self, explored: &Explored) -> Digest {
        let mut digest = Digest::default();
        // Nothing is written anywhere that could refuse it.
        let _written = self.list(explored, &mut digest);
        digest
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;
    use std::fmt::Write;

    /// The published values (draft-eastlake-fnv).
    #[test]
    fn the_digest_is_fnv_1a() {
        let of = |text: &str| {
            let mut digest = Digest::default();
            assert!(digest.write_str(text).is_ok());
            digest.to_string()
        };
        assert_eq!(of(""), "6c62272e07bb014262b821756295c58d");
        assert_eq!(of("a"), "d228cb696f1a8caf78912b704e4a8964");
        assert_eq!(of("foobar"), "343e1662793c64bf6f0d3597ba446f18");
    }
}
