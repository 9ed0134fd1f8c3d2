//! Auth0.

use crate::policy::configuration::Constant;
use crate::policy::knobs::*;
use crate::policy::profile::{ACCESS_TOKEN_ENDS, CODE_ENDS, Profile, ProfileKind, about, configured, inferred, stated};
use crate::sources::{AUTH0_CONSENT, AUTH0_REFRESH};

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "auth0",
    kind: ProfileKind::Vendor,
    about: about("Auth0", "offline_access is an ordinary scope, if the API allows offline access at all.", &[AUTH0_REFRESH.whole(), AUTH0_CONSENT.whole()]),
    base: None,
    settings: &[
        stated(KnobSetting::OfflineRequest(OfflineRequest::Scope), &[AUTH0_REFRESH.whole()]),
        stated(
            KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent),
            &[AUTH0_REFRESH.whole(), AUTH0_CONSENT.whole()],
        ),
        stated(KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::No), &[AUTH0_REFRESH.whole()]),
        inferred(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::Always),
            "Consent is kept per user, application and API, whatever the kind of client.",
        ),
        stated(
            KnobSetting::ClientSideErrors(ClientSideErrors::Fragment),
            &[AUTH0_CONSENT.at("Handle rejected permissions", "")],
        ),
        configured(
            "max_refresh_tokens_per_client_and_user",
            Constant::Number(200),
            &[AUTH0_REFRESH.at("Limitations", "")],
        ),
        ACCESS_TOKEN_ENDS,
        CODE_ENDS,
    ],
};
