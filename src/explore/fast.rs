//! Maps whose keys are small values of our own making, which nobody chooses to collide.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Such a map.
pub(super) type Fast<K, V> = HashMap<K, V, BuildHasherDefault<Mixed>>;

/// How many bytes are held until they are mixed in.
const HELD: u32 = 8;

/// Mixes words by multiplication. A state is written in many small numbers, so these are gathered into a word first.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mixed {
    mixed: u64,
    held: u64,
    count: u32,
}

/// A word mixed into another.
pub(super) const fn mix(into: u64, word: u64) -> u64 {
    (into.rotate_left(26) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

impl Mixed {
    fn hold(&mut self, byte: u8) {
        self.held = (self.held << 8) | u64::from(byte);
        self.count = self.count.wrapping_add(1);
        if self.count == HELD {
            self.mixed = mix(self.mixed, self.held);
            (self.held, self.count) = (0, 0);
        }
    }
}

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        let mixed = if self.count == 0 { self.mixed } else { mix(self.mixed, self.held) };
        mixed ^ (mixed >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.hold(number);
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.mixed = mix(self.mixed, number);
    }

    fn write_usize(&mut self, number: usize) {
        match u8::try_from(number) {
            Ok(small) => self.hold(small),
            Err(_) => self.write_u64(u64::try_from(number).unwrap_or(u64::MAX)),
        }
    }

    fn write_isize(&mut self, number: isize) {
        self.write_usize(number.unsigned_abs());
    }
}
