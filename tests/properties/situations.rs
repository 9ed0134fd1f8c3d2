//! The engines over situations and policies at random: any value of any knob with any value of any fact that can occur
//! together.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};

use grantwise::decide::authorize::engine::State as AuthorizeState;
use grantwise::decide::authorize::facts::{
    AnsweredPage, AskedWord, AuthorizeFact, AuthorizeFacts, AuthorizeSituation, ClientStanding, CodeChallenge,
    Condition, ConsentAnswer, Display, Hint, Kept, LoginAnswer, OrdinaryScopes, PriorGrant, RequestObject,
    ScopeStanding,
};
use grantwise::decide::authorize::verdict::{
    Access, Authorize, AuthorizeRuleNumber, GrantChange, IgnoredParameters, RefreshTokenVerdict, SignInScreen, Stored,
    TokenResult, Verdict,
};
use grantwise::decide::engine::{Decided, Engine, To, decide, finish, is_possible, until_halt};
use grantwise::decide::fact::{Ask, Fact, Situation};
use grantwise::decide::finite::Finite;
use grantwise::decide::life::Binding;
use grantwise::decide::lifecycle::facts::{LifecycleFacts, Occurrence, Record, Revoked};
use grantwise::decide::lifecycle::verdict::{
    Consequence, Lifecycle, LifecycleRuleNumber, LifecycleVerdict, RefusedStatus,
};
use grantwise::decide::rotation::Rotation;
use grantwise::decide::rule::RuleNumber;
use grantwise::decide::syntax::Syntax;
use grantwise::decide::token::facts::{
    Due, GrantType, Presented, Stored as StoredStatus, TokenFact, TokenFacts, TokenSituation, Verifier,
};
use grantwise::decide::token::verdict::{ExistingGrantUse, Fate, Token, TokenRuleNumber, TokenVerdict};
use grantwise::oauth::client::ClientType;
use grantwise::oauth::error::{ErrorCode, ErrorPlacement};
use grantwise::oauth::response::{ResponseMode, ResponseType};
use grantwise::policy::knobs::{
    AccessDeniedFor, AdmittedRedirectUris, AllowImplicit, ConsentRequired, EarlierScopesOnApproval, GrantModel,
    HybridFlow, IdTokenNeedsOpenid, IssueRefreshTokens, KNOBS, KnobSetting, Knobs, OfflineRequest,
    OfflineScopeWithoutCode, OpenidConnect, OtherUserHinted, PkcePlain, PromptVocabulary, RememberedConsentBinding,
    RequirePkcePublic, ResourceAllowsOffline, SuccessorScope, UnregisteredRefreshGrant,
};
use grantwise::policy::profiles::PROFILES;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::input::{cases, samples};
use crate::possible::made_possible;

/// A profile's knobs, a few of them turned.
fn knobs() -> impl Strategy<Value = Knobs> {
    let turned = vec((0..KNOBS.len(), any::<Index>()), 0..6);
    (0..PROFILES.len(), turned).prop_map(|(profile, turned)| {
        let mut knobs = PROFILES.get(profile).map(|profile| profile.values().0).unwrap_or_default();
        for (knob, value) in turned {
            let values: Vec<KnobSetting> = KNOBS.get(knob).map(|knob| KnobSetting::all(knob.id)).unwrap_or_default();
            if !values.is_empty() {
                knobs.set(*value.get(&values));
            }
        }
        knobs
    })
}

/// Any situation that can occur; facts named here mostly have the value that lets a request get past its first checks.
fn situation<E: Engine>(sound: Vec<(E::Fact, usize)>) -> impl Strategy<Value = Situation<E::Fact>> {
    let count = sound.len();
    (vec(any::<Index>(), E::Fact::ALL.len()), vec(prop::bool::weighted(0.9), count)).prop_map(move |(choices, kept)| {
        let mut choices = choices.into_iter();
        let any = Situation::<E::Fact>::choose(|count| choices.next().map_or(0, |choice| choice.index(count)));
        let mended = sound.iter().zip(kept).filter(|(_, kept)| *kept).map(|(value, _)| *value);
        made_possible::<E>(mended.fold(any, |situation, (fact, value)| situation.with_index(fact, value)))
    })
}

fn authorize() -> impl Strategy<Value = Situation<AuthorizeFact>> {
    situation::<Authorize>(vec![
        (AuthorizeFact::Client, ClientStanding::Known.index()),
        (AuthorizeFact::Syntax, Syntax::WellFormed.index()),
        (AuthorizeFact::RedirectUriSent, true.index()),
        (AuthorizeFact::RequestObject, RequestObject::Absent.index()),
        (AuthorizeFact::ResponseTypeSupported, true.index()),
        (AuthorizeFact::ResponseTypeRegistered, true.index()),
        (AuthorizeFact::ResponseMode, ResponseMode::Default.index()),
        (AuthorizeFact::Display, Display::Known.index()),
        (AuthorizeFact::CodeChallenge, CodeChallenge::S256.index()),
        (AuthorizeFact::MaxAgeMalformed, false.index()),
        (AuthorizeFact::ForeignHint, false.index()),
        (AuthorizeFact::PromptUnknown, false.index()),
        (AuthorizeFact::Nonce, true.index()),
        (AuthorizeFact::Scope, ScopeStanding::Fine.index()),
        (AuthorizeFact::Openid, true.index()),
        (AuthorizeFact::AsksOnlineAccess, AskedWord::No.index()),
        (AuthorizeFact::AsksRefreshTokenScope, AskedWord::No.index()),
        (AuthorizeFact::Hint, Hint::Absent.index()),
        (AuthorizeFact::SignedIn, true.index()),
        (AuthorizeFact::AdminRestricted, false.index()),
        (AuthorizeFact::ConsentScreenAvailable, true.index()),
        (AuthorizeFact::ConsentAnswer, ConsentAnswer::Approved.index()),
        (AuthorizeFact::AnsweredPage, AnsweredPage::This.index()),
        (AuthorizeFact::LoginAnswer, LoginAnswer::Done.index()),
    ])
}

fn token() -> impl Strategy<Value = Situation<TokenFact>> {
    let grant_type = prop_oneof![9 => Just(GrantType::AuthorizationCode), 9 => Just(GrantType::RefreshToken), 2 => Just(GrantType::ClientCredentials)];
    grant_type.prop_flat_map(|grant_type| {
        situation::<Token>(vec![
            (TokenFact::Syntax, Syntax::WellFormed.index()),
            (TokenFact::GrantType, grant_type.index()),
            (TokenFact::ClientKnown, true.index()),
            (TokenFact::Authenticated, true.index()),
            (TokenFact::GrantTypeRegistered, true.index()),
            (TokenFact::Presented, Presented::Theirs.index()),
            (TokenFact::Stored, StoredStatus::Active.index()),
            (TokenFact::Elapsed, false.index()),
            (TokenFact::RedirectUriFits, true.index()),
            (TokenFact::Verifier, Verifier::Fits.index()),
            (TokenFact::SessionAlive, true.index()),
            (TokenFact::SenderProof, true.index()),
        ])
    })
}

fn lifecycle() -> impl Strategy<Value = Situation<grantwise::decide::lifecycle::facts::LifecycleFact>> {
    situation::<Lifecycle>(Vec::new())
}

/// The ids of the rules that took part.
fn rules<E: Engine>(decided: &Decided<E>) -> Vec<&'static str> {
    decided.trace.rules().map(|rule| rule.id).collect()
}

/// Every rule that a verdict names.
trait Names: Sized {
    type Engine;
    fn names(&self) -> Vec<RuleNumber<Self::Engine>>;
}

impl Names for TokenResult {
    type Engine = Authorize;
    fn names(&self) -> Vec<AuthorizeRuleNumber> {
        match self.refresh_token {
            RefreshTokenVerdict::Issued(_, rule) | RefreshTokenVerdict::None(_, rule) => vec![rule],
        }
    }
}

impl Names for Verdict {
    type Engine = Authorize;
    fn names(&self) -> Vec<AuthorizeRuleNumber> {
        match self {
            Self::Refuse(refusal, _) => vec![refusal.rule],
            Self::SignIn(_) => Vec::new(),
            Self::Ask { result, .. } => result.names(),
            Self::Issue { result, stored, .. } => {
                let Stored { grant, code, access_token, .. } = stored;
                let stored = [grant.map(|grant| grant.rule), *code, *access_token].into_iter().flatten();
                result.names().into_iter().chain(stored).collect()
            }
        }
    }
}

impl Names for TokenVerdict {
    type Engine = Token;
    fn names(&self) -> Vec<TokenRuleNumber> {
        match self {
            Self::Refuse { rule, .. } => vec![*rule],
            Self::ForItself { access_token, .. } => vec![access_token.rule],
            Self::Exchanged(exchanged) => {
                let refresh_token = exchanged.refresh_token.iter();
                let limits = refresh_token.clone().filter_map(|token| token.limit);
                let existing = match exchanged.existing_grant {
                    ExistingGrantUse::None | ExistingGrantUse::Ignored => None,
                    ExistingGrantUse::Added { ends } => ends,
                };
                let named = [exchanged.rule, exchanged.access_token.rule].into_iter();
                let ended = existing.into_iter().chain(exchanged.ends_grant_tokens);
                named.chain(refresh_token.map(|token| token.rule)).chain(limits).chain(ended).collect()
            }
            Self::Refreshed(refreshed) => [refreshed.rule, refreshed.access_token.rule]
                .into_iter()
                .chain(refreshed.successor.map(|successor| successor.rule))
                .collect(),
        }
    }
}

impl Names for LifecycleVerdict {
    type Engine = Lifecycle;
    fn names(&self) -> Vec<LifecycleRuleNumber> {
        match self {
            Self::Refuse { rule, .. } | Self::Standing(Err((_, rule))) => vec![*rule],
            Self::AskUser | Self::Standing(Ok(())) => Vec::new(),
            Self::Ends(consequences) => consequences.iter().map(|(_, rule)| rule).collect(),
        }
    }
}

/// A situation that notes what it was asked.
struct Noting<F> {
    situation: Situation<F>,
    asked: RefCell<HashSet<F>>,
}

impl<F: Fact> Ask<F> for Noting<F> {
    fn ask<T: Finite>(&self, fact: F) -> T {
        self.asked.borrow_mut().insert(fact);
        self.situation.ask(fact)
    }
}

/// The same decision, a stage at a time.
fn stage_by_stage<E: Engine>(knobs: &Knobs, situation: Situation<E::Fact>) -> Decided<E> {
    let mut step = E::step(knobs, &situation, E::START);
    while let To::Next(state) = step.to {
        step.to = E::advance(knobs, &situation, state, &mut step.trace, &mut step.aside);
    }
    finish(knobs, &situation, step)
}

/// The engine answers, and twice the same; what it did not ask changes nothing; every rule that the verdict names took
/// part, and every rule that took part has a statement; a decision that is interrupted and finished is the same.
fn is_sound<E: Engine>(
    knobs: &Knobs,
    situation: Situation<E::Fact>,
    other: Situation<E::Fact>,
) -> Result<Decided<E>, TestCaseError>
where
    E::Verdict: Names<Engine = E>,
{
    prop_assert!(is_possible::<E>(&situation), "{:?}", situation);
    let decided = decide::<E, _>(knobs, &situation);
    prop_assert!(decided == decide::<E, _>(knobs, &situation));
    prop_assert!(decided == finish(knobs, &situation, until_halt::<E, _>(knobs, &situation)));
    prop_assert!(decided == stage_by_stage::<E>(knobs, situation));
    let noting = Noting { situation, asked: RefCell::default() };
    prop_assert!(decided == decide::<E, _>(knobs, &noting));
    let asked = noting.asked.into_inner();
    let unasked = E::Fact::ALL.iter().filter(|fact| !asked.contains(fact));
    let changed = unasked.fold(situation, |changed, fact| changed.with_index(*fact, other.index(*fact)));
    prop_assert!(decided == decide::<E, _>(knobs, &changed), "{:?} {:?}", situation, changed);
    for number in decided.verdict.names() {
        prop_assert!(
            decided.trace.has(number),
            "{} is named and took no part in {:?}",
            number.rule().id,
            rules(&decided)
        );
    }
    let took_part = rules(&decided);
    prop_assert!(took_part.iter().all(|id| !id.is_empty()), "a rule without a statement took part");
    Ok(decided)
}

/// A client gets refresh tokens though it did not register the grant.
fn without_registration(knobs: &Knobs) -> bool {
    matches!(
        knobs.unregistered_refresh_grant,
        UnregisteredRefreshGrant::Issue | UnregisteredRefreshGrant::ImpliedByCode
    )
}

proptest! {
    #![proptest_config(cases(8_000))]

    /// The authorization endpoint: total, pure, and every rule that is named took part. A refusal reports nothing as set
    /// aside.
    #[test]
    fn authorize_is_total_and_pure(knobs in knobs(), situation in authorize(), other in authorize()) {
        let decided = is_sound::<Authorize>(&knobs, situation, other)?;
        prop_assert!(decided.trace.rules().next().is_some(), "no rule took part");
        if matches!(decided.verdict, Verdict::Refuse(..)) {
            prop_assert_eq!(decided.aside, IgnoredParameters::default());
        }
        prop_assert_eq!(situation, Situation::from(AuthorizeSituation::from(situation)));
    }

    /// The token endpoint: the same.
    #[test]
    fn token_is_total_and_pure(knobs in knobs(), situation in token(), other in token()) {
        let decided = is_sound::<Token>(&knobs, situation, other)?;
        prop_assert!(decided.trace.rules().next().is_some(), "no rule took part");
        prop_assert_eq!(situation, Situation::from(TokenSituation::from(situation)));
    }

    /// What ends tokens: the same. Only where a record is alive, or nothing is limited, is there nothing to say.
    #[test]
    fn lifecycle_is_total_and_pure(knobs in knobs(), situation in lifecycle(), other in lifecycle()) {
        let decided = is_sound::<Lifecycle>(&knobs, situation, other)?;
        let silent = match decided.verdict {
            LifecycleVerdict::Standing(Ok(())) => true,
            LifecycleVerdict::Ends(ends) => situation.occurrence() == Occurrence::RefreshTokenIssued && ends.iter().next().is_none(),
            _ => false,
        };
        prop_assert_eq!(silent, decided.trace.rules().next().is_none(), "{:?}", rules(&decided));
    }

    /// A response is issued only for a request that is in order, to a user who is signed in and allowed to use the
    /// client.
    #[test]
    fn a_response_needs_a_request_in_order_and_a_user(knobs in knobs(), situation in authorize()) {
        if let Verdict::Issue { result, .. } = decide::<Authorize, _>(&knobs, &situation).verdict {
            prop_assert_eq!(situation.client(), ClientStanding::Known);
            prop_assert_eq!(situation.syntax(), Syntax::WellFormed);
            prop_assert_eq!(situation.request_object(), RequestObject::Absent);
            let openid = situation.openid() && knobs.openid_connect == OpenidConnect::Yes;
            let may_be_left_out = !openid || knobs.admitted_redirect_uris == AdmittedRedirectUris::RegisteredOrOnly;
            prop_assert!(situation.redirect_uri_sent() || may_be_left_out);
            prop_assert!(situation.response_type().known().is_some());
            prop_assert!(situation.response_type_supported() && situation.response_type_registered());
            prop_assert!(situation.signed_in() && !situation.admin_restricted());
            prop_assert!(!matches!(situation.login_answer(), LoginAnswer::Failed | LoginAnswer::Denied));
            let other_user = knobs.openid_connect == OpenidConnect::Yes && situation.hint() == Hint::OtherUser;
            prop_assert!(!other_user || knobs.other_user_hinted == OtherUserHinted::AskOnce);
            prop_assert!(knobs.openid_connect == OpenidConnect::No || !situation.foreign_hint());
            if result.response_type.returns_code() {
                let challenge = situation.code_challenge();
                let demanded = match knobs.require_pkce_public {
                    RequirePkcePublic::No => false,
                    RequirePkcePublic::Yes => situation.client_type() == ClientType::Public,
                    RequirePkcePublic::AllClients => true,
                };
                prop_assert!(!matches!(challenge, CodeChallenge::UnknownMethod | CodeChallenge::Malformed));
                prop_assert!(!(demanded && challenge == CodeChallenge::Absent));
                prop_assert!(challenge != CodeChallenge::Plain || knobs.pkce_plain == PkcePlain::Accept);
            }
        }
    }

    /// Tokens come out only after the user approved the page that would be shown now, or with a rule in the trace that
    /// stands in for it; and never after a refusal, to this page or to an earlier one.
    #[test]
    fn tokens_only_with_consent(knobs in knobs(), situation in authorize()) {
        let decided = decide::<Authorize, _>(&knobs, &situation);
        let Verdict::Issue { approved, stored, .. } = decided.verdict else { return Ok(()) };
        prop_assert!(situation.consent_answer() != ConsentAnswer::Denied);
        let took_part = rules(&decided);
        prop_assert_eq!(approved.is_none(), stored.auto_approved);
        if approved.is_some() {
            prop_assert_eq!(situation.consent_answer(), ConsentAnswer::Approved);
            prop_assert_eq!(situation.answered_page(), AnsweredPage::This);
            prop_assert!(situation.kept() != Kept::RequiredRefused);
            prop_assert!(took_part.contains(&"consent.approved"));
        } else {
            let stands_in = ["consent.on_record", "consent.other_condition", "consent.not_required", "consent.first_party", "consent.install"];
            prop_assert!(took_part.iter().any(|rule| stands_in.contains(rule)), "{:?}", took_part);
        }
    }

    /// A page that nobody answered, or of which another version was answered, is shown, and gives no tokens; one that the
    /// person refused is an error.
    #[test]
    fn a_page_without_an_approval_gives_no_tokens(knobs in knobs(), situation in authorize(), answer in 0..5) {
        let step = until_halt::<Authorize, _>(&knobs, &situation);
        let grantwise::decide::engine::To::Next(AuthorizeState::Asking(asking)) = step.to else { return Ok(()) };
        let answers = [
            (ConsentAnswer::Open, AnsweredPage::This),
            (ConsentAnswer::Denied, AnsweredPage::This),
            (ConsentAnswer::Approved, AnsweredPage::Other),
            (ConsentAnswer::Approved, AnsweredPage::OfAnotherInteraction),
            (ConsentAnswer::Approved, AnsweredPage::TooLongAgo),
        ];
        let (answered, answered_page) = answers[answer as usize];
        let situation = situation.with(AuthorizeFact::ConsentAnswer, answered).with(AuthorizeFact::AnsweredPage, answered_page);
        let decided = finish(&knobs, &situation, step);
        match (asking.page(), decided.verdict) {
            (Some(page), Verdict::Ask { page: shown, .. }) => {
                prop_assert!(answered != ConsentAnswer::Denied);
                prop_assert_eq!(shown.lists, page.lists);
                prop_assert_eq!(shown.causes.answer_out_of_date, answered == ConsentAnswer::Approved);
            }
            (None, Verdict::Issue { approved, .. }) => prop_assert!(approved.is_none() && answered != ConsentAnswer::Denied),
            (_, Verdict::Refuse(refusal, _)) => {
                prop_assert_eq!(answered, ConsentAnswer::Denied);
                let named = match (knobs.access_denied_for, knobs.openid_connect) {
                    (AccessDeniedFor::Nothing, OpenidConnect::Yes) => {
                        vec![ErrorCode::ConsentRequired, ErrorCode::InteractionRequired]
                    }
                    _ => vec![ErrorCode::AccessDenied],
                };
                prop_assert!(refusal.code.is_some_and(|code| named.contains(&code)), "{:?}", refusal.code);
            }
            (page, verdict) => return Err(TestCaseError::fail(format!("{page:?} {verdict:?}"))),
        }
    }

    /// A user who granted nothing before is asked for every ordinary scope, unless another condition for processing,
    /// the server's trust in the client or its registration stands in for the question.
    #[test]
    fn who_granted_nothing_is_asked(knobs in knobs(), situation in authorize()) {
        let situation = made_possible::<Authorize>(
            situation
                .with(AuthorizeFact::PriorGrant, PriorGrant::None)
                .with(AuthorizeFact::Condition, Condition::None)
                .with(AuthorizeFact::FirstParty, false)
                .with(AuthorizeFact::OrdinaryScopes, OrdinaryScopes::SomeNew),
        );
        // A request that names no scope asks for nothing; some servers answer it all the same.
        if situation.ordinary_scopes() == OrdinaryScopes::NoneAsked {
            return Ok(());
        }
        let verdict = decide::<Authorize, _>(&knobs, &situation).verdict;
        if let (ConsentRequired::Yes, Verdict::Issue { approved, .. }) = (knobs.consent_required, verdict) {
            prop_assert!(approved.is_some() && situation.consent_answer() == ConsentAnswer::Approved);
        }
    }

    /// The stored grant changes only when the user approved; and only a policy that keeps several grants replaces one
    /// or makes another.
    #[test]
    fn the_grant_changes_by_approval_only(knobs in knobs(), situation in authorize()) {
        let Verdict::Issue { approved, stored, .. } = decide::<Authorize, _>(&knobs, &situation).verdict else { return Ok(()) };
        if let Some(grant) = stored.grant {
            prop_assert!(approved.is_some() && situation.consent_answer() == ConsentAnswer::Approved);
            let fits = match grant.change {
                GrantChange::Add => true,
                GrantChange::LeaveOut => knobs.earlier_scopes_on_approval == EarlierScopesOnApproval::LeftOutGo,
                GrantChange::Renew => {
                    knobs.earlier_scopes_on_approval == EarlierScopesOnApproval::Replaced
                        || knobs.remembered_consent_binding == RememberedConsentBinding::RedirectUri
                }
                GrantChange::Create | GrantChange::Replace => knobs.grant_model == GrantModel::Multiple,
            };
            prop_assert!(fits);
        }
        prop_assert_eq!(stored.grants_are_addressed, knobs.grant_model == GrantModel::Multiple);
    }

    /// What is issued follows from the response type: a code and the token endpoint's tokens for `code`, an access
    /// token for `token`, an ID Token for `id_token` and the scope openid.
    #[test]
    fn tokens_follow_from_the_response_type(knobs in knobs(), situation in authorize()) {
        let verdict = decide::<Authorize, _>(&knobs, &situation).verdict;
        let (Verdict::Issue { result, .. } | Verdict::Ask { result, .. }) = verdict else { return Ok(()) };
        prop_assert_eq!(Some(result.response_type), situation.response_type().known());
        prop_assert_eq!(result.front_access_token.is_some(), result.response_type.returns_access_token());
        prop_assert_eq!(result.front_id_token, result.response_type.returns_id_token());
        prop_assert_eq!(result.token_endpoint.is_some(), result.response_type.returns_code());
        let is_openid = situation.openid() && knobs.openid_connect == OpenidConnect::Yes;
        prop_assert!(!result.front_id_token || is_openid || knobs.id_token_needs_openid == IdTokenNeedsOpenid::Nothing);
        let plain_code = knobs.hybrid_flow == HybridFlow::PlainCode && result.response_type != ResponseType::Code;
        prop_assert_eq!(
            result.token_endpoint.is_some_and(|plan| plan.id_token),
            result.response_type.returns_code() && is_openid && !plain_code
        );
        match knobs.allow_implicit {
            AllowImplicit::Yes => {}
            AllowImplicit::No => prop_assert!(result.front_access_token.is_none()),
            AllowImplicit::CodeOnly => prop_assert_eq!(result.response_type, ResponseType::Code),
        }
        if let Verdict::Issue { stored, .. } = verdict {
            prop_assert_eq!(stored.code.is_some(), result.response_type.returns_code());
            prop_assert_eq!(stored.access_token.is_some(), result.response_type.returns_access_token());
        }
    }

    /// A refresh token needs a code, a client that registered the grant type, and a policy that issues any; what is
    /// bound to the session rests on nothing that outlives it.
    #[test]
    fn a_refresh_token_needs_code_registration_and_policy(knobs in knobs(), situation in authorize()) {
        let verdict = decide::<Authorize, _>(&knobs, &situation).verdict;
        let (Verdict::Issue { result, .. } | Verdict::Ask { result, .. }) = verdict else { return Ok(()) };
        if let RefreshTokenVerdict::Issued(token, _) = result.refresh_token {
            prop_assert!(result.response_type.returns_code());
            prop_assert!(situation.refresh_grant_registered() || without_registration(&knobs));
            let confidential = situation.client_type() == ClientType::Confidential;
            let issues = match knobs.issue_refresh_tokens {
                IssueRefreshTokens::Yes => true,
                IssueRefreshTokens::No => false,
                IssueRefreshTokens::ConfidentialClients => confidential,
            };
            prop_assert!(issues);
            prop_assert_eq!(result.token_endpoint.map(|plan| plan.access_token.binding), Some(token.binding));
            prop_assert!(result.scopes.offline != Access::Standing || token.binding == Binding::Offline);
        } else {
            let kept = knobs.offline_scope_without_code == OfflineScopeWithoutCode::Kept
                && !result.response_type.returns_code();
            prop_assert!(result.scopes.offline != Access::Standing || kept, "offline access is granted, and there is no refresh token");
        }
    }

    /// Offline access by a scope is granted only to a client, a user and an API that may have it, and never when the
    /// user left it out.
    #[test]
    fn offline_access_needs_everybody(knobs in knobs(), situation in authorize()) {
        let verdict = decide::<Authorize, _>(&knobs, &situation).verdict;
        let (Verdict::Issue { result, .. } | Verdict::Ask { result, .. }) = verdict else { return Ok(()) };
        if result.scopes.offline == Access::Standing {
            let asked = |word| matches!(word, AskedWord::Asked | AskedWord::Supported);
            prop_assert!(asked(situation.asks_offline_access()) || asked(situation.asks_refresh_token_scope()));
            prop_assert!(matches!(knobs.offline_request, OfflineRequest::Scope | OfflineRequest::ScopeOrRefreshToken));
            prop_assert!(situation.client_eligible() && situation.user_may_have_offline());
            let needless = !result.response_type.returns_code() || without_registration(&knobs);
            prop_assert!(situation.refresh_grant_registered() || needless);
            prop_assert_eq!(knobs.resource_allows_offline, ResourceAllowsOffline::Yes);
            let answered = matches!(verdict, Verdict::Issue { approved: Some(_), .. });
            prop_assert!(!answered || situation.keeps_offline());
        }
    }

    /// With prompt=none no page is shown, and with another value beside it nothing is issued, under every policy that
    /// knows prompt.
    #[test]
    fn prompt_none_is_silent(knobs in knobs(), situation in authorize()) {
        let situation = situation.with(AuthorizeFact::PromptNone, true);
        let others = situation.prompt_login() || situation.prompt_consent() || situation.prompt_select_account()
            || situation.prompt_force() || situation.prompt_auto() || situation.prompt_unknown();
        let understood = match knobs.prompt_vocabulary {
            PromptVocabulary::None => false,
            // Nothing but the word alone.
            PromptVocabulary::NoneOnly => !others,
            _ => true,
        };
        if understood {
            let verdict = decide::<Authorize, _>(&knobs, &situation).verdict;
            match verdict {
                Verdict::Refuse(..) => {}
                Verdict::Issue { approved, .. } => prop_assert!(!others && approved.is_none()),
                Verdict::Ask { .. } | Verdict::SignIn(_) => return Err(TestCaseError::fail("a page is shown")),
            }
        }
    }

    /// Nothing is redirected to a client that is unknown or to an address that is not its own.
    #[test]
    fn no_redirect_to_strangers(knobs in knobs(), situation in authorize(), standing in 1_usize..4) {
        let situation = situation.with_index(AuthorizeFact::Client, standing);
        let decided = decide::<Authorize, _>(&knobs, &situation);
        prop_assert!(matches!(decided.verdict, Verdict::Refuse(refusal, _) if refusal.placement == ErrorPlacement::Page));
        prop_assert_eq!(rules(&decided).len(), 1);
    }

    /// A consent page says why it is shown.
    #[test]
    fn a_page_has_reasons(knobs in knobs(), situation in authorize()) {
        match decide::<Authorize, _>(&knobs, &situation).verdict {
            Verdict::Ask { page, .. } | Verdict::Issue { approved: Some(page), .. } => {
                prop_assert!(page.causes != Default::default());
            }
            Verdict::Issue { .. } | Verdict::SignIn(_) | Verdict::Refuse(..) => {}
        }
    }

    /// Tokens of the token endpoint go only to a client that is known, proves who it is and registered the grant type,
    /// for a record that is alive and its own.
    #[test]
    fn tokens_need_a_client_and_a_record(knobs in knobs(), situation in token()) {
        let verdict = decide::<Token, _>(&knobs, &situation).verdict;
        if matches!(verdict, TokenVerdict::Refuse { .. }) {
            return Ok(());
        }
        prop_assert_eq!(situation.syntax(), Syntax::WellFormed);
        let implied = knobs.unregistered_refresh_grant == UnregisteredRefreshGrant::ImpliedByCode
            && situation.grant_type() == GrantType::RefreshToken
            && situation.code_grant_registered();
        prop_assert!(situation.client_known() && (situation.grant_type_registered() || implied));
        prop_assert!(situation.authenticated() || situation.client_type() == ClientType::Public);
        match verdict {
            TokenVerdict::ForItself { .. } => prop_assert_eq!(situation.client_type(), ClientType::Confidential),
            TokenVerdict::Exchanged(_) => {
                prop_assert_eq!((situation.presented(), situation.stored()), (Presented::Theirs, StoredStatus::Active));
                let left_out = knobs.admitted_redirect_uris == AdmittedRedirectUris::RegisteredOrOnly
                    && situation.only_redirect_uri_left_out();
                prop_assert!(!situation.elapsed() && (situation.redirect_uri_fits() || left_out));
                prop_assert!(matches!(situation.verifier(), Verifier::Fits | Verifier::Neither));
            }
            TokenVerdict::Refreshed(_) => {
                prop_assert_eq!(situation.presented(), Presented::Theirs);
                prop_assert!(matches!(situation.stored(), StoredStatus::Active | StoredStatus::UsedUpInGrace));
                prop_assert!(!situation.elapsed());
                prop_assert!(situation.due() != Due::Session || situation.session_alive());
                prop_assert!(!situation.sender_constrained() || situation.sender_proof());
            }
            TokenVerdict::Refuse { .. } => {}
        }
    }

    /// What the exchange says that a refresh will do, a refresh does, for the same client under the same policy.
    #[test]
    fn a_refresh_keeps_what_the_exchange_promised(knobs in knobs(), situation in token()) {
        let redeemed = made_possible::<Token>(situation.with(TokenFact::GrantType, GrantType::AuthorizationCode));
        let TokenVerdict::Exchanged(exchanged) = decide::<Token, _>(&knobs, &redeemed).verdict else { return Ok(()) };
        let Some(promised) = exchanged.refresh_token else { return Ok(()) };
        let used = redeemed.with(TokenFact::GrantType, GrantType::RefreshToken).with(TokenFact::Aged, false);
        let TokenVerdict::Refreshed(refreshed) = decide::<Token, _>(&knobs, &used).verdict else { return Ok(()) };
        let (fate, successor) = match promised.rotation {
            Rotation::Kept => (Fate::Touched, false),
            Rotation::Replaced => (Fate::UsedUp, true),
            Rotation::Added => (Fate::Touched, true),
            Rotation::UntilSuccessorUsed => (Fate::OthersReplaced, true),
            Rotation::UsedUp => (Fate::UsedUp, false),
        };
        // One that would be bound to a session that is over does not come.
        let dropped = knobs.successor_scope == SuccessorScope::Narrowed && !used.session_alive();
        let successor = if dropped { refreshed.successor.is_some() } else { successor };
        prop_assert_eq!((refreshed.fate, refreshed.successor.is_some()), (fate, successor));
        prop_assert!(refreshed.successor.is_none_or(|successor| successor.rotation == promised.rotation));
        prop_assert_eq!(refreshed.access_token.binding, promised.binding);
    }

    /// A code that is presented again and a refresh token that was replaced end their family; nothing else does. No other
    /// refusal changes a record, but for one that the clock or the session ended, and a code whose existing_grant is no good.
    #[test]
    fn only_a_replay_ends_a_family(knobs in knobs(), situation in token()) {
        let decided = decide::<Token, _>(&knobs, &situation);
        if let TokenVerdict::Refuse { fate, rule, .. } = decided.verdict {
            let expected = match rule.rule().id {
                "code.replayed" | "refresh.reused" => vec![Fate::FamilyEnds],
                "refresh.reused_client_tokens" => vec![Fate::ClientTokensEnd],
                "code.replay_ends_grant" | "refresh.reused_grant" => vec![Fate::GrantEnds],
                "refresh.expired"
                | "refresh.session_ended"
                | "code.session_gone_denied"
                | "code.session_gone_ends_code" => Vec::new(),
                "existing_grant.failed" => vec![Fate::Untouched, Fate::UsedUp],
                _ => vec![Fate::Untouched],
            };
            prop_assert_eq!(expected.is_empty(), matches!(fate, Fate::Ends(_)));
            prop_assert!(expected.is_empty() || expected.contains(&fate), "{:?}", decided);
        }
    }

    /// A client ends nothing that is not its own, and nothing without proving who it is; a grant is neither shown nor
    /// deleted without the scope for it.
    #[test]
    fn a_client_ends_its_own_only(knobs in knobs(), situation in lifecycle()) {
        let verdict = decide::<Lifecycle, _>(&knobs, &situation).verdict;
        match situation.occurrence() {
            Occurrence::RevocationRequest => {
                let proven = situation.client_known() && (situation.client_type() == ClientType::Public || situation.authenticated());
                let own = matches!(situation.revoked(), Revoked::AccessToken | Revoked::RefreshToken);
                if !(proven && own) {
                    prop_assert!(!matches!(verdict, LifecycleVerdict::Ends(ends) if ends.iter().next().is_some()));
                }
                let unauthorized = matches!(verdict, LifecycleVerdict::Refuse { status: RefusedStatus::Unauthorized, .. });
                prop_assert!(proven || unauthorized);
            }
            Occurrence::GrantQuery | Occurrence::GrantDeletion => {
                let refused = matches!(verdict, LifecycleVerdict::Refuse { .. });
                prop_assert_eq!(refused, !(situation.grant_scope() && situation.grant_found()));
            }
            _ => {}
        }
    }

    /// Only an answer about a record says how it stands; a record is alive only when it says so itself, its time is not
    /// over, and the session that it is bound to is there.
    #[test]
    fn a_record_is_alive_by_itself_and_by_the_clock(knobs in knobs(), situation in lifecycle()) {
        let verdict = decide::<Lifecycle, _>(&knobs, &situation).verdict;
        prop_assert_eq!(matches!(verdict, LifecycleVerdict::Standing(_)), situation.occurrence() == Occurrence::StatusAsked);
        if verdict == LifecycleVerdict::Standing(Ok(())) {
            prop_assert!(situation.record() != Record::Missing && !situation.elapsed());
            prop_assert_eq!(situation.stored_status(), grantwise::decide::lifecycle::facts::StoredStatus::Active);
            let bound = situation.record() == Record::RefreshToken && situation.bound_to_session();
            prop_assert!(!bound || situation.session_alive());
        }
    }

    /// A session that ends takes the tokens along that are bound to it; nothing else ends a session.
    #[test]
    fn a_session_takes_its_tokens_along(knobs in knobs(), situation in lifecycle()) {
        if let LifecycleVerdict::Ends(ends) = decide::<Lifecycle, _>(&knobs, &situation).verdict {
            let ended: Vec<Consequence> = ends.iter().map(|(consequence, _)| consequence).collect();
            let tokens = ended.iter().filter(|ended| matches!(ended, Consequence::SessionTokens(_))).count();
            prop_assert_eq!(ended.iter().filter(|ended| **ended == Consequence::Session).count(), tokens);
            prop_assert!(ended.iter().collect::<HashSet<_>>().len() == ended.len(), "the same ends twice: {:?}", ended);
        }
    }
}

/// The properties above mean something: situations drawn at random come to every outcome, and often to tokens.
#[test]
fn every_outcome_is_drawn() {
    let mut drawn = BTreeMap::<&str, usize>::new();
    for (knobs, situation) in samples((knobs(), authorize()), 5000) {
        let outcome = match decide::<Authorize, _>(&knobs, &situation).verdict {
            Verdict::Refuse(..) => "error",
            Verdict::SignIn(SignInScreen::Login) => "login",
            Verdict::SignIn(SignInScreen::Reauthenticate) => "reauthenticate",
            Verdict::SignIn(SignInScreen::SelectAccount) => "select_account",
            Verdict::Ask { .. } => "consent",
            Verdict::Issue { .. } => "issue",
        };
        *drawn.entry(outcome).or_default() += 1;
    }
    assert_eq!(drawn.len(), 6, "{drawn:?}");
    assert!(drawn.get("issue").is_some_and(|count| *count > 250), "{drawn:?}");

    let mut drawn = BTreeMap::<&str, usize>::new();
    for (knobs, situation) in samples((knobs(), token()), 3000) {
        let outcome = match decide::<Token, _>(&knobs, &situation).verdict {
            TokenVerdict::Refuse { .. } => "refused",
            TokenVerdict::Exchanged(_) => "exchanged",
            TokenVerdict::Refreshed(_) => "refreshed",
            TokenVerdict::ForItself { .. } => "for itself",
        };
        *drawn.entry(outcome).or_default() += 1;
    }
    assert_eq!(drawn.len(), 4, "{drawn:?}");
    assert!(drawn.values().all(|count| *count > 30), "{drawn:?}");

    let mut drawn = BTreeMap::<&str, usize>::new();
    for (knobs, situation) in samples((knobs(), lifecycle()), 3000) {
        let outcome = match decide::<Lifecycle, _>(&knobs, &situation).verdict {
            LifecycleVerdict::Refuse { .. } => "refused",
            LifecycleVerdict::AskUser => "ask",
            LifecycleVerdict::Ends(_) => "ends",
            LifecycleVerdict::Standing(Ok(())) => "alive",
            LifecycleVerdict::Standing(Err(_)) => "dead",
        };
        *drawn.entry(outcome).or_default() += 1;
    }
    assert_eq!(drawn.len(), 5, "{drawn:?}");
}
