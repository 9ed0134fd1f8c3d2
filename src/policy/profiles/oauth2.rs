//! RFC 6749.

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, stated};
use crate::sources::RFC_6749;

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "oauth2",
    title: "OAuth 2.0, RFC 6749",
    character: "A refresh token is the server's choice; no request asks for one.",
    base: None,
    sources: &[RFC_6749.whole()],
    settings: &[stated(
        KnobSetting::UnknownScope(UnknownScope::Error),
        &[RFC_6749.at("section 4.1.2.1", "section-4.1.2.1")],
    )],
};
