//! Listings of two versions, compared: what is decided otherwise, and where. Facts and values are told by their names, so
//! that either version may have some that the other lacks.

use super::fast::Fast;
use super::graph::{Graph, Graphs, WIDEST};
use super::listing::{CANNOT_OCCUR, NODE, SAYS, TAB};
use super::truth::Truth;
use crate::decide::fact::{Fact, Situation};

/// What one version says and another said instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What was said; none where the situation could not occur.
    pub before: Option<String>,
    /// What is said now.
    pub after: Option<String>,
    /// Of how many situations.
    pub situations: u128,
    /// The facts of one of them that are unusual, with their values.
    pub example: Vec<(String, String)>,
}

/// Why a listing cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A line is none of a listing.
    #[error("a line is none of a listing")]
    Line,
    /// A node leads to one that is not there, or to itself.
    #[error("a node leads nowhere")]
    Node,
    /// Both together have more values of one fact than a graph can have.
    #[error("a fact has too many values")]
    Values,
}

/// The facts of both versions, in the order of the later.
struct Facts(Vec<(String, Vec<String>)>);

/// A node as it is listed: its fact, and where each named value leads.
struct Line<'a> {
    fact: &'a str,
    values: Vec<(&'a str, Target<'a>)>,
}

/// Where a value leads.
#[derive(Clone, Copy)]
enum Target<'a> {
    Node(usize),
    Says(&'a str),
    CannotOccur,
}

/// A fact of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub fact: &'static str,
    /// The names of its values.
    pub values: &'static [&'static str],
    /// The value that it usually has, with which examples are made.
    pub usually: &'static str,
}

/// The facts of an engine, with their values in an ordinary situation.
#[must_use]
pub fn catalogue<F: Fact>(ordinary: &Situation<F>) -> Vec<Known> {
    let known = |fact: &F| Known {
        fact: fact.name(),
        values: fact.value_names(),
        usually: fact.value_names().get(ordinary.index(*fact)).copied().unwrap_or_default(),
    };
    F::ALL.iter().map(known).collect()
}

/// What differs between two listings. The situations are those of this version's facts, and of those that the other version
/// knew.
///
/// # Errors
/// When a listing cannot be read.
pub fn changes(before: &str, after: &str, known: &[Known]) -> Result<Vec<Change>, Unreadable> {
    let (before, after) = (lines(before)?, lines(after)?);
    // This version's facts come first, in its order, which decides only how large the graphs are.
    let named = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    let mut facts = Facts(known.iter().map(|known| (known.fact.to_owned(), named(known.values))).collect());
    for line in after.iter().chain(&before) {
        facts.add(line)?;
    }
    let mut graphs = Graphs::new(facts.0.iter().map(|(_, values)| values.len()));
    let mut words: Vec<&str> = Vec::new();
    let before = read(&before, &facts, &mut graphs, &mut words)?;
    let after = read(&after, &facts, &mut graphs, &mut words)?;
    let mut pairs: Graphs<(Option<u32>, Option<u32>)> = Graphs::new(facts.0.iter().map(|(_, values)| values.len()));
    let both = pairs.both(&graphs, &graphs, (before, after), |before, after| (before, after));
    let word = |number: Option<u32>| {
        number.and_then(|number| words.get(usize::try_from(number).ok()?)).map(|word| (*word).to_owned())
    };
    let mut changes: Vec<Change> = pairs
        .leaves_below(both)
        .into_iter()
        .filter(|(before, after)| before != after)
        .map(|pair| Change {
            before: word(pair.0),
            after: word(pair.1),
            situations: pairs.situations(both, |said| said == pair),
            example: facts.example(&pairs, both, pair, known),
        })
        .collect();
    changes.sort_by(|one, other| other.situations.cmp(&one.situations).then_with(|| one.before.cmp(&other.before)));
    Ok(changes)
}

impl Facts {
    fn add(&mut self, line: &Line<'_>) -> Result<(), Unreadable> {
        if self.place(line.fact).is_none() {
            self.0.push((line.fact.to_owned(), Vec::new()));
        }
        if let Some((_, values)) = self.0.iter_mut().find(|(known, _)| known == line.fact) {
            for (name, _) in &line.values {
                if !values.iter().any(|known| known == name) {
                    values.push((*name).to_owned());
                }
            }
            if values.len() > WIDEST {
                return Err(Unreadable::Values);
            }
        }
        Ok(())
    }

    fn place(&self, fact: &str) -> Option<usize> {
        self.0.iter().position(|(known, _)| known == fact)
    }

    /// A situation of which both versions say just this, as ordinary as can be.
    fn example(
        &self,
        pairs: &Graphs<(Option<u32>, Option<u32>)>,
        both: Graph,
        pair: (Option<u32>, Option<u32>),
        catalogue: &[Known],
    ) -> Vec<(String, String)> {
        let mut everywhere = Graphs::new(self.0.iter().map(|(_, values)| values.len()));
        let yes = everywhere.leaf(true);
        let truth = Truth::both(pairs, both, &everywhere, yes, |said, _| said == pair);
        let known = |place: u8| self.0.get(usize::from(place));
        let usual = |place: u8| {
            let (fact, values) = known(place)?;
            let usual = catalogue.iter().find(|known| known.fact == fact)?.usually;
            values.iter().position(|value| value == usual)
        };
        let way = truth.nearest_way(|place| usual(place).unwrap_or(0)).unwrap_or_default();
        let unusual = way.into_iter().filter(|(place, value)| usual(*place) != Some(*value));
        unusual
            .filter_map(|(place, value)| {
                let (fact, values) = known(place)?;
                Some((fact.clone(), values.get(value)?.clone()))
            })
            .collect()
    }
}

fn lines(listing: &str) -> Result<Vec<Line<'_>>, Unreadable> {
    listing.lines().map(|line| line_of(line).ok_or(Unreadable::Line)).collect()
}

/// A graph that says the same everywhere is one line without a fact.
fn line_of(line: &str) -> Option<Line<'_>> {
    let mut cells = line.split(TAB);
    let fact = cells.next()?;
    if fact.starts_with([NODE, SAYS, CANNOT_OCCUR]) {
        return Some(Line { fact: "", values: vec![("", target(fact)?)] });
    }
    let values = cells.map(|cell| {
        let end = cell.find([NODE, SAYS, CANNOT_OCCUR])?;
        let (name, leads_to) = cell.split_at_checked(end)?;
        Some((name, target(leads_to)?))
    });
    Some(Line { fact, values: values.collect::<Option<Vec<_>>>()? })
}

fn target(text: &str) -> Option<Target<'_>> {
    if let Some(number) = text.strip_prefix(NODE) {
        return number.parse().ok().map(Target::Node);
    }
    if let Some(says) = text.strip_prefix(SAYS) {
        return Some(Target::Says(says));
    }
    (text.strip_prefix(CANNOT_OCCUR) == Some("")).then_some(Target::CannotOccur)
}

/// How far a node is read.
#[derive(Clone, Copy)]
enum Progress {
    NotYet,
    Begun,
    Read(Graph),
}

/// Reads the graph whose topmost node is the first line.
fn read<'a>(
    lines: &[Line<'a>],
    facts: &Facts,
    graphs: &mut Graphs<Option<u32>>,
    words: &mut Vec<&'a str>,
) -> Result<Graph, Unreadable> {
    let mut progress = vec![Progress::NotYet; lines.len()];
    node(0, lines, facts, graphs, words, &mut progress)
}

fn node<'a>(
    number: usize,
    lines: &[Line<'a>],
    facts: &Facts,
    graphs: &mut Graphs<Option<u32>>,
    words: &mut Vec<&'a str>,
    progress: &mut Vec<Progress>,
) -> Result<Graph, Unreadable> {
    match progress.get(number) {
        Some(Progress::Read(graph)) => return Ok(*graph),
        Some(Progress::NotYet) => {}
        Some(Progress::Begun) | None => return Err(Unreadable::Node),
    }
    set(progress, number, Progress::Begun);
    let line = lines.get(number).ok_or(Unreadable::Node)?;
    let place = facts.place(line.fact).ok_or(Unreadable::Line)?;
    let mut leads_to: Fast<usize, Graph> = Fast::default();
    let known = facts.0.get(place).map(|(_, values)| values.as_slice()).unwrap_or_default();
    for (name, target) in &line.values {
        let value = known.iter().position(|known| known == name).ok_or(Unreadable::Line)?;
        let graph = match target {
            Target::Node(number) => node(*number, lines, facts, graphs, words, progress)?,
            Target::Says(says) => {
                let known = words.iter().position(|known| known == says);
                let word = known.unwrap_or_else(|| {
                    words.push(says);
                    words.len().saturating_sub(1)
                });
                graphs.leaf(u32::try_from(word).ok())
            }
            Target::CannotOccur => graphs.leaf(None),
        };
        leads_to.insert(value, graph);
    }
    // A value that this version does not know cannot occur in it.
    let lacking = graphs.leaf(None);
    let place = u8::try_from(place).map_err(|_| Unreadable::Values)?;
    let graph = graphs.choose(place, |value| leads_to.get(&value).copied().unwrap_or(lacking));
    set(progress, number, Progress::Read(graph));
    Ok(graph)
}

fn set(progress: &mut [Progress], number: usize, to: Progress) {
    if let Some(slot) = progress.get_mut(number) {
        *slot = to;
    }
}
