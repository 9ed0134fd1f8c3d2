//! Fourth stage: which scopes can be asked for, and of which grant?

use super::admitted::{AskedWords, Channel, page};
use super::facts::{AuthorizeFacts, GrantAction, GrantId, ScopeStanding};
use super::verdict::IgnoredParameters;
use super::vocabulary::{asks_offline_scope, asks_online_scope, foreign_scope_asked, words};
use crate::decide::reason::Reason;
use crate::decide::refusal::Refusal;
use crate::decide::rule::{Noted, Told};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::error::ErrorCode;
use crate::oauth::response::ResponseType;
use crate::policy::knobs::{
    BothOnlineOffline, BrowserRequiresOnlineAccess, ForeignAccessScope, GrantManagementActionRequired, GrantModel,
    Knobs, OnlineAccessScope, UnknownScope,
};
use crate::sources::{
    GOOGLE_WEB_SERVER, GRANT_MANAGEMENT, GRIVE_7, HOLOVIZ_PANEL_5815, INCREMENTAL_04, ONLINE_ACCESS, OPENID_CORE,
    RFC_6749, TRAEFIKOIDC_44,
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
    OpenidMissing = "request.openid_missing", Must, "An ID Token is returned only to a request with the scope openid.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [scope, response_type];
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
    match facts.scope() {
        ScopeStanding::Fine => {}
        ScopeStanding::Default => noted.note(ScopeRule::ScopeOmitted),
        ScopeStanding::Omitted => return invalid(ScopeRule::ScopeOmitted),
        ScopeStanding::Malformed => return invalid(ScopeRule::ScopeMalformed),
        ScopeStanding::Overbroad => return Err(channel.refuse(ErrorCode::OverbroadScope, ScopeRule::ScopeOverbroad)),
        ScopeStanding::SomeUnknown | ScopeStanding::NoneKnown if policy.unknown_scope == UnknownScope::Error => {
            return invalid(ScopeRule::ScopeUnknownRefused);
        }
        ScopeStanding::SomeUnknown => noted.note(ScopeRule::ScopeUnknownIgnored),
        ScopeStanding::SomeNotAllowed => noted.note(ScopeRule::ScopeNarrowed),
        ScopeStanding::NoneKnown => return invalid(ScopeRule::ScopeUnknownIgnored),
        ScopeStanding::NoneAllowed => return invalid(ScopeRule::ScopeNarrowed),
    }
    if response_type.returns_id_token() && !facts.openid() {
        return invalid(ScopeRule::OpenidMissing);
    }
    Ok(())
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
