//! Files that import each other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::source::Import;

type Graph<'a> = BTreeMap<&'a str, BTreeMap<&'a str, usize>>;

/// For each group of files that all reach each other, its shortest circle.
pub(super) fn faults(imports: &[Import]) -> Vec<String> {
    let mut graph = Graph::new();
    for Import { file, target, line, .. } in imports {
        graph.entry(file).or_default().entry(target).or_insert(*line);
    }
    let reached: BTreeMap<&str, BTreeSet<&str>> = graph.keys().map(|file| (*file, reach(&graph, file))).collect();
    let mut told = BTreeSet::new();
    let mut faults = Vec::new();
    for file in graph.keys().copied() {
        let group: Vec<&str> =
            of(&reached, file).filter(|other| of(&reached, other).any(|back| back == file)).collect();
        if group.is_empty() || !told.insert(group.clone()) {
            continue;
        }
        let shortest = group.iter().filter_map(|file| circle(&graph, file)).min_by_key(Vec::len).unwrap_or_default();
        let mut fault = format!("a circle among {} files: {}", group.len(), written(&graph, &shortest));
        if group.len() > shortest.len() {
            fault.push_str("; all of them: ");
            fault.push_str(&group.join(", "));
        }
        faults.push(fault);
    }
    faults
}

fn of<'a, 'b>(
    reached: &'b BTreeMap<&'a str, BTreeSet<&'a str>>,
    file: &str,
) -> impl Iterator<Item = &'a str> + use<'a, 'b> {
    reached.get(file).into_iter().flatten().copied()
}

/// What can be reached from a file by one step or more.
fn reach<'a>(graph: &Graph<'a>, from: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        open.extend(graph.get(file).into_iter().flat_map(BTreeMap::keys).copied().filter(|next| reached.insert(*next)));
    }
    reached
}

/// The shortest way from a file back to it.
fn circle<'a>(graph: &Graph<'a>, from: &'a str) -> Option<Vec<&'a str>> {
    let mut seen = BTreeSet::new();
    let mut open = VecDeque::from([vec![from]]);
    while let Some(way) = open.pop_front() {
        for next in graph.get(way.last()?).into_iter().flat_map(BTreeMap::keys).copied() {
            if next == from {
                return Some(way);
            }
            if seen.insert(next) {
                open.push_back(way.iter().copied().chain([next]).collect());
            }
        }
    }
    None
}

/// Each file with the line that leads to the next.
fn written(graph: &Graph<'_>, circle: &[&str]) -> String {
    let mut text = String::new();
    for (file, next) in circle.iter().zip(circle.iter().cycle().skip(1)) {
        let line = graph.get(file).and_then(|targets| targets.get(next)).copied().unwrap_or_default();
        text.push_str(&format!("src/{file}:{line} → "));
    }
    text + &circle.first().map(|file| format!("src/{file}")).unwrap_or_default()
}
