//! Sixth stage: does the request for offline or online access stand?

use super::admitted::Admitted;
use super::facts::{AuthorizeFacts, Condition, Launch, OrdinaryScopes, SavedConsent};
use super::prior::{offline_granted_before, own_consent_counts, refusals_count};
use super::verdict::{Access, RestsOn};
use super::vocabulary::{OfflineAsked, is_openid, offline_asked, ordinary_scopes};
use crate::decide::reason::Reason;
use crate::decide::refusal::Refusal;
use crate::decide::rule::{Noted, Told};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::error::ErrorCode;
use crate::policy::knobs::{
    ApplyToPlainOauth, BothOnlineOffline, BrowserRequiresOnlineAccess, EmptyScope, HonourOnlineAccess, HybridOffline,
    IssueRefreshTokens, Knobs, NativeExplicitConsent, NoCodeReason, OfflineScopeWithoutCode, OfflineWithoutConsent,
    OnlineAccessScope, PromptConsentWithCondition, PromptNoneWithOffline, ResourceAllowsOffline,
    SavedConsentIsCondition, SmartOnlineAccessStandalone, UnregisteredRefreshGrant,
};
use crate::sources::{
    AUTH0_REFRESH, GDPR, GOOGLE_2011, ISSUE_539, KEYCLOAK_OFFLINE, MICROSOFT_SCOPES, OAUTH2_SERVER_PHP, OIDC_PROVIDER,
    OKTA_REFRESH, ONLINE_ACCESS, OPENID_CORE, OPENID_REGISTRATION, OPENIDDICT, RFC_6749, RFC_9700, SMART,
};

rules! {
    /// Whether the request for offline or online access stands.
    AccessRule;
    NoCode = "offline.no_code", Must, "Offline access is ignored unless the response type returns a code, for only a code is redeemed for a refresh token.", [OPENID_CORE.at("section 11, bullet 2", "OfflineAccess"), ISSUE_539.at("comment 6 (G. Fletcher), bullet 2", ""), RFC_6749.at("section 4.2.2", "section-4.2.2"), GOOGLE_2011.at("change 2", "")], of [response_type, scope, access_type];
    KeptWithoutCode = "offline.kept_without_code", Vendor, "Without a code the scope for offline access stays in the scope, and gives no refresh token.", [OAUTH2_SERVER_PHP.whole()], of [response_type, scope];
    FrontChannel = "offline.front_channel_access_token", Should, "Offline access is ignored when an access token passes through the browser.", [OPENID_CORE.at("section 17.4", "OfflineAccessPrivacy")], of [response_type, scope];
    RefreshGrantNotRegistered = "offline.refresh_grant_not_registered", Inferred, "A client that did not register the grant type refresh_token gets none.", [OPENID_REGISTRATION.at("section 2", "ClientMetadata"), OIDC_PROVIDER.whole(), OPENIDDICT.whole()], of [scope, access_type];
    RiskDeclines = "offline.risk_declines", Must, "The server decides by a risk assessment whether a client gets refresh tokens.", [RFC_9700.at("section 4.14.2", "section-4.14.2")], of [scope, access_type];
    ClientNotEligible = "offline.client_not_eligible", Vendor, "The server decides which types of clients may have offline or online access.", [SMART.whole()], of [scope, access_type];
    UserNotEligible = "offline.user_not_eligible", Vendor, "The user needs the role that permits offline access.", [KEYCLOAK_OFFLINE.whole()], of [scope, access_type];
    ApiDisallows = "offline.api_disallows", Vendor, "The API decides whether it allows offline access.", [AUTH0_REFRESH.whole()], of [scope, access_type];
    RefusedBefore = "offline.refused_before", Vendor, "What a person left out is neither offered nor granted until the grant goes.", [OIDC_PROVIDER.whole()], of [scope];
    OnlineWins = "offline.online_wins", Inferred, "Of online_access and offline_access, the first comes before the second.", [ONLINE_ACCESS.whole()], of [scope];
    OtherCondition = "offline.other_condition", Must, "Another condition for processing permits offline access to the requested resources, and stands in for the prompt.", [OPENID_CORE.at("section 11, bullet 1", "OfflineAccess"), ISSUE_539.at("comment 7 (N. Sakimura)", "")], of [scope];
    AdministrativeConsent = "offline.administrative_consent", Inferred, "An administrator's earlier consent to offline access, or another condition on record, is a condition for processing.", [OPENID_CORE.at("sections 3.1.2.4 and 11", "Consent")], of [scope];
    ConsentPrompted = "offline.consent_prompted", Must, "prompt contains consent, so offline access is asked for on the page.", [OPENID_CORE.at("section 11, bullets 1 and 3", "OfflineAccess"), ISSUE_539.at("comment 6 (G. Fletcher), bullet 1", "")], of [prompt, scope];
    ConsentNotValid = "offline.consent_not_valid", Inferred, "Pressing accept does not always constitute valid consent, and then cannot permit offline access.", [OPENID_CORE.at("section 17.4", "OfflineAccessPrivacy"), ISSUE_539.at("comment 7 (N. Sakimura)", ""), GDPR.at("articles 4(11) and 7", "")], of [scope];
    InstallIsConsent = "offline.install_is_consent", Should, "Installing an app of the server's own organisation is consent; for native apps the page is a SHOULD.", [ISSUE_539.at("comment 6 (G. Fletcher), rationale 4", ""), OPENID_CORE.at("section 11, bullet 4", "OfflineAccess")], of [scope];
    SavedConsent = "offline.saved_consent", Inferred, "A saved consent that covered offline access counts as a condition for processing.", [OPENID_CORE.at("section 11, bullet 3", "OfflineAccess")], of [scope];
    PromptLacksConsent = "offline.prompt_lacks_consent", Must, "offline_access is ignored when prompt does not contain consent and no other condition permits it.", [OPENID_CORE.at("section 11, bullet 1", "OfflineAccess"), ISSUE_539.at("comment 6 (G. Fletcher), bullet 1", "")], of [prompt, scope];
    PromptLacksConsentRefused = "offline.prompt_lacks_consent_refused", Inferred, "offline_access without prompt=consent is an error.", [OPENID_CORE.at("section 11", "OfflineAccess")], of [prompt, scope];
    SilentNotPossible = "offline.silent_not_possible", Inferred, "Consent to offline access cannot be had silently.", [OPENID_CORE.at("section 3.1.2.6", "AuthError")], of [prompt, scope];
    OrdinaryScope = "offline.ordinary_scope", Vendor, "offline_access is an ordinary scope: the page appears where consent for it is missing.", [MICROSOFT_SCOPES.whole(), OKTA_REFRESH.whole(), KEYCLOAK_OFFLINE.whole()], of [scope];
    AskedEveryTime = "offline.asked_every_time", Vendor, "Offline access is asked for on the page every time.", [OIDC_PROVIDER.whole()], of [scope];
    RequestedByParameter = "offline.requested_by_parameter", Vendor, "access_type=offline asks for a refresh token; online is the default.", [GOOGLE_2011.at("change 2", ""), ISSUE_539.at("comment 2 (Breno)", "")], of [access_type];
    NativeDefault = "offline.native_default", Vendor, "An installed app has offline access by default.", [ISSUE_539.at("comment 2 (Breno), principle 1", "")], of [access_type];
    OnlineDeclined = "online.declined", May, "The server may decline online_access by its policy.", [ONLINE_ACCESS.whole()], of [scope];
    OnlineStandalone = "online.standalone_launch", Inferred, "online_access belongs to a launch from the health record.", [SMART.whole()], of [scope];
    OnlineAdded = "online.added", Inferred, "A single-page application is treated as if it had asked for online_access.", [ONLINE_ACCESS.whole()];
    OnlineStands = "online.session_bound", Vendor, "online_access asks for a refresh token that ends with the user's session.", [ONLINE_ACCESS.whole(), SMART.whole()], of [scope];
    OfflineWins = "online.offline_wins", Inferred, "Of online_access and offline_access, the second comes before the first.", [ONLINE_ACCESS.whole()], of [scope];
    NothingLeft = "scope.nothing_left", Inferred, "When nothing is left of the requested scope, it is invalid.", [RFC_6749.at("section 3.3", "section-3.3")], of [scope];
}

/// Offline and online access, as far as it is decided before the user is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Accesses {
    /// Offline access.
    pub(super) offline: Offline,
    /// Online access.
    pub(super) online: Access,
    /// online_access was added.
    pub(super) online_added: bool,
    /// Offline access rests on a condition for processing other than consent.
    pub(super) rests_on: Option<RestsOn>,
}

impl Accesses {
    /// After the page is decided, what permits offline access is forgotten.
    pub(super) const fn asked(self) -> Self {
        let offline = match self.offline {
            Offline::Standing(asked, _) => Offline::Standing(asked, PermittedBy::InPlace),
            other => other,
        };
        Self { offline, ..self }
    }
}

/// The request for offline access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Offline {
    /// Not asked for.
    NotAsked,
    /// Set aside.
    Ignored(OfflineAsked, Reason),
    /// It stands.
    Standing(OfflineAsked, PermittedBy),
}

/// What permits offline access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PermittedBy {
    /// The page that is shown because prompt contains consent.
    PromptedPage,
    /// The page, where consent is missing.
    PageWhereMissing,
    /// The page, every time.
    PageEveryTime,
    /// Another condition for processing.
    Condition,
    /// Something other than the page and a condition.
    InPlace,
}

type Check<T> = Result<T, Refusal<AccessRule>>;

/// Decides offline and online access.
pub(super) fn accesses<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
) -> Told<Check<Accesses>, AccessRule> {
    Told::by(|noted| {
        let online_asked = online_asked(policy, facts, admitted, noted);
        let online = online(policy, facts, admitted, online_asked, noted);
        let offline = offline(policy, facts, admitted, online, noted)?;
        let online = match (online, offline, policy.both_online_offline) {
            (Access::Standing, Offline::Standing(..), BothOnlineOffline::OfflineWins) => {
                noted.note(AccessRule::OfflineWins);
                Access::Ignored(Reason::OfflineWins)
            }
            _ => online,
        };
        let accesses = Accesses {
            offline,
            online,
            online_added: online_asked == OnlineAsked::Added,
            rests_on: match offline {
                Offline::Standing(_, PermittedBy::Condition) => Some(RestsOn::OfflineCondition),
                Offline::NotAsked | Offline::Ignored(..) | Offline::Standing(..) => None,
            },
        };
        if policy.empty_scope == EmptyScope::InvalidScope && nothing_left(policy, facts, admitted, &accesses) {
            return Err(admitted.refuse(ErrorCode::InvalidScope, AccessRule::NothingLeft));
        }
        Ok(accesses)
    })
}

/// Whether no scope is left of what was asked for.
pub(super) fn nothing_left<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    access: &Accesses,
) -> bool {
    let scope_left =
        matches!(access.offline, Offline::Standing(OfflineAsked::Scope, _)) || access.online == Access::Standing;
    !scope_left && ordinary_scopes(policy, facts, admitted.words) == OrdinaryScopes::NoneAsked
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum OnlineAsked {
    No,
    Asked,
    Added,
}

fn online_asked<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    noted: &mut Noted<AccessRule>,
) -> OnlineAsked {
    if policy.online_access_scope == OnlineAccessScope::No {
        return OnlineAsked::No;
    }
    if admitted.words.online {
        return OnlineAsked::Asked;
    }
    let adds = policy.browser_requires_online_access == BrowserRequiresOnlineAccess::Add
        && admitted.response_type.returns_code()
        && facts.application_type() == ApplicationType::Browser;
    if adds {
        noted.note(AccessRule::OnlineAdded);
        return OnlineAsked::Added;
    }
    OnlineAsked::No
}

fn online<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    asked: OnlineAsked,
    noted: &mut Noted<AccessRule>,
) -> Access {
    if asked == OnlineAsked::No {
        return Access::NotAsked;
    }
    let (rule, reason) = if !admitted.response_type.returns_code() {
        (AccessRule::NoCode, no_code_reason(policy))
    } else if policy.honour_online_access == HonourOnlineAccess::No {
        (AccessRule::OnlineDeclined, Reason::PolicyDeclines)
    } else if lacks_refresh_grant(policy, facts) {
        (AccessRule::RefreshGrantNotRegistered, Reason::ClientLacksRefreshGrant)
    } else if let Some(reason) = withholds_refresh_tokens(policy, facts) {
        (AccessRule::RiskDeclines, reason)
    } else if !facts.client_eligible() {
        (AccessRule::ClientNotEligible, Reason::ClientNotEligible)
    } else if policy.smart_online_access_standalone == SmartOnlineAccessStandalone::Drop
        && facts.launch() == Launch::Standalone
    {
        (AccessRule::OnlineStandalone, Reason::PolicyDeclines)
    } else if refusals_count(policy, facts) && facts.online_refused_before() {
        (AccessRule::RefusedBefore, Reason::RefusedBefore)
    } else {
        noted.note(AccessRule::OnlineStands);
        return Access::Standing;
    };
    noted.note(rule);
    Access::Ignored(reason)
}

fn offline<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    online: Access,
    noted: &mut Noted<AccessRule>,
) -> Check<Offline> {
    let asked = offline_asked(policy, facts, admitted);
    if asked == OfflineAsked::No {
        return Ok(Offline::NotAsked);
    }
    match obstacle(policy, facts, admitted, asked, online) {
        None => {}
        Some(Obstacle::Ignore(rule, reason)) => {
            noted.note(rule);
            return Ok(Offline::Ignored(asked, reason));
        }
        Some(Obstacle::Refuse(rule)) => return Err(admitted.refuse(ErrorCode::InvalidRequest, rule)),
    }
    if !admitted.response_type.returns_code() {
        noted.note(AccessRule::KeptWithoutCode);
    }
    match asked {
        OfflineAsked::NativeDefault => {
            noted.note(AccessRule::NativeDefault);
            Ok(Offline::Standing(asked, PermittedBy::InPlace))
        }
        OfflineAsked::Parameter => {
            noted.note(AccessRule::RequestedByParameter);
            if !facts.consent_valid() {
                noted.note(AccessRule::ConsentNotValid);
                return Ok(Offline::Ignored(asked, Reason::ConsentNotValid));
            }
            Ok(Offline::Standing(asked, PermittedBy::InPlace))
        }
        OfflineAsked::No | OfflineAsked::Scope => by_scope(policy, facts, admitted, noted),
    }
}

/// Why the policy keeps refresh tokens from the client, where it does.
pub(super) fn withholds_refresh_tokens<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> Option<Reason> {
    match policy.issue_refresh_tokens {
        IssueRefreshTokens::Yes => None,
        IssueRefreshTokens::No => Some(Reason::PolicyDeclines),
        IssueRefreshTokens::ConfidentialClients => {
            (facts.client_type() == ClientType::Public).then_some(Reason::PublicClient)
        }
    }
}

/// Whether the client's registration keeps refresh tokens from it.
pub(super) fn lacks_refresh_grant<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    match policy.unregistered_refresh_grant {
        UnregisteredRefreshGrant::Ignore | UnregisteredRefreshGrant::Error => !facts.refresh_grant_registered(),
        UnregisteredRefreshGrant::Issue | UnregisteredRefreshGrant::ImpliedByCode => false,
    }
}

/// What keeps a client from offline access whatever the user says.
enum Obstacle {
    Ignore(AccessRule, Reason),
    Refuse(AccessRule),
}

fn obstacle<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    asked: OfflineAsked,
    online: Access,
) -> Option<Obstacle> {
    let front_channel = admitted.response_type.returns_access_token()
        && policy.hybrid_offline == HybridOffline::IgnoreIfFrontChannelAccessToken;
    let stays_in_scope =
        asked == OfflineAsked::Scope && policy.offline_scope_without_code == OfflineScopeWithoutCode::Kept;
    let (rule, reason) = if !admitted.response_type.returns_code() && !stays_in_scope {
        (AccessRule::NoCode, no_code_reason(policy))
    } else if front_channel {
        (AccessRule::FrontChannel, Reason::FrontChannelAccessToken)
    } else if admitted.response_type.returns_code() && lacks_refresh_grant(policy, facts) {
        let rule = AccessRule::RefreshGrantNotRegistered;
        return Some(match (asked, policy.unregistered_refresh_grant) {
            (OfflineAsked::Scope, UnregisteredRefreshGrant::Error) => Obstacle::Refuse(rule),
            _ => Obstacle::Ignore(rule, Reason::ClientLacksRefreshGrant),
        });
    } else if let Some(reason) = withholds_refresh_tokens(policy, facts) {
        (AccessRule::RiskDeclines, reason)
    } else if !facts.client_eligible() {
        (AccessRule::ClientNotEligible, Reason::ClientNotEligible)
    } else if !facts.user_may_have_offline() {
        (AccessRule::UserNotEligible, Reason::PolicyDeclines)
    } else if policy.resource_allows_offline == ResourceAllowsOffline::No {
        (AccessRule::ApiDisallows, Reason::ApiDisallowsOffline)
    } else if asked == OfflineAsked::Scope && refusals_count(policy, facts) && facts.offline_refused_before() {
        (AccessRule::RefusedBefore, Reason::RefusedBefore)
    } else if asked == OfflineAsked::Scope
        && online == Access::Standing
        && policy.both_online_offline == BothOnlineOffline::OnlineWins
    {
        (AccessRule::OnlineWins, Reason::OnlineWins)
    } else {
        return None;
    };
    Some(Obstacle::Ignore(rule, reason))
}

/// OpenID Connect Core, section 11, and the readings that differ from it.
fn by_scope<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    noted: &mut Noted<AccessRule>,
) -> Check<Offline> {
    let (by, rule) = match permission(policy, facts, admitted)? {
        Permission::Stands(by, rule) => (Ok(by), rule),
        Permission::Ignored(reason, rule) => (Err(reason), rule),
    };
    noted.note(rule);
    Ok(match by {
        Ok(by) => Offline::Standing(OfflineAsked::Scope, by),
        Err(reason) => Offline::Ignored(OfflineAsked::Scope, reason),
    })
}

/// What permits offline access by a scope, or why it is ignored, and by which rule.
enum Permission {
    Stands(PermittedBy, AccessRule),
    Ignored(Reason, AccessRule),
}

fn permission<F: AuthorizeFacts>(policy: &Knobs, facts: &F, admitted: &Admitted) -> Check<Permission> {
    if facts.condition() == Condition::Offline {
        return Ok(Permission::Stands(PermittedBy::Condition, AccessRule::OtherCondition));
    }
    // Nobody is asked for what would not be given.
    let asked = |by, rule| {
        if facts.consent_valid() {
            Permission::Stands(by, rule)
        } else {
            Permission::Ignored(Reason::ConsentNotValid, AccessRule::ConsentNotValid)
        }
    };
    let refuses = match reading(policy, facts) {
        OfflineWithoutConsent::ShowConsent => {
            return Ok(asked(PermittedBy::PageWhereMissing, AccessRule::OrdinaryScope));
        }
        OfflineWithoutConsent::AlwaysAsk => return Ok(asked(PermittedBy::PageEveryTime, AccessRule::AskedEveryTime)),
        OfflineWithoutConsent::Ignore => false,
        OfflineWithoutConsent::Error => true,
    };
    if admitted.consent && !prompt_satisfied(policy, facts, admitted) {
        if installed_by_user(policy, facts) {
            return Ok(Permission::Stands(PermittedBy::InPlace, AccessRule::InstallIsConsent));
        }
        return Ok(asked(PermittedBy::PromptedPage, AccessRule::ConsentPrompted));
    }
    if administrative_consent(policy, facts) {
        return Ok(Permission::Stands(PermittedBy::InPlace, AccessRule::AdministrativeConsent));
    }
    if saved_consent_counts(policy, facts) {
        return Ok(Permission::Stands(PermittedBy::InPlace, AccessRule::SavedConsent));
    }
    if admitted.silent && policy.prompt_none_with_offline == PromptNoneWithOffline::Error {
        return Err(admitted.refuse_silently(policy, facts, AccessRule::SilentNotPossible));
    }
    if refuses {
        return Err(admitted.refuse(ErrorCode::InvalidRequest, AccessRule::PromptLacksConsentRefused));
    }
    Ok(Permission::Ignored(Reason::PromptLacksConsent, AccessRule::PromptLacksConsent))
}

/// Whether another condition covers everything that is asked for, offline access included, so that prompt=consent has
/// nothing left to ask.
pub(super) fn prompt_satisfied<F: AuthorizeFacts>(policy: &Knobs, facts: &F, admitted: &Admitted) -> bool {
    if policy.prompt_consent_with_condition == PromptConsentWithCondition::Ask || !admitted.words.offline {
        return false;
    }
    let on_record = || administrative_consent(policy, facts) || saved_consent_counts(policy, facts);
    let covered = || ordinary_scopes(policy, facts, admitted.words) != OrdinaryScopes::SomeNew;
    facts.condition() == Condition::Offline || (on_record() && covered())
}

/// Section 11 binds requests with openid, and plain OAuth requests where the policy says so.
pub(super) fn reading<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> OfflineWithoutConsent {
    if policy.apply_to_plain_oauth == ApplyToPlainOauth::Yes || is_openid(policy, facts) {
        policy.offline_without_consent
    } else {
        OfflineWithoutConsent::ShowConsent
    }
}

/// An app of the server's own organisation, which the user downloaded and installed.
pub(super) fn installed_by_user<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    policy.native_explicit_consent == NativeExplicitConsent::SkipIfFirstPartyInstall
        && facts.application_type() == ApplicationType::Native
        && facts.first_party()
}

/// An administrator agreed to offline access for the user, or another condition for it is on record.
fn administrative_consent<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    own_consent_counts(policy, facts)
        && facts.saved_consent() == SavedConsent::Administrative
        && offline_granted_before(policy, facts)
}

fn saved_consent_counts<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    let covered = || own_consent_counts(policy, facts) && offline_granted_before(policy, facts);
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
