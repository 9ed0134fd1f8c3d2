//! What the package can ask for, by number. The numbers are those of `pkg-template/boundary.js`.
//!
//! Each operation is a function of its own, never inlined: a runtime compiles a function when it is first called, and
//! the first decision of a process waits for those that it needs, not for all of them.

use std::sync::Arc;

use super::asked::{Answered, Asked};
#[cfg(feature = "server")]
use crate::authorize::{form, location};
use crate::input::wire::Encoder;
use crate::input::{Misuse, MisuseCode, Node, Shape, Text, Value};
#[cfg(feature = "server")]
use crate::log::LogOptions;
use crate::oauth::client::Client;
use crate::policy::Policy;
use crate::policy::published::settings;

/// Runs an operation.
pub(super) fn run(operation: u32, asked: Asked<'_>, output: &mut Encoder) -> Answered {
    match operation {
        0 => version(output),
        1 => policy(asked, output),
        2 => client(asked, output),
        3 => published(&asked, output),
        4 => asked.decide(output, Policy::authorize_given),
        19 => warnings(&asked, output),
        #[cfg(feature = "server")]
        5..19 | 22..24 => server(operation, asked, output),
        #[cfg(feature = "simulation")]
        20 => super::simulation::start(asked, output),
        #[cfg(feature = "simulation")]
        21 => super::simulation::step(asked, output),
        #[cfg(feature = "explore")]
        30..50 => super::explore::run(operation, asked, output),
        _ => None,
    }
}

/// What a server needs beside the decision on an authorization request. A page that only shows it sends no answer.
#[cfg(feature = "server")]
#[inline(never)]
fn server(operation: u32, asked: Asked<'_>, output: &mut Encoder) -> Answered {
    match operation {
        5 => asked.send(output, |decision, minted| location(decision, minted).map(Text::from)),
        6 => post(asked, output),
        7 => asked.decide(output, Policy::exchange_given),
        8 => asked.decide(output, Policy::refresh_given),
        9 => asked.decide(output, Policy::revoke_given),
        10 => asked.decide(output, Policy::manage_grant_given),
        11 => asked.decide(output, Policy::event_given),
        12 => asked.decide(output, Policy::status_asked),
        13 => asked.send(output, crate::token::token_response),
        22 => fingerprint(&asked, output),
        23 => log(asked, output),
        _ => None,
    }
}

/// Three arguments: a decision, what was minted, and how the page is made.
#[cfg(feature = "server")]
#[inline(never)]
fn post(mut asked: Asked<'_>, output: &mut Encoder) -> Answered {
    let Value::List(arguments) = asked.value()? else { return None };
    let [decision, minted, options] = arguments.as_slice() else { return None };
    Some(form(decision, minted, options).map(|answer| answer.encode(output)))
}

/// What is risky about a policy.
#[inline(never)]
fn warnings(asked: &Asked<'_>, output: &mut Encoder) -> Answered {
    let policy: Arc<Policy> = asked.slots.get(asked.kept)?;
    policy.warnings().encode(output);
    Some(Ok(()))
}

/// What tells one policy from another.
#[cfg(feature = "server")]
#[inline(never)]
fn fingerprint(asked: &Asked<'_>, output: &mut Encoder) -> Answered {
    let policy: Arc<Policy> = asked.slots.get(asked.kept)?;
    output.letters([policy.fingerprint().as_str()].into_iter());
    Some(Ok(()))
}

/// Three arguments: a decision, what the line names beside it, and the policy's fingerprint, which the package keeps.
#[cfg(feature = "server")]
#[inline(never)]
fn log(mut asked: Asked<'_>, output: &mut Encoder) -> Answered {
    let policy: Arc<Policy> = asked.slots.get(asked.kept)?;
    let Value::List(arguments) = asked.value()? else { return None };
    let [decision, options, Value::Text(fingerprint)] = arguments.as_slice() else { return None };
    let line = LogOptions::read(Node::root(options, "options"))
        .and_then(|options| policy.line(decision, &options, fingerprint));
    Some(line.map(|line| output.letters([line.as_str()].into_iter())))
}

#[inline(never)]
fn version(output: &mut Encoder) -> Answered {
    output.letters([env!("CARGO_PKG_VERSION")].into_iter());
    Some(Ok(()))
}

/// Keeps a policy. The answer is its number, and how much of a request it reads.
#[inline(never)]
fn policy(mut asked: Asked<'_>, output: &mut Encoder) -> Answered {
    let Value::List(arguments) = asked.value()? else { return None };
    let [name, overrides] = arguments.as_slice() else { return None };
    let policy = profile_name(name).and_then(|name| Policy::profile(name, overrides));
    Some(policy.map(|policy| {
        let limits = policy.limits();
        output.number(asked.slots.keep(policy).into());
        output.number(limits.bytes as u64);
        output.number(limits.parameters as u64);
    }))
}

fn profile_name(name: &Value) -> Result<&Text, Misuse> {
    match name {
        Value::Text(name) => Ok(name),
        Value::Null => Err(Misuse::new(MisuseCode::MissingKey, "name", "is missing")),
        other => Err(Misuse::new(MisuseCode::WrongType, "name", &format!("must be a string, and is {}", other.kind()))),
    }
}

/// Keeps a client. The answer is its number, and what was read of it.
#[inline(never)]
fn client(asked: Asked<'_>, output: &mut Encoder) -> Answered {
    let slots = asked.slots;
    let mut asked = asked;
    let value = asked.value()?;
    let client = Client::read(Node::root(&value, "client"));
    Some(client.map(|client| {
        let registered = client.write();
        output.number(slots.keep(client).into());
        registered.encode(output);
    }))
}

/// The settings of a policy.
#[inline(never)]
fn published(asked: &Asked<'_>, output: &mut Encoder) -> Answered {
    let policy: Arc<Policy> = asked.slots.get(asked.kept)?;
    let settings = settings(&policy).into_iter().map(|(id, value)| (Text::fixed(id), value));
    Value::Members(settings.collect()).encode(output);
    Some(Ok(()))
}
