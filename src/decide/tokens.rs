//! Fifth stage: which tokens come out, what are they bound to, and what was ignored on the way?

use super::consent::{Approval, prior_grant_counts};
use super::facts::{AccessType, Facts, GrantAction, IncludeGrantedScopes};
use super::offline::{Accesses, Offline};
use super::request::Admitted;
use super::verdict::{Access, AccessTokenLife, AccessTokenPlan, Binding, Reason, ScopePlan, TokenPlan, Verdict};
use super::vocabulary::OfflineAsked;
use crate::oauth::client::ApplicationType;
use crate::policy::knobs::{
    AccessTokenLifetime, AccessTypeOnNative, AutoApprovalReason, DefaultRefreshTokenBinding, FirstRefreshTokenRule,
    GrantModel, HybridOffline, IssueRefreshTokens, Knobs, NativeAutoApproval, NativeOfflineByDefault,
    OfflineAccessTokenCappedBySession, OfflineRequest, PlainOauthRefreshToken, PromptVocabulary,
    RefreshTokenOnAutoApproval, RefreshTokenWithoutOffline, SupportsIncludeGrantedScopes,
};
use crate::sources::{
    AUTH0_REFRESH, BSHAFFER, GOOGLE_2011, GOOGLE_NATIVE, GOOGLE_WEB_SERVER, GRANT_MANAGEMENT, INCREMENTAL_00,
    ISSUE_539, ONLINE_ACCESS, OPENID_CORE, RFC_6749, RFC_9700,
};

rules! {
    from 112 to 128;
    FRONT_CHANNEL_ONLINE = "tokens.front_channel_online", Should, "An access token that passes through the browser does not carry offline access.", [OPENID_CORE.at("section 17.4", "OfflineAccessPrivacy")];
    OFFLINE_GRANTED = "tokens.offline_refresh_token", Must, "Offline access is granted in the form of a refresh token that works while the user is away.", [OPENID_CORE.at("section 11", "OfflineAccess"), ISSUE_539.at("comment 6 (G. Fletcher)", "")];
    AUTO_APPROVAL_WINS = "tokens.auto_approval_wins", Vendor, "A request that was approved without asking the user gives no refresh token.", [ISSUE_539.at("comment 2 (Breno), principles 3 and 4", ""), GOOGLE_2011.at("change 3", ""), GOOGLE_WEB_SERVER.whole()];
    FIRST_EXCHANGE = "tokens.first_exchange", Vendor, "The first code that is exchanged gives the refresh token, and none was exchanged yet.", [GOOGLE_2011.at("change 3, second bullet", "")];
    NATIVE_ALWAYS = "tokens.native_always", Vendor, "An installed app always gets a refresh token.", [GOOGLE_NATIVE.whole(), ISSUE_539.at("comment 2 (Breno), principle 1", "")];
    ONLINE_GRANTED = "tokens.online_refresh_token", Vendor, "online_access gives a refresh token that ends with the user's session.", [ONLINE_ACCESS.whole()];
    WITHOUT_OFFLINE = "tokens.without_offline", May, "A refresh token is issued though offline access was not asked for or was ignored.", [OPENID_CORE.at("section 11, last paragraph", "OfflineAccess"), RFC_6749.at("section 1.5", "section-1.5"), ISSUE_539.at("comment 4 (G. Fletcher)", "")];
    NONE_WITHOUT_OFFLINE = "tokens.none_without_offline", May, "Without offline access there is no refresh token.", [OPENID_CORE.at("section 11, last paragraph", "OfflineAccess"), RFC_6749.at("section 1.5", "section-1.5"), AUTH0_REFRESH.whole()];
    PLAIN_OAUTH = "tokens.plain_oauth", Vendor, "A plain OAuth request always gives a refresh token.", [BSHAFFER.whole()];
    NO_REFRESH_TOKENS = "tokens.no_refresh_tokens", Must, "The client gets no refresh token at all: it did not register the grant, or the policy gives it none.", [RFC_9700.at("section 4.14.2", "section-4.14.2")];
    NO_CODE = "tokens.no_code", Must, "The implicit grant gives no refresh token.", [RFC_6749.at("section 4.2.2", "section-4.2.2")];
    SHORTER_OF_BOTH = "tokens.shorter_of_both", Vendor, "An access token lives for the shorter of its configured lifetime and the rest of the session.", [ISSUE_539.at("comment 4 (G. Fletcher)", "")];
    INCLUDE_GRANTED = "tokens.include_granted_scopes", Should, "The tokens also cover what the user granted before.", [INCREMENTAL_00.at("section 4", "section-4")];
    MERGED = "tokens.grant_merged", Must, "merge adds what is consented to now to the grant.", [GRANT_MANAGEMENT.at("section 5.2", "")];
    NATIVE_ACCESS_TYPE = "tokens.native_access_type", Inferred, "access_type modulates web applications; an installed app has offline access by default.", [ISSUE_539.at("comment 2 (Breno)", "")];
    NATIVE_PROMPT_AUTO = "tokens.native_prompt_auto", Inferred, "prompt=auto asks for an approval that an installed app never gets.", [ISSUE_539.at("comment 2 (Breno), principle 1", "")];
}

/// Plans scopes and tokens for an approval.
#[inline(never)]
pub(super) fn plan<F: Facts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    access: Accesses,
    approval: Approval,
    verdict: &mut Verdict,
) {
    let scopes = scopes(policy, facts, access, approval, verdict);
    let refresh_token = refresh_token(policy, facts, admitted, access, scopes, approval, verdict);
    native_parameters(policy, facts, refresh_token, verdict);
    let response_type = admitted.response_type;
    let shares_offline = policy.hybrid_offline == HybridOffline::Full;
    if response_type.returns_access_token() && scopes.offline == Access::Standing && !shares_offline {
        verdict.trace.note(FRONT_CHANNEL_ONLINE);
    }
    let online_life = life(policy, Binding::Session);
    if online_life == AccessTokenLife::ShorterOfConfiguredAndSession {
        verdict.trace.note(SHORTER_OF_BOTH);
    }
    let binding = refresh_token.unwrap_or(Binding::Session);
    verdict.scopes = Some(scopes);
    verdict.tokens = Some(TokenPlan {
        response_type,
        front_access_token: response_type.returns_access_token().then_some(AccessTokenPlan {
            binding: Binding::Session,
            life: online_life,
            carries_offline: shares_offline,
        }),
        front_id_token: response_type.returns_id_token(),
        access_token: response_type.returns_code().then_some(AccessTokenPlan {
            binding,
            life: life(policy, binding),
            carries_offline: true,
        }),
        id_token: response_type.returns_code() && facts.openid(),
        refresh_token,
    });
}

/// What becomes of the scopes that ask for offline and online access, and whether earlier ones are added.
fn scopes<F: Facts>(
    policy: &Knobs,
    facts: &F,
    access: Accesses,
    approval: Approval,
    verdict: &mut Verdict,
) -> ScopePlan {
    let (keeps_offline, keeps_online) = match approval {
        Approval::Silent => (true, true),
        Approval::Asked { offline, online } => (offline, online),
    };
    let offline = match access.offline {
        Offline::NotAsked => Access::NotAsked,
        Offline::Ignored(asked, reason) => {
            let reason = reason_of(policy, approval, asked, reason);
            match asked {
                OfflineAsked::Parameter => {
                    verdict.ignored.access_type = Some(reason);
                    Access::NotAsked
                }
                OfflineAsked::NativeDefault => {
                    // Nobody asked for the default; what was asked for in words is reported.
                    if facts.access_type() == AccessType::Offline {
                        verdict.ignored.access_type = Some(reason);
                    }
                    Access::NotAsked
                }
                OfflineAsked::No => Access::NotAsked,
                OfflineAsked::Scope => Access::Ignored(reason),
            }
        }
        Offline::Standing(OfflineAsked::Scope, _) if auto_approval_takes_offline(policy, facts, approval) => {
            verdict.trace.note(AUTO_APPROVAL_WINS);
            Access::Ignored(auto_approval_reason(policy))
        }
        Offline::Standing(OfflineAsked::Scope, _) if keeps_offline => Access::Standing,
        Offline::Standing(OfflineAsked::Scope, _) => Access::Refused,
        Offline::Standing(..) => Access::NotAsked,
    };
    let online = match access.online {
        Access::Standing if !keeps_online => Access::Refused,
        other => other,
    };
    ScopePlan { offline, online, online_added: access.online_added, include_granted: include(policy, facts, verdict) }
}

/// For access_type=offline, that nobody was asked comes before every other reason.
fn reason_of(policy: &Knobs, approval: Approval, asked: OfflineAsked, reason: Reason) -> Reason {
    let auto_approved =
        approval == Approval::Silent && policy.refresh_token_on_auto_approval == RefreshTokenOnAutoApproval::Never;
    if asked == OfflineAsked::Parameter && auto_approved { auto_approval_reason(policy) } else { reason }
}

fn auto_approval_takes_offline<F: Facts>(policy: &Knobs, facts: &F, approval: Approval) -> bool {
    approval == Approval::Silent
        && policy.refresh_token_on_auto_approval != RefreshTokenOnAutoApproval::Always
        && !first_exchange_open(policy, facts)
}

/// Google 2011 in its other sentence: the first code that is exchanged gives the refresh token.
fn first_exchange_open<F: Facts>(policy: &Knobs, facts: &F) -> bool {
    policy.first_refresh_token_rule == FirstRefreshTokenRule::FirstExchange
        && prior_grant_counts(policy, facts)
        && !facts.first_code_exchanged()
}

const fn auto_approval_reason(policy: &Knobs) -> Reason {
    match policy.auto_approval_reason {
        AutoApprovalReason::AutoApprovalWins => Reason::AutoApprovalWins,
        AutoApprovalReason::AutoApproved => Reason::AutoApproved,
        AutoApprovalReason::NotFirstAuthorization => Reason::NotFirstAuthorization,
    }
}

fn include<F: Facts>(policy: &Knobs, facts: &F, verdict: &mut Verdict) -> bool {
    if !prior_grant_counts(policy, facts) {
        return false;
    }
    if policy.grant_model == GrantModel::Multiple && facts.grant_action() == GrantAction::Merge {
        verdict.trace.note(MERGED);
        return true;
    }
    let included = policy.supports_include_granted_scopes == SupportsIncludeGrantedScopes::Yes
        && facts.include_granted_scopes() == IncludeGrantedScopes::True
        && verdict.ignored.include_granted_scopes.is_none();
    if included {
        verdict.trace.note(INCLUDE_GRANTED);
    }
    included
}

fn refresh_token<F: Facts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    access: Accesses,
    scopes: ScopePlan,
    approval: Approval,
    verdict: &mut Verdict,
) -> Option<Binding> {
    if !admitted.response_type.returns_code() {
        verdict.trace.note(NO_CODE);
        return None;
    }
    if policy.issue_refresh_tokens == IssueRefreshTokens::No || !facts.refresh_grant_registered() {
        verdict.trace.note(NO_REFRESH_TOKENS);
        return None;
    }
    match access.offline {
        Offline::Standing(OfflineAsked::NativeDefault, _) => {
            verdict.trace.note(NATIVE_ALWAYS);
            return Some(Binding::Offline);
        }
        Offline::Standing(OfflineAsked::Parameter, _) => {
            if !auto_approval_takes_offline(policy, facts, approval) {
                if approval == Approval::Silent && first_exchange_open(policy, facts) {
                    verdict.trace.note(FIRST_EXCHANGE);
                }
                verdict.trace.note(OFFLINE_GRANTED);
                return Some(Binding::Offline);
            }
            verdict.trace.note(AUTO_APPROVAL_WINS);
            verdict.ignored.access_type = Some(auto_approval_reason(policy));
        }
        _ if scopes.offline == Access::Standing => {
            verdict.trace.note(OFFLINE_GRANTED);
            return Some(Binding::Offline);
        }
        _ => {}
    }
    online_refresh_token(policy, facts, scopes, approval, verdict)
}

/// A refresh token that does not rest on offline access.
fn online_refresh_token<F: Facts>(
    policy: &Knobs,
    facts: &F,
    scopes: ScopePlan,
    approval: Approval,
    verdict: &mut Verdict,
) -> Option<Binding> {
    if policy.plain_oauth_refresh_token == PlainOauthRefreshToken::Always && !facts.openid() {
        verdict.trace.note(PLAIN_OAUTH);
        return Some(Binding::Offline);
    }
    let due = if scopes.online == Access::Standing {
        verdict.trace.note(ONLINE_GRANTED);
        Binding::Session
    } else if policy.refresh_token_without_offline == RefreshTokenWithoutOffline::Yes {
        verdict.trace.note(WITHOUT_OFFLINE);
        match policy.default_refresh_token_binding {
            DefaultRefreshTokenBinding::Session => Binding::Session,
            DefaultRefreshTokenBinding::UntilRevoked => Binding::Offline,
        }
    } else {
        verdict.trace.note(NONE_WITHOUT_OFFLINE);
        return None;
    };
    match (approval, policy.refresh_token_on_auto_approval) {
        (Approval::Asked { .. }, _) | (Approval::Silent, RefreshTokenOnAutoApproval::Always) => Some(due),
        (Approval::Silent, RefreshTokenOnAutoApproval::SessionOnly) => Some(Binding::Session),
        (Approval::Silent, RefreshTokenOnAutoApproval::Never) => {
            verdict.trace.note(AUTO_APPROVAL_WINS);
            None
        }
    }
}

fn life(policy: &Knobs, binding: Binding) -> AccessTokenLife {
    let capped = match binding {
        Binding::Session => true,
        Binding::Offline => policy.offline_access_token_capped_by_session == OfflineAccessTokenCappedBySession::Yes,
    };
    match policy.access_token_lifetime {
        AccessTokenLifetime::ShorterOfConfiguredAndSession if capped => AccessTokenLife::ShorterOfConfiguredAndSession,
        AccessTokenLifetime::ShorterOfConfiguredAndSession | AccessTokenLifetime::Configured => {
            AccessTokenLife::Configured
        }
    }
}

/// Parameters with which an installed app asks for what it does not get.
fn native_parameters<F: Facts>(policy: &Knobs, facts: &F, refresh_token: Option<Binding>, verdict: &mut Verdict) {
    if facts.application_type() != ApplicationType::Native {
        return;
    }
    let online_on_native = policy.offline_request == OfflineRequest::AccessType
        && policy.native_offline_by_default == NativeOfflineByDefault::Yes
        && policy.access_type_on_native == AccessTypeOnNative::Ignore
        && facts.access_type() == AccessType::Online
        && refresh_token == Some(Binding::Offline);
    if online_on_native {
        verdict.trace.note(NATIVE_ACCESS_TYPE);
        verdict.ignored.access_type = Some(Reason::NativeOfflineByDefault);
    }
    let auto_on_native = policy.prompt_vocabulary == PromptVocabulary::AutoForce
        && policy.native_auto_approval == NativeAutoApproval::No
        && facts.prompt_auto();
    if auto_on_native {
        verdict.trace.note(NATIVE_PROMPT_AUTO);
        verdict.ignored.prompt_auto = Some(Reason::NativeNoAutoApproval);
    }
}
