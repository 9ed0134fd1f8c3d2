//! The engine over situations and policies at random: any value of any knob with any value of any fact.

use std::collections::BTreeMap;

use grantwise::decide::facts::{
    ClientStanding, CodeChallenge, Condition, ConsentAnswer, Display, Hint, Kept, LoginAnswer, OrdinaryScopes,
    PriorGrant, PromptNone, RequestObject, ScopeStanding, Syntax,
};
use grantwise::decide::verdict::{Access, GrantChange, Outcome, Screen, Verdict};
use grantwise::decide::{Situation, decide, rule};
use grantwise::oauth::error::ErrorPlacement;
use grantwise::oauth::response::ResponseMode;
use grantwise::policy::knobs::{
    AllowImplicit, ConsentRequired, GrantModel, IssueRefreshTokens, KNOBS, KnobSetting, Knobs, OfflineRequest,
    PromptVocabulary, ResourceAllowsOffline,
};
use grantwise::policy::profiles::PROFILES;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::input::{cases, samples};

/// A profile's knobs, a few of them turned.
fn knobs() -> impl Strategy<Value = Knobs> {
    let turned = vec((0..KNOBS.len(), any::<prop::sample::Index>()), 0..6);
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

/// Any situation; most of them such that the request gets past its first checks.
fn situation() -> impl Strategy<Value = Situation> {
    (vec(any::<prop::sample::Index>(), 80), vec(prop::bool::weighted(0.9), 16)).prop_map(|(choices, sound)| {
        let mut choices = choices.into_iter();
        let mut situation = Situation::choose(|count| choices.next().map_or(0, |choice| choice.index(count)));
        let mut sound = sound.into_iter();
        let mut mend = |mend: fn(&mut Situation)| {
            if sound.next().unwrap_or(true) {
                mend(&mut situation);
            }
        };
        mend(|situation| situation.client = ClientStanding::Known);
        mend(|situation| situation.syntax = Syntax::WellFormed);
        mend(|situation| situation.request_object = RequestObject::Absent);
        mend(|situation| situation.response_type_registered = true);
        mend(|situation| situation.response_mode = ResponseMode::Default);
        mend(|situation| situation.display = Display::Known);
        mend(|situation| situation.code_challenge = CodeChallenge::Present);
        mend(|situation| situation.scope = ScopeStanding::Fine);
        mend(|situation| situation.openid = true);
        mend(|situation| situation.nonce = true);
        mend(|situation| situation.hint = Hint::Absent);
        mend(|situation| situation.signed_in = true);
        mend(|situation| situation.admin_restricted = false);
        mend(|situation| situation.prompt_unknown = false);
        mend(|situation| situation.consent_answer = ConsentAnswer::Approved);
        mend(|situation| situation.login_answer = LoginAnswer::Done);
        situation
    })
}

fn is_issue(verdict: &Verdict) -> bool {
    verdict.outcome == Outcome::Issue
}

proptest! {
    #![proptest_config(cases(12_000))]

    /// The engine answers every situation under every policy, and twice the same.
    #[test]
    fn decide_is_total_and_pure(knobs in knobs(), situation in situation()) {
        let verdict = decide(&knobs, &situation);
        prop_assert_eq!(verdict, decide(&knobs, &situation));
        for number in verdict.trace.rules() {
            prop_assert!(rule(number).is_some(), "a rule without a statement took part");
        }
    }

    /// A response is issued only for a request that is in order, to a user who is signed in and allowed to use the
    /// client.
    #[test]
    fn a_response_needs_a_request_in_order_and_a_user(knobs in knobs(), situation in situation()) {
        let verdict = decide(&knobs, &situation);
        if is_issue(&verdict) {
            prop_assert_eq!(situation.client, ClientStanding::Known);
            prop_assert_eq!(situation.syntax, Syntax::WellFormed);
            prop_assert_eq!(situation.request_object, RequestObject::Absent);
            prop_assert!(situation.response_type.known().is_some() && situation.response_type_registered);
            prop_assert!(situation.signed_in && !situation.admin_restricted);
            prop_assert!(situation.login_answer != LoginAnswer::Failed);
            prop_assert!(situation.hint != Hint::OtherUser && situation.hint != Hint::NotIssuedHere);
            prop_assert!(verdict.tokens.is_some() && verdict.scopes.is_some() && verdict.placement.is_some());
        }
    }

    /// Tokens come out only after the user approved the page, or with a rule in the trace that stands in for it; and
    /// never after a refusal.
    #[test]
    fn tokens_only_with_consent(knobs in knobs(), situation in situation()) {
        let verdict = decide(&knobs, &situation);
        if !is_issue(&verdict) {
            return Ok(());
        }
        prop_assert!(situation.consent_answer != ConsentAnswer::Denied);
        let rules: Vec<&str> = verdict.trace.rules().filter_map(rule).map(|rule| rule.id).collect();
        if verdict.consent.is_some() {
            prop_assert_eq!(situation.consent_answer, ConsentAnswer::Approved);
            prop_assert!(!matches!(situation.kept, Kept::Nothing | Kept::RequiredRefused));
            prop_assert!(rules.contains(&"consent.approved"));
        } else {
            let stands_in = ["consent.on_record", "consent.other_condition", "consent.not_required", "consent.first_party", "consent.install"];
            prop_assert!(rules.iter().any(|rule| stands_in.contains(rule)), "{:?}", rules);
        }
    }

    /// A user who granted nothing before is asked for every ordinary scope, unless another condition for processing,
    /// the server's trust in the client or its registration stands in for the question.
    #[test]
    fn who_granted_nothing_is_asked(knobs in knobs(), mut situation in situation()) {
        situation.prior_grant = PriorGrant::None;
        situation.condition = Condition::None;
        situation.first_party = false;
        situation.ordinary_scopes = OrdinaryScopes::SomeNew;
        if knobs.consent_required == ConsentRequired::Yes {
            let verdict = decide(&knobs, &situation);
            prop_assert!(!is_issue(&verdict) || (verdict.consent.is_some() && situation.consent_answer == ConsentAnswer::Approved));
        }
    }

    /// The stored grant changes only when the user approved; and only a policy that keeps several grants replaces one
    /// or makes another.
    #[test]
    fn the_grant_changes_by_approval_only(knobs in knobs(), situation in situation()) {
        let verdict = decide(&knobs, &situation);
        if verdict.grant != GrantChange::Keep {
            prop_assert!(is_issue(&verdict) && situation.consent_answer == ConsentAnswer::Approved);
        }
        if knobs.grant_model != GrantModel::Multiple {
            prop_assert!(matches!(verdict.grant, GrantChange::Keep | GrantChange::Add));
        }
    }

    /// What is issued follows from the response type: a code and the token endpoint's tokens for `code`, an access
    /// token for `token`, an ID Token for `id_token` and the scope openid.
    #[test]
    fn tokens_follow_from_the_response_type(knobs in knobs(), situation in situation()) {
        let verdict = decide(&knobs, &situation);
        let Some(tokens) = verdict.tokens else { return Ok(()) };
        prop_assert_eq!(Some(tokens.response_type), situation.response_type.known());
        prop_assert_eq!(tokens.front_access_token.is_some(), tokens.response_type.returns_access_token());
        prop_assert_eq!(tokens.front_id_token, tokens.response_type.returns_id_token());
        prop_assert_eq!(tokens.access_token.is_some(), tokens.response_type.returns_code());
        prop_assert!(!tokens.front_id_token || situation.openid);
        prop_assert_eq!(tokens.id_token, tokens.response_type.returns_code() && situation.openid);
        prop_assert!(tokens.front_access_token.is_none() || knobs.allow_implicit == AllowImplicit::Yes);
    }

    /// A refresh token needs a code, a client that registered the grant type, and a policy that issues any.
    #[test]
    fn a_refresh_token_needs_code_registration_and_policy(knobs in knobs(), situation in situation()) {
        let verdict = decide(&knobs, &situation);
        if verdict.tokens.is_some_and(|tokens| tokens.refresh_token.is_some()) {
            prop_assert!(situation.response_type.known().is_some_and(|response_type| response_type.returns_code()));
            prop_assert!(situation.refresh_grant_registered);
            prop_assert_eq!(knobs.issue_refresh_tokens, IssueRefreshTokens::Yes);
        }
    }

    /// Offline access by a scope is granted only to a client, a user and an API that may have it, and never when the
    /// user left it out.
    #[test]
    fn offline_access_needs_everybody(knobs in knobs(), situation in situation()) {
        let verdict = decide(&knobs, &situation);
        if verdict.scopes.is_some_and(|scopes| scopes.offline == Access::Standing) {
            prop_assert!(situation.asks_offline_access || situation.asks_refresh_token_scope);
            prop_assert!(matches!(knobs.offline_request, OfflineRequest::Scope | OfflineRequest::ScopeOrRefreshToken));
            prop_assert!(situation.client_eligible && situation.user_may_have_offline);
            prop_assert!(situation.refresh_grant_registered);
            prop_assert_eq!(knobs.resource_allows_offline, ResourceAllowsOffline::Yes);
            let answered = is_issue(&verdict) && verdict.consent.is_some();
            prop_assert!(!answered || situation.keeps_offline);
        }
    }

    /// With prompt=none no page is shown, and with another value beside it nothing is issued, under every policy that
    /// knows prompt.
    #[test]
    fn prompt_none_is_silent(knobs in knobs(), situation in situation()) {
        let verdict = decide(&knobs, &situation);
        if knobs.prompt_vocabulary != PromptVocabulary::None {
            match situation.prompt_none {
                PromptNone::Absent => {}
                PromptNone::Alone => prop_assert!(!matches!(verdict.outcome, Outcome::Show(_))),
                PromptNone::WithOthers => prop_assert!(matches!(verdict.outcome, Outcome::Refuse(_))),
            }
        }
    }

    /// Nothing is redirected to a client that is unknown or to an address that is not its own.
    #[test]
    fn no_redirect_to_strangers(knobs in knobs(), mut situation in situation(), standing in 0..3) {
        situation.client =
            [ClientStanding::Unreadable, ClientStanding::UnknownClient, ClientStanding::UnknownRedirect][standing as usize];
        let verdict = decide(&knobs, &situation);
        prop_assert!(matches!(verdict.outcome, Outcome::Refuse(refusal) if refusal.placement == ErrorPlacement::Page));
        prop_assert!(verdict.placement.is_none());
    }

    /// A consent page is there when it is to be shown, and says why; a refusal says by which rule.
    #[test]
    fn a_page_and_a_refusal_have_reasons(knobs in knobs(), situation in situation()) {
        let verdict = decide(&knobs, &situation);
        match verdict.outcome {
            Outcome::Show(Screen::Consent) => {
                prop_assert!(verdict.consent.is_some_and(|page| page.causes != Default::default()));
                prop_assert!(verdict.tokens.is_some());
            }
            Outcome::Show(_) => prop_assert!(verdict.tokens.is_none() && verdict.consent.is_none()),
            Outcome::Refuse(refusal) => prop_assert!(verdict.trace.has(refusal.rule)),
            Outcome::Issue => {}
        }
    }
}

/// The properties above mean something: situations drawn at random come to every outcome, and often to tokens.
#[test]
fn every_outcome_is_drawn() {
    let mut drawn = BTreeMap::<&str, usize>::new();
    for (knobs, situation) in samples((knobs(), situation()), 5000) {
        let outcome = match decide(&knobs, &situation).outcome {
            Outcome::Refuse(_) => "error",
            Outcome::Show(Screen::Login) => "login",
            Outcome::Show(Screen::Reauthenticate) => "reauthenticate",
            Outcome::Show(Screen::SelectAccount) => "select_account",
            Outcome::Show(Screen::Consent) => "consent",
            Outcome::Issue => "issue",
        };
        *drawn.entry(outcome).or_default() += 1;
    }
    assert_eq!(drawn.len(), 6, "{drawn:?}");
    assert!(drawn.get("issue").is_some_and(|count| *count > 250), "{drawn:?}");
}
