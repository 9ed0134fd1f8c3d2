//! The records that a server stores between decisions, as the engine reads and writes them.
//!
//! `v` is the version of a shape; a record of version 1 is read by every later version.

mod code_record;
mod grant_record;
mod token_record;

pub use code_record::CodeRecord;
pub use grant_record::GrantRecord;
pub use token_record::{TokenKind, TokenRecord};

use crate::answer::{AccessToken, Lifetime, RefreshToken};
use crate::decide::verdict::Binding;
use crate::input::{Members, Misuse, MisuseCode, Node, closed};
use crate::oauth::session::Session;

/// Whether the session that a record names is there: the same user's, and the same one where both say which.
#[must_use]
pub fn session_is_alive(session: Option<&Session>, sub: Option<&str>, sid: Option<&str>) -> bool {
    session.is_some_and(|session| {
        Some(session.sub.as_str()) == sub
            && session.sid.as_deref().is_none_or(|known| sid.is_none_or(|sid| sid == known))
    })
}

fn version(members: Members<'_>) -> Result<(), Misuse> {
    let version = members.need("v")?;
    if version.whole()? == 1 {
        Ok(())
    } else {
        Err(version.misuse(MisuseCode::WrongValue, "must be 1, the only version of this record"))
    }
}

fn text(members: Members<'_>, name: &'static str) -> Result<String, Misuse> {
    Ok(members.need(name)?.text()?.to_owned())
}

fn optional_text(members: Members<'_>, name: &'static str) -> Result<Option<String>, Misuse> {
    Ok(members.optional(name, Node::text)?.map(ToOwned::to_owned))
}

fn binding(members: Members<'_>) -> Result<Binding, Misuse> {
    members.need("binding")?.word(Binding::WORDS)
}

fn read_access_token(node: Node<'_>) -> Result<AccessToken, Misuse> {
    let members = closed(node, &["scope", "expires_in", "binding"])?;
    Ok(AccessToken {
        scope: text(members, "scope")?,
        expires_in: members.optional("expires_in", Node::whole)?,
        binding: binding(members)?.name(),
    })
}

fn read_refresh_token(node: Node<'_>) -> Result<RefreshToken, Misuse> {
    let members = closed(node, &["scope", "binding", "lifetime", "rotation"])?;
    Ok(RefreshToken {
        scope: text(members, "scope")?,
        binding: binding(members)?.name(),
        lifetime: lifetime(members.need("lifetime")?)?,
        rotation: members.need("rotation")?.word(&[("none", "none"), ("replaced", "replaced"), ("added", "added")])?,
    })
}

fn lifetime(node: Node<'_>) -> Result<Lifetime, Misuse> {
    #[derive(Clone, Copy)]
    enum Kind {
        Plain(Lifetime),
        Fixed,
        Idle,
    }
    let members = closed(node, &["kind", "seconds"])?;
    let kind = members.need("kind")?.word(&[
        ("session", Kind::Plain(Lifetime::Session)),
        ("until_revoked", Kind::Plain(Lifetime::UntilRevoked)),
        ("long_lived", Kind::Plain(Lifetime::LongLived)),
        ("long_but_finite", Kind::Plain(Lifetime::LongButFinite)),
        ("unspecified", Kind::Plain(Lifetime::Unspecified)),
        ("fixed", Kind::Fixed),
        ("idle", Kind::Idle),
    ])?;
    let seconds = || members.need("seconds")?.whole();
    Ok(match kind {
        Kind::Plain(lifetime) => lifetime,
        Kind::Fixed => Lifetime::Fixed { seconds: seconds()? },
        Kind::Idle => Lifetime::Idle { seconds: seconds()? },
    })
}

/// A record cannot have been issued later than now.
fn not_in_the_future(members: Members<'_>, name: &'static str, now: u64) -> Result<u64, Misuse> {
    let node = members.need(name)?;
    let at = node.whole()?;
    if at > now { Err(node.misuse(MisuseCode::Contradiction, "is later than `now`")) } else { Ok(at) }
}
