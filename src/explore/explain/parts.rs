//! What a decision says beside its situation.

use crate::answer::{Ignored, RefreshToken};
use crate::effects::Effect;
use crate::input::{Misuse, Node, Shape, Text};

/// What a decision says beside its situation, with the texts that the situation does not have.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// None where nobody says.
    pub(super) ignored: Option<Vec<Ignored>>,
    pub(super) refresh_token: Option<RefreshToken>,
    pub(super) page: Vec<PageScope>,
    pub(super) effects: Option<Vec<Effect>>,
}

/// A scope on the consent page.
#[derive(Debug)]
pub(super) struct PageScope {
    pub(super) scope: Text,
    pub(super) is_new: bool,
    pub(super) optional: bool,
}

/// A member of an object that may be null or absent.
fn under<'a>(node: Option<Node<'a>>, name: &'a str) -> Result<Option<Node<'a>>, Misuse> {
    match node {
        Some(node) if !node.is_null() => Ok(node.members()?.get(name)),
        _ => Ok(None),
    }
}

impl Parts {
    pub(super) fn read(node: Node<'_>) -> Result<Self, Misuse> {
        let members = node.members()?;
        let endpoint = under(members.get("tokens"), "token_endpoint")?;
        let from_code = under(endpoint, "refresh_token")?;
        let refresh_token = members.get("refresh_token").or(from_code);
        let page = match members.get("consent") {
            Some(consent) if !consent.is_null() => match consent.members()?.get("scopes") {
                Some(scopes) => scopes.list()?.map(PageScope::read).collect::<Result<_, _>>()?,
                None => Vec::new(),
            },
            _ => Vec::new(),
        };
        Ok(Self {
            ignored: members.get("ignored").map(Vec::<Ignored>::read).transpose()?,
            // A log may have less of it, and then nothing is said of it.
            refresh_token: refresh_token.and_then(|token| RefreshToken::read(token).ok()),
            page,
            effects: members.get("effects").map(Vec::<Effect>::read).transpose()?,
        })
    }
}

impl PageScope {
    fn read(node: Node<'_>) -> Result<Self, Misuse> {
        let members = node.members()?;
        Ok(Self {
            scope: members.need("scope")?.text()?.clone(),
            is_new: members.need("status")?.is_text("new"),
            optional: members.need("optional")?.boolean()?,
        })
    }
}
