//! RFC 7009 on RFC 6749. What the RFC leaves open (the grant, the refresh token of a revoked access token, the error
//! code for a token of another client) stays at the defaults of the knobs.

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, stated};
use crate::sources::RFC_7009;

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "rfc7009",
    kind: ProfileKind::Standard,
    about: about("OAuth 2.0 Token Revocation, RFC 7009", "A revoked refresh token takes its access tokens with it; how far it goes beyond that is policy.", &[RFC_7009.whole()]),
    base: Some(&super::oauth2::PROFILE),
    settings: &[stated(
        KnobSetting::SupportsAccessTokenRevocation(SupportsAccessTokenRevocation::Yes),
        &[RFC_7009.at("section 2", "section-2")],
    )],
};
