//! OAuth 2.0 for Browser-Based Applications on RFC 6749, for a client that runs in the browser alone (section 6.3).

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, stated};
use crate::sources::{BROWSER_BASED_APPS, Citation, RFC_9700};

const REFRESH_TOKENS: Citation = BROWSER_BASED_APPS.at("section 6.3.2.3", "section-6.3.2.3");

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "browser-based-apps",
    kind: ProfileKind::Standard,
    about: about("OAuth 2.0 for Browser-Based Applications", "The refresh token of a single-page application rotates and ends with the session.", &[BROWSER_BASED_APPS.at("section 6.3", "section-6.3")]),
    base: Some(&super::oauth2::PROFILE),
    settings: &[
        stated(KnobSetting::DefaultRefreshTokenBinding(DefaultRefreshTokenBinding::Session), &[REFRESH_TOKENS]),
        stated(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::ExactHttps),
            &[BROWSER_BASED_APPS.at("section 6.3.3.2", "section-6.3.3.2")],
        ),
        stated(KnobSetting::RefreshTokenRotation(RefreshTokenRotation::Public), &[REFRESH_TOKENS]),
        stated(
            KnobSetting::RequirePkcePublic(RequirePkcePublic::Yes),
            &[RFC_9700.at("section 2.1.1", "section-2.1.1")],
        ),
        stated(KnobSetting::PkcePlain(PkcePlain::Refuse), &[RFC_9700.at("section 2.1.1", "section-2.1.1")]),
        stated(KnobSetting::AllowImplicit(AllowImplicit::No), &[RFC_9700.at("section 2.1.2", "section-2.1.2")]),
    ],
};
