//! Records as a decision writes them, before the server gave them an id.

use super::code_record::CodeRecord;
use super::grant::Grant;
use super::token_record::TokenRecord;
#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::{Description, Object, Presence};
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Codec, Misuse, Node, Shape, Value};

/// What a decision always knows of a grant.
const KNOWN_OF_A_GRANT: &[&str] =
    &["v", "client_id", "sub", "offline", "how", "remembered", "status", "granted_at", "first_code_exchanged"];

/// A record without an id, or a grant that has everything that a decision knows of it.
#[derive(Clone, Copy, Debug)]
pub struct New;

impl Codec<Box<CodeRecord>> for New {
    fn read(node: Node<'_>) -> Result<Box<CodeRecord>, Misuse> {
        let record = CodeRecord::read(node.with(&numbered(node)))?;
        Ok(Box::new(CodeRecord { id: None, ..record }))
    }

    fn write(value: &Box<CodeRecord>) -> Value {
        value.write()
    }

    fn decode(_from: &mut Decoder<'_>) -> Option<Box<CodeRecord>> {
        None
    }

    fn encode(value: &Box<CodeRecord>, to: &mut Encoder) {
        value.encode(to);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        without_id(CodeRecord::describe(), "NewCodeRecord")
    }
}

impl Codec<Box<TokenRecord>> for New {
    fn read(node: Node<'_>) -> Result<Box<TokenRecord>, Misuse> {
        let record = TokenRecord::read(node.with(&numbered(node)))?;
        Ok(Box::new(TokenRecord { id: None, ..record }))
    }

    fn write(value: &Box<TokenRecord>) -> Value {
        value.write()
    }

    fn decode(_from: &mut Decoder<'_>) -> Option<Box<TokenRecord>> {
        None
    }

    fn encode(value: &Box<TokenRecord>, to: &mut Encoder) {
        value.encode(to);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        without_id(TokenRecord::describe(), "NewTokenRecord")
    }
}

impl Codec<Box<Grant>> for New {
    fn read(node: Node<'_>) -> Result<Box<Grant>, Misuse> {
        let grant = Grant::read(node)?;
        let members = node.members()?;
        KNOWN_OF_A_GRANT.iter().try_for_each(|name| members.need(name).map(|_| ()))?;
        Ok(Box::new(grant))
    }

    fn write(value: &Box<Grant>) -> Value {
        value.write()
    }

    fn decode(_from: &mut Decoder<'_>) -> Option<Box<Grant>> {
        None
    }

    fn encode(value: &Box<Grant>, to: &mut Encoder) {
        value.encode(to);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe() -> Description {
        let Description::Object(mut grant) = Grant::describe() else { return Description::Anything };
        grant.name = "NewGrant";
        for member in &mut grant.members {
            if KNOWN_OF_A_GRANT.contains(&member.name) {
                member.presence = Presence::Needed;
            }
        }
        Description::Object(grant)
    }
}

/// A stored record has an id; the one that is read here is not stored yet.
fn numbered(node: Node<'_>) -> Value {
    let mut value = node.value().clone();
    value.set("id", "".into());
    value
}

#[cfg(not(target_arch = "wasm32"))]
fn without_id(description: Description, name: &'static str) -> Description {
    let Description::Object(object) = description else { return Description::Anything };
    let members = object.members.into_iter().filter(|member| member.presence != Presence::Assigned).collect();
    Description::Object(Object { name, members, ..object })
}
