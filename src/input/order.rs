//! Sorting.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// The places of so many things in the order that a comparison gives; equal ones stay in the order of their places. All
/// sorting is done here, because the sort of each type would be compiled by itself, and by way of a heap, because its
/// code is a tenth of that of `sort_unstable_by`.
#[must_use]
pub fn places_in_order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let heap: BinaryHeap<Placed<'_>> = (0..count).map(|place| Placed { place, compare }).collect();
    heap.into_sorted_vec().into_iter().map(|placed| placed.place).collect()
}

/// A place, which is before another as the comparison says.
struct Placed<'a> {
    place: usize,
    compare: &'a dyn Fn(usize, usize) -> Ordering,
}

impl Ord for Placed<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.compare)(self.place, other.place).then(self.place.cmp(&other.place))
    }
}

impl PartialOrd for Placed<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Placed<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Placed<'_> {}
