//! RFC 6749 alone. It knows neither sessions nor OpenID Connect; offline_access is asked for like any other scope.

use crate::policy::knobs::*;
use crate::policy::profile::{ACCESS_TOKEN_ENDS, CODE_ENDS, Profile, ProfileKind, about, inferred, stated};
use crate::sources::RFC_6749;

/// See the module.
pub(super) static PROFILE: Profile = Profile {
    name: "oauth2",
    kind: ProfileKind::Standard,
    about: about("OAuth 2.0, RFC 6749", "A refresh token is the server's choice; no request asks for one.", &[RFC_6749.whole()]),
    base: None,
    settings: &[
        inferred(
            KnobSetting::OfflineRequest(OfflineRequest::Scope),
            "RFC 6749 has no word for it, and leaves scopes to the server; a server that knows offline_access means by \
                it what OpenID Connect means.",
        ),
        inferred(
            KnobSetting::OfflineWithoutConsent(OfflineWithoutConsent::ShowConsent),
            "The rule on prompt=consent is OpenID Connect's; here the scope is asked for like any other.",
        ),
        inferred(
            KnobSetting::RefreshTokenWithoutOffline(RefreshTokenWithoutOffline::Yes),
            "Issuing a refresh token is the server's choice (section 1.5); this profile issues one with every code.",
        ),
        inferred(
            KnobSetting::DefaultRefreshTokenBinding(DefaultRefreshTokenBinding::UntilRevoked),
            "RFC 6749 knows no session that a refresh token could end with.",
        ),
        stated(
            KnobSetting::PublicAutoApproval(PublicAutoApproval::Never),
            &[RFC_6749.at("section 10.2", "section-10.2")],
        ),
        stated(KnobSetting::UnknownScope(UnknownScope::Error), &[RFC_6749.at("section 4.1.2.1", "section-4.1.2.1")]),
        stated(
            KnobSetting::UnknownResponseTypePlacement(UnknownResponseTypePlacement::Query),
            &[RFC_6749.at("section 3.1.1", "section-3.1.1"), RFC_6749.at("section 4.1.2.1", "section-4.1.2.1")],
        ),
        stated(
            KnobSetting::ClientSideErrors(ClientSideErrors::Fragment),
            &[RFC_6749.at("section 4.2.2.1", "section-4.2.2.1")],
        ),
        stated(KnobSetting::AllowImplicit(AllowImplicit::Yes), &[RFC_6749.at("section 4.2", "section-4.2")]),
        ACCESS_TOKEN_ENDS,
        CODE_ENDS,
    ],
};
