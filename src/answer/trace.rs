//! The rules that took part in an answer, with their sources.

use serde::Serialize;

use crate::decide::{Trace, rule};
use crate::sources::Citation;

/// A rule that took part.
#[derive(Clone, Debug, Serialize)]
pub struct TraceEntry {
    /// Its id.
    pub rule: &'static str,
    /// What it says.
    pub statement: &'static str,
    /// How binding it is.
    pub strength: &'static str,
    /// Where it comes from.
    pub sources: Vec<Source>,
}

/// A place in a document.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// Public name.
    pub title: &'static str,
    /// Section.
    pub section: &'static str,
    /// Address, with the anchor.
    pub address: String,
}

impl TraceEntry {
    /// The rules of a trace, in order.
    #[must_use]
    pub fn list(trace: Trace) -> Vec<Self> {
        trace
            .rules()
            .filter_map(rule)
            .map(|rule| Self {
                rule: rule.id,
                statement: rule.statement,
                strength: rule.strength.name(),
                sources: rule.sources.iter().copied().map(Into::into).collect(),
            })
            .collect()
    }
}

impl From<Citation> for Source {
    fn from(citation: Citation) -> Self {
        let address = citation.document.address;
        let address = match citation.anchor {
            "" => address.to_owned(),
            anchor if address.contains('#') => format!("{}#{anchor}", address.split('#').next().unwrap_or(address)),
            anchor => format!("{address}#{anchor}"),
        };
        Self { title: citation.document.title, section: citation.section, address }
    }
}
