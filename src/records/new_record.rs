//! Records as a decision writes them, before the server gave them an id.

use super::code_record::CodeRecord;
use super::grant::Grant;
use super::token_record::TokenRecord;
#[cfg(not(target_arch = "wasm32"))]
use crate::input::describe::{Description, Object, Presence};
use crate::input::layout::Layout;
use crate::input::wire::{Decoder, Encoder};
use crate::input::{Codec, Shape, Value};

/// What a decision always knows of a grant.
const KNOWN_OF_A_GRANT: &[&str] =
    &["v", "client_id", "sub", "offline", "how", "remembered", "status", "granted_at", "first_code_exchanged"];

/// A record without an id, or a grant that has everything that a decision knows of it.
#[derive(Clone, Copy, Debug)]
pub struct New;

impl Codec<Box<CodeRecord>> for New {
    const LAYOUT: Layout = Layout::Object(&CodeRecord::OBJECT.unassigned());

    fn write(value: &Box<CodeRecord>) -> Value {
        value.write()
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Box<CodeRecord>> {
        CodeRecord::decode(from).map(|record| Box::new(CodeRecord { id: None, ..record }))
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
    const LAYOUT: Layout = Layout::Object(&TokenRecord::OBJECT.unassigned());

    fn write(value: &Box<TokenRecord>) -> Value {
        value.write()
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Box<TokenRecord>> {
        TokenRecord::decode(from).map(|record| Box::new(TokenRecord { id: None, ..record }))
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
    const LAYOUT: Layout = Layout::Object(&Grant::OBJECT.with_known(KNOWN_OF_A_GRANT));

    fn write(value: &Box<Grant>) -> Value {
        value.write()
    }

    fn decode(from: &mut Decoder<'_>) -> Option<Box<Grant>> {
        Grant::decode(from).map(Box::new)
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

#[cfg(not(target_arch = "wasm32"))]
fn without_id(description: Description, name: &'static str) -> Description {
    let Description::Object(object) = description else { return Description::Anything };
    let members = object.members.into_iter().filter(|member| member.presence != Presence::Assigned).collect();
    Description::Object(Object { name, members, ..object })
}
