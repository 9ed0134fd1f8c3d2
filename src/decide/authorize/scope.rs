//! Fourth stage: which scopes can be asked for, and of which grant?

use super::access::reading;
use super::admitted::{AskedWords, Channel, page};
use super::facts::{AskedWord, AuthorizeFacts, Condition, GrantAction, GrantId, Hint, MaxAge, ScopeStanding};
use super::verdict::IgnoredParameters;
use super::vocabulary::{asks_consent, asks_offline_scope, asks_online_scope, foreign_scope_asked, words};
use crate::decide::reason::Reason;
use crate::decide::refusal::Refusal;
use crate::decide::rule::{Noted, Told};
use crate::decide::words::is_offline_scope;
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::error::ErrorCode;
use crate::oauth::response::ResponseType;
use crate::oauth::scope::{OFFLINE_ACCESS, REFRESH_TOKEN};
use crate::policy::knobs::{
    BothOnlineOffline, BrowserRequiresOnlineAccess, EmptyScope, ForeignAccessScope, GrantManagementActionRequired,
    GrantModel, IdTokenNeedsOpenid, Knobs, OfflineScopeWithoutCode, OfflineWithoutConsent, OnlineAccessScope,
    OpenidConnect, ScopeNotAllowed, UnknownScope,
};
use crate::sources::{
    BETTER_AUTH, GOOGLE_WEB_SERVER, GRANT_MANAGEMENT, GRIVE_7, HOLOVIZ_PANEL_5815, INCREMENTAL_04, OAUTH2_SERVER_PHP,
    OIDC_PROVIDER, ONLINE_ACCESS, OPENID_CORE, RFC_6749, TRAEFIKOIDC_44,
};

rules! {
    /// Which scopes can be asked for, and of which grant.
    ScopeRule;
    ScopeMalformed = "scope.malformed", Must, "A scope with a character that the syntax does not have is invalid.", [RFC_6749.at("section 3.3", "section-3.3")], of [scope];
    ScopeOmitted = "scope.omitted", Must, "A request without scope gets the default, or fails where there is none.", [RFC_6749.at("section 3.3", "section-3.3")], of [scope];
    ScopeOverbroad = "scope.overbroad", May, "A request for too many scopes at once is refused.", [INCREMENTAL_04.at("section 8.2", "section-8.2")], of [scope];
    ForeignRefused = "scope.foreign_refused", Vendor, "No scope asks for offline or online access here, and the user is told; access_type=offline is the way there.", [GOOGLE_WEB_SERVER.at("Set authorization parameters", "creatingclient"), HOLOVIZ_PANEL_5815.whole(), TRAEFIKOIDC_44.whole(), GRIVE_7.whole()], of [scope];
    ScopeUnknownRefused = "scope.unknown_refused", Must, "A scope that the server does not know makes the request invalid.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1")], of [scope];
    ScopeUnknownIgnored = "scope.unknown_ignored", Should, "A scope that the server does not know is ignored.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [scope];
    ScopeNarrowed = "scope.narrowed", May, "The server may narrow the scope by its policy, and then says so.", [RFC_6749.at("section 3.3", "section-3.3")], of [scope];
    ScopeNotAllowed = "scope.not_allowed", Must, "A scope that the client may not have makes the request invalid; one that counts for nothing anyway does not.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1"), OIDC_PROVIDER.whole(), OAUTH2_SERVER_PHP.whole(), BETTER_AUTH.whole()], of [scope];
    ScopeEmpty = "scope.empty", Vendor, "No scope is left, and the request goes on without one.", [OIDC_PROVIDER.whole(), OAUTH2_SERVER_PHP.whole()], of [scope];
    OpenidMissing = "request.openid_missing", Must, "An ID Token is returned only to a request with the scope openid.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [scope, response_type];
    OpenidParameters = "request.openid_parameters", Vendor, "max_age, nonce and id_token_hint are for requests with the scope openid.", [OIDC_PROVIDER.whole()], of [scope, max_age, nonce, id_token_hint];
    OpenidNotNeeded = "request.openid_not_needed", Vendor, "The response type alone asks for an ID Token.", [OAUTH2_SERVER_PHP.whole()], of [scope, response_type];
    BothAccesses = "scope.online_and_offline", Inferred, "online_access and offline_access in one request contradict each other.", [ONLINE_ACCESS.whole()], of [scope];
    OnlineAccessRequired = "scope.online_access_required", Inferred, "A single-page application is required to ask for online_access.", [ONLINE_ACCESS.whole()], of [scope];
    GrantManagementUnsupported = "request.grant_management_unsupported", Must, "An unrecognised parameter is ignored; grant management is none of this policy's.", [RFC_6749.at("section 3.1", "section-3.1")], of [grant_management_action, grant_id];
    GrantManagementInvalid = "grant.request_invalid", Must, "The grant management parameters do not fit each other, the client or what the server offers.", [GRANT_MANAGEMENT.at("sections 5.1 and 5.4", "")], of [grant_management_action, grant_id];
    GrantIdInvalid = "grant.id_invalid", Must, "grant_id names no live grant of this user and this client.", [GRANT_MANAGEMENT.at("section 5.4", "")], of [grant_id];
}

type Check<T = ()> = Result<T, Refusal<ScopeRule>>;

/// Checks the scopes, and says what is left of the words for offline and online access; whether one is set aside as a
/// scope that the server does not know stands beside it.
pub(super) fn check<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    response_type: ResponseType,
) -> Told<Check<(AskedWords, IgnoredParameters)>, ScopeRule> {
    Told::by(|noted| {
        standing(policy, facts, channel, response_type, noted)?;
        openid(policy, facts, channel, response_type, noted)?;
        let foreign_scopes = foreign(policy, facts, channel, noted)?;
        accesses(policy, facts, channel, response_type)?;
        Ok((words(policy, facts), IgnoredParameters { foreign_scopes, ..IgnoredParameters::default() }))
    })
}

/// Checks the parameters of grant management.
pub(super) fn grants<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
) -> Told<Check<IgnoredParameters>, ScopeRule> {
    Told::by(|noted| {
        let grant_management = grant_management(policy, facts, channel, noted)?;
        Ok(IgnoredParameters { grant_management, ..IgnoredParameters::default() })
    })
}

fn standing<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    response_type: ResponseType,
    noted: &mut Noted<ScopeRule>,
) -> Check {
    let invalid = |rule| Err(channel.refuse(ErrorCode::InvalidScope, rule));
    let emptied_by = match facts.scope() {
        ScopeStanding::Fine => return Ok(()),
        ScopeStanding::Default => {
            noted.note(ScopeRule::ScopeOmitted);
            return Ok(());
        }
        ScopeStanding::Omitted => ScopeRule::ScopeOmitted,
        ScopeStanding::Malformed => return invalid(ScopeRule::ScopeMalformed),
        ScopeStanding::Overbroad => return Err(channel.refuse(ErrorCode::OverbroadScope, ScopeRule::ScopeOverbroad)),
        ScopeStanding::SomeUnknown | ScopeStanding::NoneKnown if policy.unknown_scope == UnknownScope::Error => {
            return invalid(ScopeRule::ScopeUnknownRefused);
        }
        ScopeStanding::SomeUnknown
        | ScopeStanding::SomeNotAllowed
        | ScopeStanding::NoneKnown
        | ScopeStanding::NoneAllowed
            if policy.scope_not_allowed == ScopeNotAllowed::Error && is_not_allowed(policy, facts, response_type) =>
        {
            return invalid(ScopeRule::ScopeNotAllowed);
        }
        ScopeStanding::SomeUnknown => {
            noted.note(ScopeRule::ScopeUnknownIgnored);
            return Ok(());
        }
        ScopeStanding::SomeNotAllowed => {
            noted.note(ScopeRule::ScopeNarrowed);
            return Ok(());
        }
        ScopeStanding::NoneKnown => ScopeRule::ScopeUnknownIgnored,
        ScopeStanding::NoneAllowed => ScopeRule::ScopeNarrowed,
    };
    match policy.empty_scope {
        EmptyScope::InvalidScope => invalid(emptied_by),
        EmptyScope::AccessDenied | EmptyScope::Issue => {
            noted.note(ScopeRule::ScopeEmpty);
            Ok(())
        }
    }
}

/// Whether a scope is asked for that the client may not have. A request for offline access that the request itself makes
/// void is not held against it.
fn is_not_allowed<F: AuthorizeFacts>(policy: &Knobs, facts: &F, response_type: ResponseType) -> bool {
    let words = [
        (is_offline_scope(policy, OFFLINE_ACCESS), facts.asks_offline_access()),
        (is_offline_scope(policy, REFRESH_TOKEN), facts.asks_refresh_token_scope()),
        (false, facts.asks_online_access()),
    ];
    let counts = |is_offline: bool| !is_offline || !offline_is_void(policy, facts, response_type);
    facts.ordinary_not_allowed()
        || words.into_iter().any(|(is_offline, asked)| asked == AskedWord::NotAllowed && counts(is_offline))
}

/// Whether offline access is ignored whatever else is known: no code is returned for it, or prompt lacks consent.
fn offline_is_void<F: AuthorizeFacts>(policy: &Knobs, facts: &F, response_type: ResponseType) -> bool {
    let lacks_consent = || {
        reading(policy, facts) == OfflineWithoutConsent::Ignore
            && !asks_consent(policy, facts)
            && facts.condition() != Condition::Offline
    };
    let lacks_code =
        !response_type.returns_code() && policy.offline_scope_without_code == OfflineScopeWithoutCode::Dropped;
    lacks_code || lacks_consent()
}

/// What the scope openid is needed for.
fn openid<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    response_type: ResponseType,
    noted: &mut Noted<ScopeRule>,
) -> Check {
    // A server without OpenID Connect has no such response type, and reads no such parameter.
    if policy.openid_connect == OpenidConnect::No || facts.openid() {
        return Ok(());
    }
    let returns_id_token = response_type.returns_id_token();
    match policy.id_token_needs_openid {
        IdTokenNeedsOpenid::Granted if returns_id_token => {
            Err(channel.refuse(ErrorCode::InvalidScope, ScopeRule::OpenidMissing))
        }
        IdTokenNeedsOpenid::Requested if returns_id_token => {
            Err(channel.refuse(ErrorCode::InvalidRequest, ScopeRule::OpenidMissing))
        }
        IdTokenNeedsOpenid::Requested
            if facts.nonce() || facts.max_age() != MaxAge::Absent || facts.hint() != Hint::Absent =>
        {
            Err(channel.refuse(ErrorCode::InvalidRequest, ScopeRule::OpenidParameters))
        }
        IdTokenNeedsOpenid::Nothing if returns_id_token => {
            noted.note(ScopeRule::OpenidNotNeeded);
            Ok(())
        }
        IdTokenNeedsOpenid::Granted | IdTokenNeedsOpenid::Requested | IdTokenNeedsOpenid::Nothing => Ok(()),
    }
}

/// A scope that means offline or online access elsewhere is none of a server's that knows no such scope, unless its
/// configuration names it: the server must not seem to offer what it does not act on.
fn foreign<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    noted: &mut Noted<ScopeRule>,
) -> Check<bool> {
    if !foreign_scope_asked(policy, facts) {
        return Ok(false);
    }
    match (policy.foreign_access_scope, policy.unknown_scope) {
        (ForeignAccessScope::ErrorPage, _) => Err(page(Some(ErrorCode::InvalidScope), ScopeRule::ForeignRefused)),
        (ForeignAccessScope::UnknownScope, UnknownScope::Error) => {
            Err(channel.refuse(ErrorCode::InvalidScope, ScopeRule::ScopeUnknownRefused))
        }
        (ForeignAccessScope::UnknownScope, UnknownScope::Ignore) => {
            noted.note(ScopeRule::ScopeUnknownIgnored);
            Ok(true)
        }
    }
}

fn accesses<F: AuthorizeFacts>(policy: &Knobs, facts: &F, channel: Channel, response_type: ResponseType) -> Check {
    let invalid = |rule| Err(channel.refuse(ErrorCode::InvalidScope, rule));
    if policy.online_access_scope == OnlineAccessScope::No {
        return Ok(());
    }
    if policy.browser_requires_online_access == BrowserRequiresOnlineAccess::Error
        && response_type.returns_code()
        && facts.application_type() == ApplicationType::Browser
        && !asks_online_scope(policy, facts)
    {
        return invalid(ScopeRule::OnlineAccessRequired);
    }
    if policy.both_online_offline == BothOnlineOffline::Error
        && asks_online_scope(policy, facts)
        && asks_offline_scope(policy, facts)
    {
        return invalid(ScopeRule::BothAccesses);
    }
    Ok(())
}

fn grant_management<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    noted: &mut Noted<ScopeRule>,
) -> Check<Option<Reason>> {
    let sent = facts.grant_action() != GrantAction::Absent || facts.grant_id() != GrantId::Absent;
    if policy.grant_model != GrantModel::Multiple {
        return Ok(sent.then(|| {
            noted.note(ScopeRule::GrantManagementUnsupported);
            Reason::Unsupported
        }));
    }
    let invalid = Err(channel.refuse(ErrorCode::InvalidRequest, ScopeRule::GrantManagementInvalid));
    if sent && facts.client_type() == ClientType::Public {
        return invalid;
    }
    match (facts.grant_action(), facts.grant_id()) {
        (GrantAction::Absent, GrantId::Absent) => match policy.grant_management_action_required {
            GrantManagementActionRequired::Yes => invalid,
            GrantManagementActionRequired::No => Ok(None),
        },
        (GrantAction::Absent | GrantAction::Create, GrantId::Theirs | GrantId::NotTheirs)
        | (GrantAction::Merge | GrantAction::Replace, GrantId::Absent)
        | (GrantAction::Unsupported, _) => invalid,
        (GrantAction::Create, GrantId::Absent) | (GrantAction::Merge | GrantAction::Replace, GrantId::Theirs) => {
            Ok(None)
        }
        (GrantAction::Merge | GrantAction::Replace, GrantId::NotTheirs) => {
            Err(channel.refuse(ErrorCode::InvalidGrantId, ScopeRule::GrantIdInvalid))
        }
    }
}
