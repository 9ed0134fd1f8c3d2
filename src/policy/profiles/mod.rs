//! The profiles, one file each.

use super::profile::Profile;

macro_rules! profiles {
    ( $( $module:ident ),+ $(,)? ) => {
        $( mod $module; )+

        /// Every profile, in alphabetical order.
        pub static PROFILES: &[&Profile] = &[ $( &$module::PROFILE ),+ ];
    };
}

profiles! {
    aol,
    oauth2,
    openid_core,
}

/// The profile of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Profile> {
    PROFILES.iter().copied().find(|profile| profile.name == name)
}
