//! Third stage: does the request for offline or online access stand?

use super::Halt;
use super::consent::silent_refusal;
use super::facts::{Condition, Facts, Launch, OrdinaryScopes, PriorGrant, SavedConsent};
use super::request::Admitted;
use super::rule::Trace;
use super::verdict::{Access, Reason, Verdict};
use super::vocabulary::{OfflineAsked, offline_asked, offline_granted_before, ordinary_scopes, prompts};
use crate::oauth::client::ApplicationType;
use crate::oauth::error::ErrorCode;
use crate::policy::knobs::{
    ApplyToPlainOauth, BothOnlineOffline, BrowserRequiresOnlineAccess, HonourOnlineAccess, HybridOffline,
    IssueRefreshTokens, Knobs, NativeExplicitConsent, NoCodeReason, OfflineWithoutConsent, OnlineAccessScope,
    PromptNoneWithOffline, ResourceAllowsOffline, SavedConsentIsCondition, SmartOnlineAccessStandalone,
    UnregisteredRefreshGrant,
};
use crate::sources::{
    AUTH0_REFRESH, GDPR, GOOGLE_2011, ISSUE_539, KEYCLOAK_OFFLINE, MICROSOFT_SCOPES, OIDC_PROVIDER, OKTA_REFRESH,
    ONLINE_ACCESS, OPENID_CORE, OPENID_REGISTRATION, OPENIDDICT, RFC_6749, RFC_9700, SMART,
};

rules! {
    from 60 to 90;
    NO_CODE = "offline.no_code", Must, "Offline access is ignored unless the response type returns a code, for only a code is redeemed for a refresh token.", [OPENID_CORE.at("section 11, bullet 2", "OfflineAccess"), ISSUE_539.at("comment 6 (G. Fletcher), bullet 2", ""), RFC_6749.at("section 4.2.2", "section-4.2.2"), GOOGLE_2011.at("change 2", "")];
    FRONT_CHANNEL = "offline.front_channel_access_token", Should, "Offline access is ignored when an access token passes through the browser.", [OPENID_CORE.at("section 17.4", "OfflineAccessPrivacy")];
    REFRESH_GRANT_NOT_REGISTERED = "offline.refresh_grant_not_registered", Inferred, "A client that did not register the grant type refresh_token gets none.", [OPENID_REGISTRATION.at("section 2", "ClientMetadata"), OIDC_PROVIDER.whole(), OPENIDDICT.whole()];
    RISK_DECLINES = "offline.risk_declines", Must, "The server decides by a risk assessment whether a client gets refresh tokens.", [RFC_9700.at("section 4.14.2", "section-4.14.2")];
    CLIENT_NOT_ELIGIBLE = "offline.client_not_eligible", Vendor, "The server decides which types of clients may have offline or online access.", [SMART.whole()];
    USER_NOT_ELIGIBLE = "offline.user_not_eligible", Vendor, "The user needs the role that permits offline access.", [KEYCLOAK_OFFLINE.whole()];
    API_DISALLOWS = "offline.api_disallows", Vendor, "The API decides whether it allows offline access.", [AUTH0_REFRESH.whole()];
    ONLINE_WINS = "offline.online_wins", Inferred, "Of online_access and offline_access, the first comes before the second.", [ONLINE_ACCESS.whole()];
    OTHER_CONDITION = "offline.other_condition", Must, "Another condition for processing permits offline access to the requested resources, and stands in for the prompt.", [OPENID_CORE.at("section 11, bullet 1", "OfflineAccess"), ISSUE_539.at("comment 7 (N. Sakimura)", "")];
    ADMINISTRATIVE_CONSENT = "offline.administrative_consent", Inferred, "An administrator's earlier consent to offline access, or another condition on record, is a condition for processing.", [OPENID_CORE.at("sections 3.1.2.4 and 11", "Consent")];
    CONSENT_PROMPTED = "offline.consent_prompted", Must, "prompt contains consent, so offline access is asked for on the page.", [OPENID_CORE.at("section 11, bullets 1 and 3", "OfflineAccess"), ISSUE_539.at("comment 6 (G. Fletcher), bullet 1", "")];
    CONSENT_NOT_VALID = "offline.consent_not_valid", Inferred, "Pressing accept does not always constitute valid consent, and then cannot permit offline access.", [OPENID_CORE.at("section 17.4", "OfflineAccessPrivacy"), ISSUE_539.at("comment 7 (N. Sakimura)", ""), GDPR.at("articles 4(11) and 7", "")];
    INSTALL_IS_CONSENT = "offline.install_is_consent", Should, "Installing an app of the server's own organisation is consent; for native apps the page is a SHOULD.", [ISSUE_539.at("comment 6 (G. Fletcher), rationale 4", ""), OPENID_CORE.at("section 11, bullet 4", "OfflineAccess")];
    SAVED_CONSENT = "offline.saved_consent", Inferred, "A saved consent that covered offline access counts as a condition for processing.", [OPENID_CORE.at("section 11, bullet 3", "OfflineAccess")];
    PROMPT_LACKS_CONSENT = "offline.prompt_lacks_consent", Must, "offline_access is ignored when prompt does not contain consent and no other condition permits it.", [OPENID_CORE.at("section 11, bullet 1", "OfflineAccess"), ISSUE_539.at("comment 6 (G. Fletcher), bullet 1", "")];
    PROMPT_LACKS_CONSENT_REFUSED = "offline.prompt_lacks_consent_refused", Inferred, "offline_access without prompt=consent is an error.", [OPENID_CORE.at("section 11", "OfflineAccess")];
    SILENT_NOT_POSSIBLE = "offline.silent_not_possible", Inferred, "Consent to offline access cannot be had silently.", [OPENID_CORE.at("section 3.1.2.6", "AuthError")];
    ORDINARY_SCOPE = "offline.ordinary_scope", Vendor, "offline_access is an ordinary scope: the page appears where consent for it is missing.", [MICROSOFT_SCOPES.whole(), OKTA_REFRESH.whole(), KEYCLOAK_OFFLINE.whole()];
    ASKED_EVERY_TIME = "offline.asked_every_time", Vendor, "Offline access is asked for on the page every time.", [OIDC_PROVIDER.whole()];
    REQUESTED_BY_PARAMETER = "offline.requested_by_parameter", Vendor, "access_type=offline asks for a refresh token; online is the default.", [GOOGLE_2011.at("change 2", ""), ISSUE_539.at("comment 2 (Breno)", "")];
    NATIVE_DEFAULT = "offline.native_default", Vendor, "An installed app has offline access by default.", [ISSUE_539.at("comment 2 (Breno), principle 1", "")];
    ONLINE_DECLINED = "online.declined", May, "The server may decline online_access by its policy.", [ONLINE_ACCESS.whole()];
    ONLINE_STANDALONE = "online.standalone_launch", Inferred, "online_access belongs to a launch from the health record.", [SMART.whole()];
    ONLINE_ADDED = "online.added", Inferred, "A single-page application is treated as if it had asked for online_access.", [ONLINE_ACCESS.whole()];
    ONLINE_STANDS = "online.session_bound", Vendor, "online_access asks for a refresh token that ends with the user's session.", [ONLINE_ACCESS.whole(), SMART.whole()];
    OFFLINE_WINS = "online.offline_wins", Inferred, "Of online_access and offline_access, the second comes before the first.", [ONLINE_ACCESS.whole()];
    NOTHING_LEFT = "scope.nothing_left", Inferred, "When nothing is left of the requested scope, it is invalid.", [RFC_6749.at("section 3.3", "section-3.3")];
}

/// Offline and online access, as far as it is decided before the user is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Accesses {
    /// Offline access.
    pub(super) offline: Offline,
    /// Online access.
    pub(super) online: Access,
    /// online_access was added.
    pub(super) online_added: bool,
}

/// The request for offline access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Offline {
    /// Not asked for.
    NotAsked,
    /// Set aside.
    Ignored(OfflineAsked, Reason),
    /// It stands.
    Standing(OfflineAsked, Consent),
}

/// What permits offline access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Consent {
    /// The page that is shown because prompt contains consent.
    Prompted,
    /// The page, where consent is missing.
    Ordinary,
    /// The page, every time.
    EveryTime,
    /// Something other than the page.
    InPlace,
}

/// Decides offline and online access.
pub(super) fn decide<F: Facts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    verdict: &mut Verdict,
) -> Result<Accesses, Halt> {
    let trace = &mut verdict.trace;
    let online_asked = online_asked(policy, facts, admitted, trace);
    let online = online(policy, facts, admitted, online_asked, trace);
    let offline = offline(policy, facts, admitted, online, trace)?;
    let online = match (online, offline, policy.both_online_offline) {
        (Access::Standing, Offline::Standing(..), BothOnlineOffline::OfflineWins) => {
            trace.note(OFFLINE_WINS);
            Access::Ignored(Reason::OfflineWins)
        }
        _ => online,
    };
    let scope_left = matches!(offline, Offline::Standing(OfflineAsked::Scope, _)) || online == Access::Standing;
    if ordinary_scopes(policy, facts) == OrdinaryScopes::NoneAsked && !scope_left {
        return Err(admitted.refusal(ErrorCode::InvalidScope, NOTHING_LEFT).into());
    }
    Ok(Accesses { offline, online, online_added: online_asked == OnlineAsked::Added })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum OnlineAsked {
    No,
    Asked,
    Added,
}

fn online_asked<F: Facts>(policy: &Knobs, facts: &F, admitted: &Admitted, trace: &mut Trace) -> OnlineAsked {
    if policy.online_access_scope == OnlineAccessScope::No {
        return OnlineAsked::No;
    }
    if facts.asks_online_access() {
        return OnlineAsked::Asked;
    }
    let adds = policy.browser_requires_online_access == BrowserRequiresOnlineAccess::Add
        && facts.application_type() == ApplicationType::Browser
        && admitted.response_type.returns_code();
    if adds {
        trace.note(ONLINE_ADDED);
        return OnlineAsked::Added;
    }
    OnlineAsked::No
}

fn online<F: Facts>(policy: &Knobs, facts: &F, admitted: &Admitted, asked: OnlineAsked, trace: &mut Trace) -> Access {
    if asked == OnlineAsked::No {
        return Access::NotAsked;
    }
    let (rule, reason) = if !admitted.response_type.returns_code() {
        (NO_CODE, no_code_reason(policy))
    } else if policy.honour_online_access == HonourOnlineAccess::No {
        (ONLINE_DECLINED, Reason::PolicyDeclines)
    } else if !facts.refresh_grant_registered() {
        (REFRESH_GRANT_NOT_REGISTERED, Reason::ClientLacksRefreshGrant)
    } else if policy.issue_refresh_tokens == IssueRefreshTokens::No {
        (RISK_DECLINES, Reason::PolicyDeclines)
    } else if !facts.client_eligible() {
        (CLIENT_NOT_ELIGIBLE, Reason::ClientNotEligible)
    } else if policy.smart_online_access_standalone == SmartOnlineAccessStandalone::Drop
        && facts.launch() == Launch::Standalone
    {
        (ONLINE_STANDALONE, Reason::PolicyDeclines)
    } else {
        trace.note(ONLINE_STANDS);
        return Access::Standing;
    };
    trace.note(rule);
    Access::Ignored(reason)
}

fn offline<F: Facts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    online: Access,
    trace: &mut Trace,
) -> Result<Offline, Halt> {
    let asked = offline_asked(policy, facts);
    if asked == OfflineAsked::No {
        return Ok(Offline::NotAsked);
    }
    if let Some((rule, reason)) = obstacle(policy, facts, admitted, asked, online) {
        trace.note(rule);
        if rule == REFRESH_GRANT_NOT_REGISTERED
            && asked == OfflineAsked::Scope
            && policy.unregistered_refresh_grant == UnregisteredRefreshGrant::Error
        {
            return Err(admitted.refusal(ErrorCode::InvalidRequest, rule).into());
        }
        return Ok(Offline::Ignored(asked, reason));
    }
    match asked {
        OfflineAsked::NativeDefault => {
            trace.note(NATIVE_DEFAULT);
            Ok(Offline::Standing(asked, Consent::InPlace))
        }
        OfflineAsked::Parameter => {
            trace.note(REQUESTED_BY_PARAMETER);
            if !facts.consent_valid() {
                trace.note(CONSENT_NOT_VALID);
                return Ok(Offline::Ignored(asked, Reason::ConsentNotValid));
            }
            Ok(Offline::Standing(asked, Consent::InPlace))
        }
        OfflineAsked::No | OfflineAsked::Scope => by_scope(policy, facts, admitted, trace),
    }
}

/// What keeps a client from offline access whatever the user says.
fn obstacle<F: Facts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    asked: OfflineAsked,
    online: Access,
) -> Option<(super::RuleNumber, Reason)> {
    let front_channel = admitted.response_type.returns_access_token()
        && policy.hybrid_offline == HybridOffline::IgnoreIfFrontChannelAccessToken;
    if !admitted.response_type.returns_code() {
        Some((NO_CODE, no_code_reason(policy)))
    } else if front_channel {
        Some((FRONT_CHANNEL, Reason::FrontChannelAccessToken))
    } else if !facts.refresh_grant_registered() {
        Some((REFRESH_GRANT_NOT_REGISTERED, Reason::ClientLacksRefreshGrant))
    } else if policy.issue_refresh_tokens == IssueRefreshTokens::No {
        Some((RISK_DECLINES, Reason::PolicyDeclines))
    } else if !facts.client_eligible() {
        Some((CLIENT_NOT_ELIGIBLE, Reason::ClientNotEligible))
    } else if !facts.user_may_have_offline() {
        Some((USER_NOT_ELIGIBLE, Reason::PolicyDeclines))
    } else if policy.resource_allows_offline == ResourceAllowsOffline::No {
        Some((API_DISALLOWS, Reason::ApiDisallowsOffline))
    } else if asked == OfflineAsked::Scope
        && online == Access::Standing
        && policy.both_online_offline == BothOnlineOffline::OnlineWins
    {
        Some((ONLINE_WINS, Reason::OnlineWins))
    } else {
        None
    }
}

/// OpenID Connect Core, section 11, and the readings that differ from it.
fn by_scope<F: Facts>(policy: &Knobs, facts: &F, admitted: &Admitted, trace: &mut Trace) -> Result<Offline, Halt> {
    let stands = |consent| Ok(Offline::Standing(OfflineAsked::Scope, consent));
    let ignored = |reason| Ok(Offline::Ignored(OfflineAsked::Scope, reason));
    if facts.condition() == Condition::Offline {
        trace.note(OTHER_CONDITION);
        return stands(Consent::InPlace);
    }
    let prompted = prompts(policy, facts).consent;
    let reading = reading(policy, facts);
    match reading {
        OfflineWithoutConsent::ShowConsent | OfflineWithoutConsent::AlwaysAsk => {
            if !facts.consent_valid() {
                trace.note(CONSENT_NOT_VALID);
                return ignored(Reason::ConsentNotValid);
            }
            if reading == OfflineWithoutConsent::AlwaysAsk {
                trace.note(ASKED_EVERY_TIME);
                return stands(Consent::EveryTime);
            }
            trace.note(ORDINARY_SCOPE);
            stands(Consent::Ordinary)
        }
        OfflineWithoutConsent::Ignore | OfflineWithoutConsent::Error if prompted => {
            if installed_by_user(policy, facts) {
                trace.note(INSTALL_IS_CONSENT);
                return stands(Consent::InPlace);
            }
            if !facts.consent_valid() {
                trace.note(CONSENT_NOT_VALID);
                return ignored(Reason::ConsentNotValid);
            }
            trace.note(CONSENT_PROMPTED);
            stands(Consent::Prompted)
        }
        OfflineWithoutConsent::Ignore | OfflineWithoutConsent::Error => {
            if administrative_consent(policy, facts) {
                trace.note(ADMINISTRATIVE_CONSENT);
                return stands(Consent::InPlace);
            }
            if saved_consent_counts(policy, facts) {
                trace.note(SAVED_CONSENT);
                return stands(Consent::InPlace);
            }
            if admitted.silent && policy.prompt_none_with_offline == PromptNoneWithOffline::Error {
                return Err(silent_refusal(policy, admitted, SILENT_NOT_POSSIBLE).into());
            }
            if reading == OfflineWithoutConsent::Error {
                return Err(admitted.refusal(ErrorCode::InvalidRequest, PROMPT_LACKS_CONSENT_REFUSED).into());
            }
            trace.note(PROMPT_LACKS_CONSENT);
            ignored(Reason::PromptLacksConsent)
        }
    }
}

/// Section 11 binds requests with openid, and plain OAuth requests where the policy says so.
fn reading<F: Facts>(policy: &Knobs, facts: &F) -> OfflineWithoutConsent {
    if policy.apply_to_plain_oauth == ApplyToPlainOauth::Yes || facts.openid() {
        policy.offline_without_consent
    } else {
        OfflineWithoutConsent::ShowConsent
    }
}

/// An app of the server's own organisation, which the user downloaded and installed.
pub(super) fn installed_by_user<F: Facts>(policy: &Knobs, facts: &F) -> bool {
    policy.native_explicit_consent == NativeExplicitConsent::SkipIfFirstPartyInstall
        && facts.application_type() == ApplicationType::Native
        && facts.first_party()
}

/// An administrator agreed to offline access for the user, or another condition for it is on record.
fn administrative_consent<F: Facts>(policy: &Knobs, facts: &F) -> bool {
    facts.prior_grant() == PriorGrant::ThisClient
        && facts.saved_consent() == SavedConsent::Administrative
        && offline_granted_before(policy, facts)
}

fn saved_consent_counts<F: Facts>(policy: &Knobs, facts: &F) -> bool {
    let covered = || facts.prior_grant() == PriorGrant::ThisClient && offline_granted_before(policy, facts);
    match policy.saved_consent_is_condition {
        SavedConsentIsCondition::No => false,
        SavedConsentIsCondition::Yes => covered(),
        SavedConsentIsCondition::IfRecent => covered() && facts.saved_consent() == SavedConsent::ExplicitRecent,
    }
}

const fn no_code_reason(policy: &Knobs) -> Reason {
    match policy.no_code_reason {
        NoCodeReason::NotCodeFlow => Reason::NotCodeFlow,
        NoCodeReason::ImplicitFlow => Reason::ImplicitFlow,
        NoCodeReason::ResponseTypeReturnsNoCode => Reason::ResponseTypeReturnsNoCode,
    }
}
