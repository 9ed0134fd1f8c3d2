//! A profile: a named, documented policy that ships.

use super::configuration::{Configuration, Constant};
use super::knobs::{KnobSetting, Knobs};
use crate::sources::Citation;

/// A named policy, as data.
#[derive(Debug)]
pub struct Profile {
    /// Stable name.
    pub name: &'static str,
    /// What it describes.
    pub kind: ProfileKind,
    /// What is said of it.
    pub about: About,
    /// The profile that this one builds on.
    pub base: Option<&'static Profile>,
    /// What it sets beyond its base.
    pub settings: &'static [ProfileSetting],
}

/// What a profile describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileKind {
    /// A standard that is in force.
    Standard,
    /// Software that people run themselves.
    Server,
    /// A service that people sign up for.
    Vendor,
    /// A draft, a proposal, or what a service once did.
    History,
}

impl ProfileKind {
    /// Every kind, in the order in which people look for them.
    pub const ALL: [Self; 4] = [Self::Standard, Self::Server, Self::Vendor, Self::History];

    /// The name as it is published.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Server => "server",
            Self::Vendor => "vendor",
            Self::History => "history",
        }
    }
}

/// What is said of a profile. People read it; the engine in WebAssembly leaves it out.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Title for people.
    #[cfg(not(target_arch = "wasm32"))]
    pub title: &'static str,
    /// One line: what this profile is known for.
    #[cfg(not(target_arch = "wasm32"))]
    pub character: &'static str,
    /// The documents that describe it.
    #[cfg(not(target_arch = "wasm32"))]
    pub sources: &'static [Citation],
}

/// A title, what it is known for, and the documents that describe it.
#[cfg(not(target_arch = "wasm32"))]
pub(super) const fn about(title: &'static str, character: &'static str, sources: &'static [Citation]) -> About {
    About { title, character, sources }
}

/// The engine in WebAssembly leaves it out.
#[cfg(target_arch = "wasm32")]
pub(super) const fn about(_title: &'static str, _character: &'static str, _sources: &'static [Citation]) -> About {
    About {}
}

/// One value that a profile sets.
#[derive(Clone, Copy, Debug)]
pub struct ProfileSetting {
    /// What is set.
    pub setting: Setting,
    /// Where the value comes from.
    pub basis: Basis,
}

/// A knob or a configuration key with its value.
#[derive(Clone, Copy, Debug)]
pub enum Setting {
    /// A knob.
    Knob(KnobSetting),
    /// A configuration key by its id.
    Configuration(&'static str, Constant),
}

/// Where a value comes from.
///
/// The catalogue is made on the host; the engine in WebAssembly never reads it and leaves it out, which saves a sixth
/// of its size.
#[derive(Clone, Copy, Debug)]
pub struct Basis {
    #[cfg(not(target_arch = "wasm32"))]
    basis: StatedOrInferred,
}

/// Where a value comes from, in full.
#[derive(Clone, Copy, Debug)]
pub enum StatedOrInferred {
    /// A source states it.
    Stated(&'static [Citation]),
    /// No source states it; this is why the value was chosen.
    Inferred(&'static str),
}

#[cfg(not(target_arch = "wasm32"))]
impl Basis {
    const fn new(basis: StatedOrInferred) -> Self {
        Self { basis }
    }

    /// Where the value comes from.
    #[must_use]
    pub const fn of(self) -> StatedOrInferred {
        self.basis
    }
}

#[cfg(target_arch = "wasm32")]
impl Basis {
    const fn new(_basis: StatedOrInferred) -> Self {
        Self {}
    }
}

/// A knob's value that a source states.
pub(super) const fn stated(setting: KnobSetting, sources: &'static [Citation]) -> ProfileSetting {
    ProfileSetting { setting: Setting::Knob(setting), basis: Basis::new(StatedOrInferred::Stated(sources)) }
}

/// A knob's value that was inferred, with the reason.
pub(super) const fn inferred(setting: KnobSetting, why: &'static str) -> ProfileSetting {
    ProfileSetting { setting: Setting::Knob(setting), basis: Basis::new(StatedOrInferred::Inferred(why)) }
}

/// A number or a list that a source states.
pub(super) const fn configured(id: &'static str, value: Constant, sources: &'static [Citation]) -> ProfileSetting {
    ProfileSetting { setting: Setting::Configuration(id, value), basis: Basis::new(StatedOrInferred::Stated(sources)) }
}

/// A number or a list that was inferred, with the reason.
pub(super) const fn inferred_configuration(id: &'static str, value: Constant, why: &'static str) -> ProfileSetting {
    ProfileSetting { setting: Setting::Configuration(id, value), basis: Basis::new(StatedOrInferred::Inferred(why)) }
}

/// A code ends where no source of a profile says when.
pub(super) const CODE_ENDS: ProfileSetting = inferred_configuration(
    "code_lifetime_s",
    Constant::Number(60),
    "The sources give no number. RFC 6749, section 4.1.2, recommends ten minutes at most, and a client comes back with \
        its code within seconds.",
);

/// An access token ends where no source of a profile says when.
pub(super) const ACCESS_TOKEN_ENDS: ProfileSetting = inferred_configuration(
    "access_token_lifetime_s",
    Constant::Number(3600),
    "The sources give no number. An hour bounds what a lost access token is good for, and is what most servers start \
        with.",
);

impl Profile {
    /// The knobs and the configuration of this profile, its base first.
    #[must_use]
    pub fn values(&self) -> (Knobs, Configuration) {
        let (mut knobs, mut configuration) = self.base.map(Profile::values).unwrap_or_default();
        for entry in self.settings {
            match entry.setting {
                Setting::Knob(setting) => knobs.set(setting),
                Setting::Configuration(id, value) => {
                    // A test checks that every id in the profiles' tables exists with this kind.
                    let _known = configuration.set(id, value.into());
                }
            }
        }
        (knobs, configuration)
    }
}
