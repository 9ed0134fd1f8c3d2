//! Sorting.

use std::cmp::Ordering;

/// The places of so many things in the order that a comparison gives; equal ones stay in the order of their places. All
/// sorting is done here, because the sort of each type would be compiled by itself.
#[must_use]
pub fn places_in_order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|one, other| compare(*one, *other).then(one.cmp(other)));
    places
}
