//! A graph as text, in names alone: what a digest is made of, and what another version reads.
//!
//! The nodes are numbered as they are met from the top, level by level; each is a line with its fact and where each of
//! its values leads. So two graphs that say the same have the same text, whatever their history, and the text says no
//! more than what is decided.

use std::fmt::{Result, Write};

use super::explorer::{Explored, Explorer};
use super::fast::Fast;
use super::graph::{Graph, fact};
use super::words::Words;
use crate::decide::fact::Fact;

/// Between the parts of a line.
pub(super) const TAB: char = '\t';
/// Before the number of a node.
pub(super) const NODE: char = '#';
/// Before what a leaf says.
pub(super) const SAYS: char = ':';
/// Where a situation cannot occur.
pub(super) const CANNOT_OCCUR: char = '-';

impl<E: Words> Explorer<E> {
    /// Writes what was found, line by line.
    ///
    /// # Errors
    /// When `to` cannot be written.
    pub fn list(&self, explored: &Explored, to: &mut impl Write) -> Result {
        let mut numbers: Fast<Graph, usize> = Fast::default();
        let mut met = vec![explored.graph];
        if self.graphs.node(explored.graph).is_none() {
            self.target(explored.graph, &mut numbers, &mut met, to)?;
            return to.write_char('\n');
        }
        numbers.insert(explored.graph, 0);
        let mut at = 0_usize;
        while let Some(node) = met.get(at).and_then(|graph| self.graphs.node(*graph)) {
            let Some(fact) = fact::<E>(node.fact) else { break };
            to.write_str(fact.name())?;
            for (value, name) in fact.value_names().iter().enumerate() {
                write!(to, "{TAB}{name}")?;
                self.target(node.child(value), &mut numbers, &mut met, to)?;
            }
            to.write_char('\n')?;
            at = at.saturating_add(1);
        }
        Ok(())
    }

    /// Where a value leads; a node that was not met before is met now.
    fn target(
        &self,
        graph: Graph,
        numbers: &mut Fast<Graph, usize>,
        met: &mut Vec<Graph>,
        to: &mut impl Write,
    ) -> Result {
        match self.graphs.says(graph) {
            Some(None) => to.write_char(CANNOT_OCCUR),
            Some(Some(part)) => write!(to, "{SAYS}{}", E::words(&part)),
            None => {
                let number = *numbers.entry(graph).or_insert_with(|| {
                    met.push(graph);
                    met.len().saturating_sub(1)
                });
                write!(to, "{NODE}{number}")
            }
        }
    }
}
