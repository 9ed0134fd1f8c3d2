//! RFC 8252 on RFC 6749: what a client that cannot keep a secret gets without a screen.

use crate::policy::knobs::*;
use crate::policy::profile::{Profile, ProfileKind, about, inferred, stated};
use crate::sources::RFC_8252;

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "native-apps",
    kind: ProfileKind::Standard,
    about: about("OAuth 2.0 for Native Apps, RFC 8252", "An app that cannot prove who it is never gets by on an earlier approval.", &[RFC_8252.at("section 8.6", "section-8.6")]),
    base: Some(&super::oauth2::PROFILE),
    settings: &[
        stated(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::Never),
            &[RFC_8252.at("section 8.6", "section-8.6")],
        ),
        inferred(
            KnobSetting::PromptNoneErrorCode(PromptNoneErrorCode::InteractionRequired),
            "RFC 8252 names no code; node-oidc-provider answers interaction_required when a native client must see a \
                screen.",
        ),
    ],
};
