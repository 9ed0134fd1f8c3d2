//! The policies that are explored: those that ship, and those with one knob changed.

use grantwise::explore::invariants;
use grantwise::policy::knobs::{KNOBS, KnobSetting, Knobs, OptionValue};
use grantwise::policy::profile::Profile;

/// A policy with a name.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) profile: &'static Profile,
    /// The knob that is changed.
    pub(crate) changed: Option<KnobSetting>,
    pub(crate) knobs: Knobs,
}

/// The profiles as they are.
pub(crate) fn shipped(profiles: &[&'static Profile]) -> Vec<Named> {
    let named = |profile: &&'static Profile| Named {
        name: profile.name.to_owned(),
        profile,
        changed: None,
        knobs: profile.values().0,
    };
    profiles.iter().map(named).collect()
}

/// Every profile with each other value of every knob.
pub(crate) fn with_each_knob(profiles: &[&'static Profile]) -> Vec<Named> {
    profiles.iter().flat_map(|profile| variants(profile)).collect()
}

/// Where the profiles all agree whether an invariant is claimed of them, one of them with a knob changed that does not: what
/// is claimed is checked somewhere, and what it denies is seen somewhere.
pub(crate) fn for_what_no_profile_has(profiles: &[&'static Profile]) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for invariant in invariants().filter(|invariant| invariant.under.is_some()) {
        for claimed in [true, false] {
            let fits = |knobs: &Knobs| invariant.is_claimed(knobs) == claimed;
            let shipped = profiles.iter().any(|profile| fits(&profile.values().0));
            if shipped || found.iter().any(|policy| fits(&policy.knobs)) {
                continue;
            }
            let mut all = profiles.iter().flat_map(|profile| variants(profile));
            found.extend(all.find(|policy| fits(&policy.knobs)));
        }
    }
    found
}

/// A profile with each other value of every knob.
fn variants(profile: &'static Profile) -> impl Iterator<Item = Named> {
    let shipped = profile.values().0;
    KNOBS.iter().flat_map(|knob| KnobSetting::all(knob.id)).filter_map(move |setting| {
        let mut knobs = shipped;
        knobs.set(setting);
        let name = format!("{} with {} = {}", profile.name, setting.id(), written(setting));
        (knobs != shipped).then_some(Named { name, profile, changed: Some(setting), knobs })
    })
}

/// The value of a setting, as it is written in a policy.
pub(crate) fn written(setting: KnobSetting) -> String {
    match setting.option() {
        OptionValue::Flag(flag) => flag.to_string(),
        OptionValue::Word(word) => word.to_owned(),
    }
}
