//! What must also hold inside WebAssembly, in Node and in a browser.
#![cfg(target_arch = "wasm32")]

use grantwise::policy::Policy;
use grantwise::policy::profiles::PROFILES;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn every_profile_makes_a_policy() {
    assert_eq!(PROFILES.len(), 23);
    for profile in PROFILES {
        assert_eq!(Policy::from(*profile).profile.name, profile.name);
    }
}
