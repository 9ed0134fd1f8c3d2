//! The order of the modules, as the crate's documentation has it.

use std::collections::BTreeMap;

use anyhow::{Result, bail, ensure};

use super::source::{File, Import, Path, module_of, shown};

/// How a person writes it.
const HELP: &str = "src/lib.rs must state the order of the modules once, in a text block of its documentation: from the \
                    lowest, `<` between layers, `,` between modules of one layer, such as `words < rules < left, right`; \
                    a line may begin with `<`, and what follows two spaces is for people";

/// The height of each module that has a place of its own. A module below one of these stands where that stands.
pub(super) struct Order {
    heights: BTreeMap<Path, usize>,
}

impl Order {
    /// Reads it from the documentation of lib.rs: the one run of lines that has nothing but names, `<` and `,`.
    pub(super) fn read(root: &str) -> Result<Order> {
        let mut runs: Vec<Vec<&str>> = vec![Vec::new()];
        for line in root.lines().map_while(|line| line.trim().strip_prefix("//!")) {
            match layer(line) {
                Some(layer) => runs.last_mut().into_iter().for_each(|run| run.push(layer)),
                None => runs.push(Vec::new()),
            }
        }
        let mut runs = runs.into_iter().filter(|run| run.iter().any(|line| line.contains('<')));
        let (Some(run), None) = (runs.next(), runs.next()) else { bail!("{HELP}") };
        let mut heights = BTreeMap::new();
        for (height, modules) in run.join(" ").split('<').enumerate() {
            for name in modules.split(',') {
                let module: Path = name.trim().split("::").map(str::to_owned).collect();
                ensure!(module.iter().all(|part| is_name(part)), "`{}` is no module. {HELP}", name.trim());
                ensure!(heights.insert(module, height).is_none(), "`{}` has two places in src/lib.rs", name.trim());
            }
        }
        Ok(Order { heights })
    }

    /// The module that has the place of this one, and its height.
    fn place(&self, module: &[String]) -> Option<(&[String], usize)> {
        (0..=module.len()).rev().find_map(|length| {
            let (place, height) = self.heights.get_key_value(module.get(..length)?)?;
            Some((place.as_slice(), *height))
        })
    }

    /// Modules without a place, and places without a module.
    pub(super) fn unknown(&self, files: &[File]) -> Vec<String> {
        let modules: Vec<Path> = files.iter().map(|file| module_of(&file.path)).collect();
        let mut homeless: Vec<&str> = modules
            .iter()
            .filter(|module| self.place(module).is_none())
            .filter_map(|module| module.first().map(String::as_str))
            .collect();
        homeless.dedup();
        let homeless =
            homeless.into_iter().map(|name| format!("`{name}` has no place in the order of the modules in src/lib.rs"));
        let empty = self.heights.keys().filter(|place| !modules.iter().any(|module| module.starts_with(place)));
        let empty =
            empty.map(|place| format!("src/lib.rs has a place for `{}`, and there is no such module", shown(place)));
        homeless.chain(empty).collect()
    }

    /// What is wrong with an import, if anything.
    pub(super) fn fault(&self, import: &Import) -> Option<String> {
        // The root gathers what there is.
        if import.from.is_empty() {
            return None;
        }
        let at = format!("src/{}:{} imports `{}`", import.file, import.line, import.written());
        if import.to.is_empty() {
            return Some(format!("{at} from the root of the crate, which stands above all"));
        }
        let (from, own) = self.place(&import.from)?;
        let (to, other) = self.place(&import.to)?;
        if from == to || other < own {
            return None;
        }
        let stands = if other > own { "above" } else { "beside" };
        Some(format!("{at}, and so `{}`, which stands {stands} `{}`", shown(to), shown(from)))
    }
}

/// The part of a line that is a layer. Two spaces begin what is for people.
fn layer(line: &str) -> Option<&str> {
    let line = line.trim();
    // A line may set its `<` apart.
    let start = line.strip_prefix('<').map_or(0, |rest| line.len().saturating_sub(rest.trim_start().len()));
    let end = line.get(start..)?.find("  ").map_or(line.len(), |at| start.saturating_add(at));
    let layer = line.get(..end)?.trim();
    let mut names = layer.split(['<', ',']).map(str::trim).filter(|name| !name.is_empty()).peekable();
    names.peek()?;
    names.all(|name| name.split("::").all(is_name)).then_some(layer)
}

fn is_name(part: &str) -> bool {
    !part.is_empty()
        && part.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::Order;

    fn heights(text: &str) -> Vec<(String, usize)> {
        let order = Order::read(text).unwrap();
        let mut all: Vec<(String, usize)> =
            order.heights.iter().map(|(path, height)| (path.join("::"), *height)).collect();
        all.sort_by_key(|(name, height)| (*height, name.clone()));
        all
    }

    #[test]
    fn one_line_or_a_line_per_layer() {
        let expected =
            [("low", 0), ("left", 1), ("right", 1), ("right::part", 2)].map(|(name, height)| (name.to_owned(), height));
        assert_eq!(heights("//! Words.\n//!\n//! low < left, right < right::part\n//!\n//! More."), expected);
        let text = "//! Title\n//! ```text\n//!   low             the least, of all\n//! < left, right   the ways\n\
                    //! < right::part\n//! ```\npub mod low;\n// a < b";
        assert_eq!(heights(text), expected);
        assert_eq!(heights("//! low <\n//! left,\n//! right\n//! < right::part"), expected);
    }

    #[test]
    fn it_must_stand_exactly_once() {
        assert!(Order::read("//! No order.\n//! word").is_err());
        assert!(Order::read("//! a < b\n//!\n//! b < c").is_err());
        assert!(Order::read("//! a < b < a").is_err());
        assert!(Order::read("//! a < < b").is_err());
    }
}
