//! Ninth stage: which tokens come out, what are they bound to, how long do they live, and what was ignored on the way?

use super::access::{Accesses, Offline, lacks_refresh_grant, withholds_refresh_tokens};
use super::admitted::{Admitted, AskedAccessType};
use super::answer::Approval;
use super::consent::never_auto_approved;
use super::facts::{AuthorizeFact, AuthorizeFacts};
use super::prior::prior_grant_counts;
use super::verdict::{
    Access, AccessTokenPlan, IgnoredParameters, Included, NoRefreshToken, RefreshTokenPlan, ScopePlan,
    TokenEndpointPlan,
};
use super::vocabulary::{OfflineAsked, is_openid};
use crate::decide::fact::Ask;
use crate::decide::life::{self, Binding, ConfiguredLimit, LifeFacts, LifeRule, life_facts};
use crate::decide::reason::Reason;
use crate::decide::rotation::{self, RotationFacts, RotationRule};
use crate::decide::rule::{Noted, Told};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::policy::knobs::{
    AccessTypeOnNative, AutoApprovalReason, DefaultRefreshTokenBinding, FirstRefreshTokenRule, HybridOffline, Knobs,
    NativeOfflineByDefault, OfflineRequest, OfflineScopeWithoutCode, OldRefreshTokenAfterIncrement,
    PlainOauthRefreshToken, PromptVocabulary, RefreshTokenOnAutoApproval, RefreshTokenWithoutOffline,
    UnregisteredRefreshGrant,
};
use crate::sources::{
    AUTH0_REFRESH, BETTER_AUTH, BSHAFFER, GOOGLE_2011, GOOGLE_NATIVE, GOOGLE_WEB_SERVER, GRANT_MANAGEMENT,
    INCREMENTAL_00, ISSUE_539, MULTIPLE_RESPONSE_TYPES, OAUTH2_SERVER_PHP, ONLINE_ACCESS, OPENID_CORE, RFC_6749,
    RFC_9700, WORKERS_OAUTH_PROVIDER,
};

rules! {
    /// Which tokens come out.
    TokensRule;
    FrontChannelOnline = "tokens.front_channel_online", Should, "An access token that passes through the browser does not carry offline access.", [OPENID_CORE.at("section 17.4", "OfflineAccessPrivacy")], of [scope, response_type];
    OfflineGranted = "tokens.offline_refresh_token", Must, "Offline access is granted in the form of a refresh token that works while the user is away.", [OPENID_CORE.at("section 11", "OfflineAccess"), ISSUE_539.at("comment 6 (G. Fletcher)", "")], of [scope, access_type];
    AutoApprovalWins = "tokens.auto_approval_wins", Vendor, "A request that was approved without asking the user gives no refresh token.", [ISSUE_539.at("comment 2 (Breno), principles 3 and 4", ""), GOOGLE_2011.at("change 3", ""), GOOGLE_WEB_SERVER.whole()], of [scope, access_type];
    FirstExchange = "tokens.first_exchange", Vendor, "The first code that is exchanged gives the refresh token, and none was exchanged yet.", [GOOGLE_2011.at("change 3, second bullet", "")];
    NativeAlways = "tokens.native_always", Vendor, "An installed app always gets a refresh token.", [GOOGLE_NATIVE.whole(), ISSUE_539.at("comment 2 (Breno), principle 1", "")];
    OnlineGranted = "tokens.online_refresh_token", Vendor, "online_access gives a refresh token that ends with the user's session.", [ONLINE_ACCESS.whole()], of [scope];
    WithoutOffline = "tokens.without_offline", May, "A refresh token is issued though offline access was not asked for or was ignored.", [OPENID_CORE.at("section 11, last paragraph", "OfflineAccess"), RFC_6749.at("section 1.5", "section-1.5"), ISSUE_539.at("comment 4 (G. Fletcher)", "")];
    NoneWithoutOffline = "tokens.none_without_offline", May, "Without offline access there is no refresh token.", [OPENID_CORE.at("section 11, last paragraph", "OfflineAccess"), RFC_6749.at("section 1.5", "section-1.5"), AUTH0_REFRESH.whole()];
    PlainOauth = "tokens.plain_oauth", Vendor, "A plain OAuth request always gives a refresh token.", [BSHAFFER.whole()];
    PlainCode = "tokens.plain_code", Vendor, "The code of a hybrid response is redeemed as one of plain OAuth, and gives no ID Token.", [OAUTH2_SERVER_PHP.whole()], of [response_type];
    RefreshGrantUnregistered = "tokens.refresh_grant_unregistered", Vendor, "A refresh token is issued to a client that did not register the grant type refresh_token, and its use is refused.", [OAUTH2_SERVER_PHP.whole()];
    RefreshGrantImplied = "tokens.refresh_grant_implied", Vendor, "Whoever may redeem a code may refresh.", [WORKERS_OAUTH_PROVIDER.whole(), BETTER_AUTH.whole()];
    EarlierEnded = "tokens.earlier_ended", Vendor, "A new approval ends the tokens of earlier ones.", [WORKERS_OAUTH_PROVIDER.whole()];
    NoRefreshTokens = "tokens.no_refresh_tokens", Must, "The client gets no refresh token at all: it did not register the grant, or the policy gives it none.", [RFC_9700.at("section 4.14.2", "section-4.14.2")];
    NoCode = "tokens.no_code", Must, "The implicit grant gives no refresh token.", [RFC_6749.at("section 4.2.2", "section-4.2.2")], of [response_type];
    IncludeGranted = "tokens.include_granted_scopes", Should, "The tokens also cover what the user granted before.", [INCREMENTAL_00.at("section 4", "section-4")], of [include_granted_scopes];
    Merged = "tokens.grant_merged", Must, "merge adds what is consented to now to the grant.", [GRANT_MANAGEMENT.at("section 5.2", "")], of [grant_management_action, grant_id];
    NativeAccessType = "tokens.native_access_type", Inferred, "access_type modulates web applications; an installed app has offline access by default.", [ISSUE_539.at("comment 2 (Breno)", "")], of [access_type];
    NativePromptAuto = "tokens.native_prompt_auto", Inferred, "prompt=auto asks for an approval that an installed app never gets.", [ISSUE_539.at("comment 2 (Breno), principle 1", "")], of [prompt];
    FrontChannelFull = "tokens.front_channel_full", Inferred, "A hybrid response gives offline access to every token, also to the one that passes through the browser.", [OPENID_CORE.at("section 11", "OfflineAccess")], of [response_type, scope];
    CodeIssued = "tokens.code", Must, "The code stands for what was authorized, and is redeemed at the token endpoint.", [RFC_6749.at("section 4.1.2", "section-4.1.2")], of [response_type];
    AccessTokenIssued = "tokens.front_channel_access_token", Must, "The response type asks for an access token in the response of the authorization endpoint.", [RFC_6749.at("section 4.2.2", "section-4.2.2"), MULTIPLE_RESPONSE_TYPES.at("section 5", "Combinations")], of [response_type];
}

/// Whether there is a refresh token, how it is bound, and by which rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Due {
    /// There is one.
    Token(Binding, TokensRule),
    /// There is none.
    None(NoRefreshToken, TokensRule),
}

/// What comes out, before the lives of tokens are decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Plan {
    pub(super) scopes: ScopePlan,
    pub(super) due: Due,
    /// The front channel's access token shares offline access.
    pub(super) shares_offline: bool,
    /// An ID Token at the token endpoint.
    pub(super) id_token: bool,
    /// The rule of the code.
    pub(super) code: Option<TokensRule>,
    /// The rule of the front channel's access token.
    pub(super) access_token: Option<TokensRule>,
}

/// What is approved: by whom nobody asked, or by the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Approved {
    /// No page was shown.
    Silently,
    /// The person approved, or would.
    Asked {
        /// Offline access is left in.
        offline: bool,
        /// online_access is left in.
        online: bool,
    },
}

impl From<Approval> for Approved {
    fn from(approval: Approval) -> Self {
        Self::Asked { offline: approval.offline, online: approval.online }
    }
}

/// Plans scopes and tokens for an approval.
pub(super) fn plan<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    access: Accesses,
    listed: ScopePlan,
    approved: Approved,
) -> Told<(Plan, IgnoredParameters), TokensRule> {
    Told::by(|noted| {
        let auto_approval = AutoApproval::of(policy, facts, approved);
        let scopes = scopes(access, listed, approved, auto_approval, policy, noted);
        let access_type = access_type_set_aside(policy, admitted, access, approved, auto_approval);
        let mut ignored = IgnoredParameters { access_type, ..IgnoredParameters::default() };
        let why_none = why_none(admitted, access_type, scopes);
        let due = due(policy, facts, admitted, access, scopes, approved, auto_approval, why_none, noted);
        ignored = ignored.and(native_parameters(policy, facts, admitted, due, noted));
        let response_type = admitted.response_type;
        let is_full = policy.hybrid_offline == HybridOffline::Full;
        // Where no code comes, offline access that stands is a scope that the access token keeps, and nothing else.
        let kept = policy.offline_scope_without_code == OfflineScopeWithoutCode::Kept;
        let shares_offline = is_full || (kept && !response_type.returns_code());
        if response_type.returns_access_token() && response_type.returns_code() && scopes.offline == Access::Standing {
            noted.note(if is_full { TokensRule::FrontChannelFull } else { TokensRule::FrontChannelOnline });
        }
        match scopes.included {
            Some(Included::Merged) => noted.note(TokensRule::Merged),
            Some(Included::Requested) => noted.note(TokensRule::IncludeGranted),
            None => {}
        }
        let code = response_type.returns_code().then_some(TokensRule::CodeIssued);
        let access_token = response_type.returns_access_token().then_some(TokensRule::AccessTokenIssued);
        code.into_iter().chain(access_token).for_each(|rule| noted.note(rule));
        let id_token = response_type.returns_code() && !admitted.plain_code && is_openid(policy, facts);
        if admitted.plain_code {
            noted.note(TokensRule::PlainCode);
        }
        (Plan { scopes, due, shares_offline, id_token, code, access_token }, ignored)
    })
}

/// Whether an approval ends the tokens of earlier ones, and by which rule.
pub(super) fn earlier_end(policy: &Knobs) -> Told<Option<TokensRule>, TokensRule> {
    Told::by(|noted| match policy.old_refresh_token_after_increment {
        OldRefreshTokenAfterIncrement::Keep | OldRefreshTokenAfterIncrement::Revoke => None,
        OldRefreshTokenAfterIncrement::AllAtApproval => {
            noted.note(TokensRule::EarlierEnded);
            Some(TokensRule::EarlierEnded)
        }
    })
}

/// What nobody having been asked means for a refresh token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AutoApproval {
    /// The person was asked, or the policy makes no difference.
    Irrelevant,
    /// It takes the refresh token away.
    Takes,
    /// It would, but no code of the first authorization was redeemed yet (Google 2011, in its other sentence).
    FirstExchange,
}

impl AutoApproval {
    fn of<F: AuthorizeFacts>(policy: &Knobs, facts: &F, approved: Approved) -> Self {
        if approved != Approved::Silently {
            return Self::Irrelevant;
        }
        let first_exchange = policy.first_refresh_token_rule == FirstRefreshTokenRule::FirstExchange
            && prior_grant_counts(policy, facts)
            && !facts.first_code_exchanged();
        match policy.refresh_token_on_auto_approval {
            _ if first_exchange => Self::FirstExchange,
            RefreshTokenOnAutoApproval::Always => Self::Irrelevant,
            RefreshTokenOnAutoApproval::SessionOnly | RefreshTokenOnAutoApproval::Never => Self::Takes,
        }
    }
}

/// What becomes of the scopes that ask for offline and online access.
fn scopes(
    access: Accesses,
    listed: ScopePlan,
    approved: Approved,
    auto_approval: AutoApproval,
    policy: &Knobs,
    noted: &mut Noted<TokensRule>,
) -> ScopePlan {
    let (keeps_offline, keeps_online) = match approved {
        Approved::Silently => (true, true),
        Approved::Asked { offline, online } => (offline, online),
    };
    let offline = match (listed.offline, access.offline) {
        (Access::Standing, Offline::Standing(..)) if auto_approval == AutoApproval::Takes => {
            noted.note(TokensRule::AutoApprovalWins);
            Access::Ignored(auto_approval_reason(policy))
        }
        (Access::Standing, _) if !keeps_offline => Access::Refused,
        (other, _) => other,
    };
    let online = match listed.online {
        Access::Standing if !keeps_online => Access::Refused,
        other => other,
    };
    ScopePlan { offline, online, ..listed }
}

/// Why access_type=offline was set aside. That nobody was asked comes before every other reason.
fn access_type_set_aside(
    policy: &Knobs,
    admitted: &Admitted,
    access: Accesses,
    approved: Approved,
    auto_approval: AutoApproval,
) -> Option<Reason> {
    let auto_approved =
        approved == Approved::Silently && policy.refresh_token_on_auto_approval == RefreshTokenOnAutoApproval::Never;
    match access.offline {
        Offline::Ignored(OfflineAsked::Parameter, _) if auto_approved => Some(auto_approval_reason(policy)),
        Offline::Ignored(OfflineAsked::Parameter, reason) => Some(reason),
        // Nobody asked for the default; what was asked for in words is reported.
        Offline::Ignored(OfflineAsked::NativeDefault, reason) => {
            (admitted.access_type == AskedAccessType::Offline).then_some(reason)
        }
        Offline::Standing(OfflineAsked::Parameter, _) if auto_approval == AutoApproval::Takes => {
            Some(auto_approval_reason(policy))
        }
        Offline::NotAsked | Offline::Ignored(..) | Offline::Standing(..) => None,
    }
}

const fn auto_approval_reason(policy: &Knobs) -> Reason {
    match policy.auto_approval_reason {
        AutoApprovalReason::AutoApprovalWins => Reason::AutoApprovalWins,
        AutoApprovalReason::AutoApproved => Reason::AutoApproved,
        AutoApprovalReason::NotFirstAuthorization => Reason::NotFirstAuthorization,
    }
}

/// Why what asked for a refresh token was set aside, if it was; the parameter comes before scopes.
fn why_none(admitted: &Admitted, access_type: Option<Reason>, scopes: ScopePlan) -> Option<Reason> {
    let parameter = access_type.or(match admitted.access_type {
        AskedAccessType::Nothing | AskedAccessType::Online | AskedAccessType::Offline => None,
        AskedAccessType::UnknownValue => Some(Reason::UnknownValue),
        AskedAccessType::Unsupported => Some(Reason::Unsupported),
    });
    let ignored = |access| match access {
        Access::Ignored(reason) => Some(reason),
        Access::NotAsked | Access::Standing | Access::Refused => None,
    };
    parameter.or(admitted.words.lost).or(ignored(scopes.offline)).or(ignored(scopes.online))
}

#[expect(clippy::too_many_arguments, reason = "what the stages before left; each is asked once")]
fn due<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    access: Accesses,
    scopes: ScopePlan,
    approved: Approved,
    auto_approval: AutoApproval,
    set_aside: Option<Reason>,
    noted: &mut Noted<TokensRule>,
) -> Due {
    let (due, rule) = match refresh_token(policy, facts, admitted, access, scopes, approved, auto_approval, noted) {
        Ok((binding, rule)) => {
            without_registration(policy, facts, noted);
            (Due::Token(binding, rule), rule)
        }
        Err((otherwise, rule)) => (Due::None(set_aside.map_or(otherwise, NoRefreshToken::SetAside), rule), rule),
    };
    noted.note(rule);
    due
}

/// By which rule a client gets a refresh token that did not register the grant.
fn without_registration<F: AuthorizeFacts>(policy: &Knobs, facts: &F, noted: &mut Noted<TokensRule>) {
    let rule = match policy.unregistered_refresh_grant {
        UnregisteredRefreshGrant::Ignore | UnregisteredRefreshGrant::Error => return,
        UnregisteredRefreshGrant::Issue => TokensRule::RefreshGrantUnregistered,
        UnregisteredRefreshGrant::ImpliedByCode => TokensRule::RefreshGrantImplied,
    };
    if !facts.refresh_grant_registered() {
        noted.note(rule);
    }
}

#[expect(clippy::too_many_arguments, reason = "what the stages before left; each is asked once")]
fn refresh_token<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    access: Accesses,
    scopes: ScopePlan,
    approved: Approved,
    auto_approval: AutoApproval,
    noted: &mut Noted<TokensRule>,
) -> Result<(Binding, TokensRule), (NoRefreshToken, TokensRule)> {
    if !admitted.response_type.returns_code() {
        return Err((NoRefreshToken::NoCode, TokensRule::NoCode));
    }
    if withholds_refresh_tokens(policy, facts).is_some() || lacks_refresh_grant(policy, facts) {
        return Err((NoRefreshToken::NoneForClient, TokensRule::NoRefreshTokens));
    }
    match access.offline {
        Offline::Standing(OfflineAsked::NativeDefault, _) => {
            return Ok((Binding::Offline, TokensRule::NativeAlways));
        }
        Offline::Standing(OfflineAsked::Parameter, _) => match auto_approval {
            AutoApproval::Irrelevant => return Ok((Binding::Offline, TokensRule::OfflineGranted)),
            AutoApproval::FirstExchange => {
                noted.note(TokensRule::FirstExchange);
                return Ok((Binding::Offline, TokensRule::OfflineGranted));
            }
            AutoApproval::Takes => noted.note(TokensRule::AutoApprovalWins),
        },
        _ if scopes.offline == Access::Standing => return Ok((Binding::Offline, TokensRule::OfflineGranted)),
        _ => {}
    }
    let is_plain = admitted.plain_code || !is_openid(policy, facts);
    without_offline(policy, is_plain, scopes, approved, noted)
}

/// A refresh token that does not rest on offline access.
fn without_offline(
    policy: &Knobs,
    is_plain: bool,
    scopes: ScopePlan,
    approved: Approved,
    noted: &mut Noted<TokensRule>,
) -> Result<(Binding, TokensRule), (NoRefreshToken, TokensRule)> {
    if policy.plain_oauth_refresh_token == PlainOauthRefreshToken::Always && is_plain {
        return Ok((Binding::Offline, TokensRule::PlainOauth));
    }
    let (due, rule) = if scopes.online == Access::Standing {
        (Binding::Session, TokensRule::OnlineGranted)
    } else if policy.refresh_token_without_offline == RefreshTokenWithoutOffline::Yes {
        let binding = match policy.default_refresh_token_binding {
            DefaultRefreshTokenBinding::Session => Binding::Session,
            DefaultRefreshTokenBinding::UntilRevoked => Binding::Offline,
        };
        (binding, TokensRule::WithoutOffline)
    } else {
        return Err((NoRefreshToken::NotGranted, TokensRule::NoneWithoutOffline));
    };
    match (approved, policy.refresh_token_on_auto_approval) {
        (Approved::Asked { .. }, _) | (Approved::Silently, RefreshTokenOnAutoApproval::Always) => Ok((due, rule)),
        (Approved::Silently, RefreshTokenOnAutoApproval::SessionOnly) => Ok((Binding::Session, rule)),
        (Approved::Silently, RefreshTokenOnAutoApproval::Never) => {
            noted.note(rule);
            Err((NoRefreshToken::AutoApproved, TokensRule::AutoApprovalWins))
        }
    }
}

/// Parameters with which an installed app asks for what it does not get.
fn native_parameters<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    due: Due,
    noted: &mut Noted<TokensRule>,
) -> IgnoredParameters {
    let mut ignored = IgnoredParameters::default();
    let online_is_ignored = policy.offline_request == OfflineRequest::AccessType
        && policy.native_offline_by_default == NativeOfflineByDefault::Yes
        && policy.access_type_on_native == AccessTypeOnNative::Ignore
        && matches!(due, Due::Token(Binding::Offline, _));
    let auto_is_ignored =
        policy.prompt_vocabulary == PromptVocabulary::AutoForce && never_auto_approved(policy, admitted);
    if !(online_is_ignored || auto_is_ignored) || facts.application_type() != ApplicationType::Native {
        return ignored;
    }
    if online_is_ignored && admitted.access_type == AskedAccessType::Online {
        noted.note(TokensRule::NativeAccessType);
        ignored.access_type = Some(Reason::NativeOfflineByDefault);
    }
    if auto_is_ignored && facts.prompt_auto() {
        noted.note(TokensRule::NativePromptAuto);
        ignored.prompt_auto = Some(Reason::NativeNoAutoApproval);
    }
    ignored
}

/// How long the tokens of a plan live.
pub(super) struct Lives {
    pub(super) front_access_token: Option<AccessTokenPlan>,
    pub(super) token_endpoint: Option<TokenEndpointPlan>,
    pub(super) refresh_token: Option<RefreshTokenPlan>,
}

/// Decides how the tokens of a plan are bound and how long they live.
pub(super) fn lives<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    plan: &Plan,
    rotations: &mut Noted<RotationRule>,
) -> Told<Lives, LifeRule> {
    Told::by(|noted| {
        let binding = match plan.due {
            Due::Token(binding, _) => binding,
            Due::None(..) => Binding::Session,
        };
        let response_type = admitted.response_type;
        let front_access_token = response_type.returns_access_token().then(|| {
            let offline = plan.shares_offline && plan.scopes.offline == Access::Standing;
            let binding = if offline { binding } else { Binding::Session };
            AccessTokenPlan {
                binding,
                life: life::of_access_token(policy, binding, noted),
                carries_offline: plan.shares_offline,
            }
        });
        let token_endpoint = response_type.returns_code().then(|| TokenEndpointPlan {
            access_token: AccessTokenPlan {
                binding,
                life: life::of_access_token(policy, binding, noted),
                carries_offline: true,
            },
            id_token: plan.id_token,
        });
        let refresh_token = matches!(plan.due, Due::Token(..)).then(|| RefreshTokenPlan {
            binding,
            life: life::note(life::of_refresh_token(policy, &Answered(facts), binding), noted),
            rotation: rotation::of(policy, &Answered(facts), rotations),
        });
        Lives { front_access_token, token_endpoint, refresh_token }
    })
}

/// The facts of the authorization endpoint on which the life of a refresh token depends.
struct Answered<'a, F>(&'a F);

life_facts!(Answered of AuthorizeFact, time_limited: |facts| facts.time_limited());

/// Whether a token will be bound to a key is not known before the code is redeemed; it is taken for unbound.
impl<F: Ask<AuthorizeFact>> RotationFacts for Answered<'_, F> {
    fn client_type(&self) -> ClientType {
        self.0.client_type()
    }

    fn application_type(&self) -> ApplicationType {
        self.0.application_type()
    }

    fn sender_constrained(&self) -> bool {
        false
    }

    /// One that is issued now is not old.
    fn aged(&self) -> bool {
        false
    }
}
