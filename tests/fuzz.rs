//! The fixed corpus of the fuzz targets. `cargo xtask fuzz` looks for more; what it finds is added there.

#![cfg(not(target_arch = "wasm32"))]

#[expect(unreachable_pub, reason = "the fuzz targets, a crate of their own, use it too")]
#[path = "../fuzz/src/cases.rs"]
mod cases;

use std::collections::BTreeMap;

use cases::{TARGETS, case, check, corpus, decide};
use grantwise::Policy;

/// The engine decides alike what is alike, and what it read it can write; see the targets.
#[test]
fn what_must_hold_holds_for_the_whole_corpus() {
    for target in TARGETS {
        let corpus = corpus(target);
        assert!(corpus.len() > 80, "{target}: {}", corpus.len());
        for (line, data) in corpus.iter().enumerate() {
            check(target, data).unwrap_or_else(|problem| panic!("line {} of {target}: {problem}", line + 1));
        }
    }
}

/// A corpus of which all is refused says little: each function decides something, and each finds misuse.
#[test]
fn the_corpus_is_decided_and_refused() {
    let mut decided: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for target in TARGETS {
        for case in corpus(target).iter().filter_map(|data| case(target, data)) {
            let policy = Policy::profile(case.profile, &case.overrides).unwrap();
            let (answers, misuses) = decided.entry((target, case.call)).or_default();
            match decide(&policy, case.call, &case.input) {
                Ok(_) => *answers += 1,
                Err(_) => *misuses += 1,
            }
        }
    }
    assert_eq!(decided.len(), 9, "{decided:?}");
    for (call, (answers, misuses)) in &decided {
        assert!(*answers >= 3, "{call:?}: {answers} answers");
        assert!(*misuses >= 3 || call.0 == "query", "{call:?}: {misuses} misuses");
    }
}
