//! RFC 9700 on RFC 6749.

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, stated};
use crate::sources::RFC_9700;

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "security-bcp",
    kind: ProfileKind::Standard,
    about: about("OAuth 2.0 Security Best Current Practice, RFC 9700", "PKCE and rotation for public clients, and no implicit grant.", &[RFC_9700.whole()]),
    base: Some(&super::oauth2::PROFILE),
    settings: &[
        stated(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::Never),
            &[RFC_9700.at("section 4.1.1", "section-4.1.1")],
        ),
        stated(
            KnobSetting::RefreshTokenRotation(RefreshTokenRotation::Public),
            &[RFC_9700.at("section 2.2.2", "section-2.2.2"), RFC_9700.at("section 4.14.2", "section-4.14.2")],
        ),
        stated(
            KnobSetting::RequirePkcePublic(RequirePkcePublic::Yes),
            &[RFC_9700.at("section 2.1.1", "section-2.1.1")],
        ),
        stated(KnobSetting::PkcePlain(PkcePlain::Refuse), &[RFC_9700.at("section 2.1.1", "section-2.1.1")]),
        stated(KnobSetting::AllowImplicit(AllowImplicit::No), &[RFC_9700.at("section 2.1.2", "section-2.1.2")]),
    ],
};
