//! What must hold for every request, every policy and every situation.
//!
//! Each property is stated in words above its test. Inputs are drawn at random, biased towards what matters: real
//! parameter names, broken encoding, repeated and over-long parameters, every profile, overridden knobs.

#![cfg(not(target_arch = "wasm32"))]

mod calls;
mod endpoints;
#[path = "../shared/handed_over.rs"]
mod handed_over;
mod input;
mod possible;
mod requests;
mod responses;
mod screens;
mod situations;
mod vocabularies;
