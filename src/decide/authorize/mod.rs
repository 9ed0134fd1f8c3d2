//! The engine of the authorization endpoint: is the request in order, who is answered for, does offline or online
//! access stand, is the user asked and what do they say, and which tokens come out?

pub mod access;
pub mod address;
pub mod admitted;
pub mod answer;
pub mod aspect;
pub mod authentication;
pub mod component;
pub mod consent;
pub mod engine;
pub mod facts;
mod forget;
mod impossible;
mod pace;
pub mod part;
pub mod prior;
pub mod request;
pub mod scope;
pub mod tokens;
pub mod vendor;
pub mod verdict;
pub mod vocabulary;
