//! What a part of a verdict says, in published names: for digests, for people, and for another version to read. A word
//! never comes from Rust's own names, so that a refactoring changes none.

mod authorize;
mod lifecycle;
mod token;

use crate::decide::component::Components;
use crate::decide::life::{AccessTokenLife, AgeLimit, Binding, IdleLimit, Otherwise, RefreshTokenLife};
use crate::decide::record::EndStatus;
use crate::decide::report::ScopeReported;
use crate::decide::rotation::Rotation;

/// An engine whose parts have words.
pub trait Words: Components {
    /// The name of the engine.
    const ENGINE: &'static str;

    /// What a part says: equal words are equal parts of one component.
    fn words(part: &Self::Part) -> String;
}

/// What there is where nothing is said.
const NOTHING: &str = "nothing";

/// Words one after the other.
#[derive(Default)]
struct Said(Vec<String>);

impl Said {
    /// A word.
    fn word(mut self, word: &str) -> Self {
        self.0.push(word.to_owned());
        self
    }

    /// A word, where it holds.
    fn flag(self, word: &str, holds: bool) -> Self {
        if holds { self.word(word) } else { self }
    }

    /// What something is.
    fn named(mut self, name: &str, value: &str) -> Self {
        self.0.push(format!("{name}={value}"));
        self
    }

    /// What something is, where it is anything.
    fn named_if(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.named(name, value),
            None => self,
        }
    }

    fn end(self) -> String {
        if self.0.is_empty() { NOTHING.to_owned() } else { self.0.join(", ") }
    }
}

const fn binding(binding: Binding) -> &'static str {
    match binding {
        Binding::Session => "session",
        Binding::Offline => "offline",
    }
}

const fn rotation(rotation: Rotation) -> &'static str {
    match rotation {
        Rotation::Kept => "kept",
        Rotation::Replaced => "replaced",
        Rotation::Added => "added",
        Rotation::UntilSuccessorUsed => "until_successor_used",
        Rotation::UsedUp => "used_up",
    }
}

const fn reported(reported: ScopeReported) -> &'static str {
    match reported {
        ScopeReported::Never => "never",
        ScopeReported::IfOther => "if_other",
        ScopeReported::Always => "always",
    }
}

const fn access_token_life(life: AccessTokenLife) -> &'static str {
    match life {
        AccessTokenLife::Configured => "configured",
        AccessTokenLife::ShorterOfConfiguredAndSession => "shorter_of_configured_and_session",
    }
}

const fn status(status: EndStatus) -> &'static str {
    match status {
        EndStatus::Expired => "expired",
        EndStatus::Revoked => "revoked",
    }
}

fn refresh_token_life(said: Said, life: RefreshTokenLife) -> Said {
    let RefreshTokenLife { time_limit, grant_ends, testing_project, age, general_age, idle, general_idle, otherwise } =
        life;
    said.flag("time_limit", time_limit)
        .flag("grant_ends", grant_ends)
        .flag("testing_project", testing_project)
        .named_if(
            "age",
            age.map(|age| match age {
                AgeLimit::Browser => "browser",
                AgeLimit::Offline => "offline",
                AgeLimit::AtOnce => "at_once",
                AgeLimit::Policy => "policy",
            }),
        )
        .flag("general_age", general_age)
        .named_if(
            "idle",
            idle.map(|idle| match idle {
                IdleLimit::Offline => "offline",
                IdleLimit::Policy => "policy",
                IdleLimit::ThirtyDays => "thirty_days",
            }),
        )
        .flag("general_idle", general_idle)
        .word(match otherwise {
            Otherwise::WithSession => "session",
            Otherwise::UntilRevoked => "until_revoked",
            Otherwise::LongLived => "long_lived",
            Otherwise::LongButFinite => "long_but_finite",
            Otherwise::Unspecified => "unspecified",
        })
}
