//! Fifth stage: who is answered for, and do they have to sign in first?

use super::admitted::{Admitted, page};
use super::facts::{AccountAnswer, AuthorizeFacts, Hint, LoginAnswer, MaxAge};
use super::verdict::SignInScreen;
use super::vocabulary::{hint, max_age};
use crate::decide::refusal::Refusal;
use crate::decide::rule::{Noted, Told};
use crate::oauth::error::ErrorCode;
use crate::policy::knobs::{
    AccessDeniedFor, AdminRestrictionError, ErrorVsOpenRedirector, Knobs, MustSelectAccount, OtherUserHinted,
};
use crate::sources::{GOOGLE_OAUTH, OIDC_PROVIDER, OPENID_CORE, RFC_6749, RFC_9700};

rules! {
    /// Who is answered for.
    SignInRule;
    SelectAccount = "sign_in.select_account", Should, "prompt=select_account lets the user choose an account.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [prompt];
    SeveralAccounts = "sign_in.several_accounts", May, "With several accounts signed in and none named, the user chooses.", [OPENID_CORE.at("section 3.1.2.6", "AuthError")], of [id_token_hint];
    NoAccountChosen = "sign_in.no_account_chosen", Must, "When no choice of an account is obtained, an error is returned.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    NotSignedIn = "sign_in.not_signed_in", Must, "A user who is not signed in is asked to sign in.", [OPENID_CORE.at("section 3.1.2.3", "Authenticates")];
    OtherUserHinted = "sign_in.other_user_hinted", Must, "With an id_token_hint, only that user is answered for.", [OPENID_CORE.at("sections 3.1.2.1 and 3.1.2.2", "AuthRequestValidation")], of [id_token_hint];
    OtherUserAsked = "sign_in.other_user_asked", Vendor, "With an id_token_hint of another user a sign-in is asked for, and whoever signs in is answered for.", [OIDC_PROVIDER.whole()], of [id_token_hint];
    PromptLogin = "sign_in.prompt_login", Must, "prompt=login signs the user in again.", [OPENID_CORE.at("section 3.1.2.3", "Authenticates")], of [prompt];
    MaxAgeExceeded = "sign_in.max_age_exceeded", Must, "When more seconds have passed than max_age, the user signs in again; max_age=0 is the same as prompt=login.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [max_age];
    Silent = "sign_in.prompt_none", Must, "With prompt=none no page is shown, and what would need one is an error.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [prompt];
    SignInFailed = "sign_in.failed", Must, "When the user cannot be signed in, an error is returned.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    AnswerTooOld = "sign_in.answered_too_long_ago", Inferred, "A sign-in or a choice of account that was answered longer ago than the policy allows does not count, and is asked for again.", [OPENID_CORE.at("section 3.1.2.3", "Authenticates")];
    SignInDenied = "sign_in.denied", Must, "The person does not want to sign in: the client is told that access is denied.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1"), OPENID_CORE.at("section 3.1.2.6", "AuthError")];
    SignInBeforeError = "sign_in.before_error", Must, "The user signs in before an error is redirected, so that the server is no open redirector.", [RFC_9700.at("section 4.11.2", "section-4.11.2")];
    AdminRestricted = "sign_in.admin_restricted", Vendor, "An administrator does not allow this client to this user.", [GOOGLE_OAUTH.whole()];
}

/// Why the user is not answered for yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NotYet {
    /// The request is refused.
    Refused(Refusal<SignInRule>),
    /// The person has to do something first.
    Show(SignInScreen),
}

type Check = Result<(), NotYet>;

/// Lets a signed-in user pass.
pub(super) fn authenticate<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
) -> Told<Check, SignInRule> {
    Told::by(|noted| {
        choose_account(policy, facts, admitted, noted)?;
        sign_in(policy, facts, admitted, noted)?;
        if facts.admin_restricted() {
            return Err(NotYet::Refused(match policy.admin_restriction_error {
                AdminRestrictionError::AdminPolicyEnforced => {
                    page(Some(ErrorCode::AdminPolicyEnforced), SignInRule::AdminRestricted)
                }
                AdminRestrictionError::AccessDenied => {
                    admitted.refuse(ErrorCode::AccessDenied, SignInRule::AdminRestricted)
                }
            }));
        }
        Ok(())
    })
}

/// Whether an error that would be redirected waits until the user has signed in; never under prompt=none.
pub(super) fn comes_before_error<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> bool {
    policy.error_vs_open_redirector == ErrorVsOpenRedirector::AfterLogin && !facts.signed_in() && !facts.prompt_none()
}

/// The sign-in that comes before an error; the error follows whatever the person does.
pub(super) fn before_error<F: AuthorizeFacts>(facts: &F) -> Told<Option<SignInScreen>, SignInRule> {
    Told::by(|noted| {
        noted.note(SignInRule::SignInBeforeError);
        matches!(facts.login_answer(), LoginAnswer::Open | LoginAnswer::TooOld).then_some(SignInScreen::Login)
    })
}

fn choose_account<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    noted: &mut Noted<SignInRule>,
) -> Check {
    // Whoever has just signed in has chosen.
    if !facts.signed_in() || facts.login_answer() == LoginAnswer::Done {
        return Ok(());
    }
    let rule = if admitted.select_account {
        SignInRule::SelectAccount
    } else if policy.must_select_account == MustSelectAccount::Yes
        && facts.several_accounts()
        && hint(policy, facts) == Hint::Absent
    {
        SignInRule::SeveralAccounts
    } else {
        return Ok(());
    };
    noted.note(rule);
    let refused =
        |rule| Err(NotYet::Refused(admitted.refuse_as_openid(policy, ErrorCode::AccountSelectionRequired, rule)));
    match facts.account_answer() {
        AccountAnswer::Done => Ok(()),
        _ if admitted.silent => refused(SignInRule::Silent),
        AccountAnswer::Open => Err(NotYet::Show(SignInScreen::SelectAccount)),
        AccountAnswer::TooOld => {
            noted.note(SignInRule::AnswerTooOld);
            Err(NotYet::Show(SignInScreen::SelectAccount))
        }
        AccountAnswer::NoneChosen => refused(SignInRule::NoAccountChosen),
    }
}

fn sign_in<F: AuthorizeFacts>(policy: &Knobs, facts: &F, admitted: &Admitted, noted: &mut Noted<SignInRule>) -> Check {
    let refused = |code, rule| Err(NotYet::Refused(admitted.refuse_as_openid(policy, code, rule)));
    match facts.login_answer() {
        LoginAnswer::Failed => {
            let code = match policy.access_denied_for {
                AccessDeniedFor::SignInAndConsent => ErrorCode::AccessDenied,
                AccessDeniedFor::Consent | AccessDeniedFor::Nothing => ErrorCode::LoginRequired,
            };
            return refused(code, SignInRule::SignInFailed);
        }
        LoginAnswer::Denied => {
            let code = match policy.access_denied_for {
                AccessDeniedFor::Consent | AccessDeniedFor::SignInAndConsent => ErrorCode::AccessDenied,
                AccessDeniedFor::Nothing => ErrorCode::LoginRequired,
            };
            return refused(code, SignInRule::SignInDenied);
        }
        LoginAnswer::Open | LoginAnswer::Done | LoginAnswer::TooOld => {}
    }
    let Some(Cause { rule, screen, answered_by_signing_in }) = cause(policy, facts, admitted) else { return Ok(()) };
    noted.note(rule);
    if admitted.silent {
        return refused(ErrorCode::LoginRequired, SignInRule::Silent);
    }
    match (facts.signed_in(), facts.login_answer()) {
        // An answer of "signed in" without a session is refused where the input is read; here it is asked again.
        (_, LoginAnswer::TooOld) => {
            noted.note(SignInRule::AnswerTooOld);
            Err(NotYet::Show(screen))
        }
        (false, _) | (true, LoginAnswer::Open) => Err(NotYet::Show(screen)),
        (true, _) if !answered_by_signing_in => refused(ErrorCode::LoginRequired, rule),
        (true, _) => Ok(()),
    }
}

/// Why the user has to sign in, and on which page.
struct Cause {
    rule: SignInRule,
    screen: SignInScreen,
    /// Whoever signs in is answered for; else it has to be another user than the one who did.
    answered_by_signing_in: bool,
}

fn cause<F: AuthorizeFacts>(policy: &Knobs, facts: &F, admitted: &Admitted) -> Option<Cause> {
    let by = |rule, screen| Some(Cause { rule, screen, answered_by_signing_in: true });
    if !facts.signed_in() {
        return by(SignInRule::NotSignedIn, SignInScreen::Login);
    }
    if hint(policy, facts) == Hint::OtherUser {
        let (rule, answered_by_signing_in) = match policy.other_user_hinted {
            OtherUserHinted::Refuse => (SignInRule::OtherUserHinted, false),
            OtherUserHinted::AskOnce => (SignInRule::OtherUserAsked, true),
        };
        return Some(Cause { rule, screen: SignInScreen::Login, answered_by_signing_in });
    }
    if admitted.login {
        return by(SignInRule::PromptLogin, SignInScreen::Reauthenticate);
    }
    match max_age(policy, facts) {
        MaxAge::Exceeded | MaxAge::Zero => by(SignInRule::MaxAgeExceeded, SignInScreen::Reauthenticate),
        MaxAge::Absent | MaxAge::Within => None,
    }
}
