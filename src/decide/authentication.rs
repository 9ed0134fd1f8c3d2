//! Second stage: who is answered for, and do they have to sign in first?

use super::Halt;
use super::facts::{AccountAnswer, Facts, Hint, LoginAnswer, MaxAge};
use super::request::Admitted;
use super::rule::{RuleNumber, Trace};
use super::verdict::{Refusal, Screen};
use super::vocabulary::prompts;
use crate::oauth::error::{ErrorCode, ErrorPlacement};
use crate::policy::knobs::{AdminRestrictionError, Knobs, MustSelectAccount};
use crate::sources::{GOOGLE_OAUTH, OPENID_CORE, RFC_9700};

rules! {
    from 44 to 60;
    SELECT_ACCOUNT = "sign_in.select_account", Should, "prompt=select_account lets the user choose an account.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    SEVERAL_ACCOUNTS = "sign_in.several_accounts", May, "With several accounts signed in and none named, the user chooses.", [OPENID_CORE.at("section 3.1.2.6", "AuthError")];
    NO_ACCOUNT_CHOSEN = "sign_in.no_account_chosen", Must, "When no choice of an account is obtained, an error is returned.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    NOT_SIGNED_IN = "sign_in.not_signed_in", Must, "A user who is not signed in is asked to sign in.", [OPENID_CORE.at("section 3.1.2.3", "Authenticates")];
    OTHER_USER_HINTED = "sign_in.other_user_hinted", Must, "With an id_token_hint, only that user is answered for.", [OPENID_CORE.at("sections 3.1.2.1 and 3.1.2.2", "AuthRequestValidation")];
    PROMPT_LOGIN = "sign_in.prompt_login", Must, "prompt=login signs the user in again.", [OPENID_CORE.at("section 3.1.2.3", "Authenticates")];
    MAX_AGE_EXCEEDED = "sign_in.max_age_exceeded", Must, "When more seconds have passed than max_age, the user signs in again; max_age=0 is the same as prompt=login.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    SILENT = "sign_in.prompt_none", Must, "With prompt=none no page is shown, and what would need one is an error.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    SIGN_IN_FAILED = "sign_in.failed", Must, "When the user cannot be signed in, an error is returned.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    SIGN_IN_BEFORE_ERROR = "sign_in.before_error", Must, "The user signs in before an error is redirected, so that the server is no open redirector.", [RFC_9700.at("section 4.11.2", "section-4.11.2")];
    ADMIN_RESTRICTED = "sign_in.admin_restricted", Vendor, "An administrator does not allow this client to this user.", [GOOGLE_OAUTH.whole()];
}

/// Lets a signed-in user pass.
pub(super) fn authenticate<F: Facts>(
    policy: &Knobs,
    facts: &F,
    admitted: &Admitted,
    trace: &mut Trace,
) -> Result<(), Halt> {
    if let Some(refusal) = admitted.waiting {
        trace.note(SIGN_IN_BEFORE_ERROR);
        return match facts.login_answer() {
            LoginAnswer::Open => Err(Halt::Show(Screen::Login)),
            LoginAnswer::Done | LoginAnswer::Failed => Err(refusal.into()),
        };
    }
    choose_account(policy, facts, admitted, trace)?;
    sign_in(policy, facts, admitted, trace)?;
    if facts.admin_restricted() {
        return Err(admin_refusal(policy, admitted).into());
    }
    Ok(())
}

fn choose_account<F: Facts>(policy: &Knobs, facts: &F, admitted: &Admitted, trace: &mut Trace) -> Result<(), Halt> {
    // Whoever has just signed in has chosen.
    if !facts.signed_in() || facts.login_answer() == LoginAnswer::Done {
        return Ok(());
    }
    let rule = if prompts(policy, facts).select_account {
        SELECT_ACCOUNT
    } else if policy.must_select_account == MustSelectAccount::Yes
        && facts.several_accounts()
        && facts.hint() == Hint::Absent
    {
        SEVERAL_ACCOUNTS
    } else {
        return Ok(());
    };
    trace.note(rule);
    let refused = |rule| Err(admitted.refusal(ErrorCode::AccountSelectionRequired, rule).into());
    match facts.account_answer() {
        AccountAnswer::Done => Ok(()),
        _ if admitted.silent => Err(admitted.refusal(ErrorCode::AccountSelectionRequired, SILENT).into()),
        AccountAnswer::Open => Err(Halt::Show(Screen::SelectAccount)),
        AccountAnswer::NoneChosen => refused(NO_ACCOUNT_CHOSEN),
    }
}

fn sign_in<F: Facts>(policy: &Knobs, facts: &F, admitted: &Admitted, trace: &mut Trace) -> Result<(), Halt> {
    let refused = |rule: RuleNumber| Err(admitted.refusal(ErrorCode::LoginRequired, rule).into());
    if facts.login_answer() == LoginAnswer::Failed {
        return refused(SIGN_IN_FAILED);
    }
    let Some((rule, screen)) = cause(policy, facts) else { return Ok(()) };
    trace.note(rule);
    if admitted.silent {
        return refused(SILENT);
    }
    match (facts.signed_in(), facts.login_answer(), rule) {
        // An answer of "signed in" without a session is refused where the input is read; here it is asked again.
        (false, ..) | (true, LoginAnswer::Open, _) => Err(Halt::Show(screen)),
        (true, _, OTHER_USER_HINTED) => refused(OTHER_USER_HINTED),
        (true, ..) => Ok(()),
    }
}

/// Why the user has to sign in, and on which page.
fn cause<F: Facts>(policy: &Knobs, facts: &F) -> Option<(RuleNumber, Screen)> {
    if !facts.signed_in() {
        return Some((NOT_SIGNED_IN, Screen::Login));
    }
    if facts.hint() == Hint::OtherUser {
        return Some((OTHER_USER_HINTED, Screen::Login));
    }
    if prompts(policy, facts).login {
        return Some((PROMPT_LOGIN, Screen::Reauthenticate));
    }
    match facts.max_age() {
        MaxAge::Exceeded | MaxAge::Zero => Some((MAX_AGE_EXCEEDED, Screen::Reauthenticate)),
        MaxAge::Absent | MaxAge::Within | MaxAge::Malformed => None,
    }
}

fn admin_refusal(policy: &Knobs, admitted: &Admitted) -> Refusal {
    match policy.admin_restriction_error {
        AdminRestrictionError::AdminPolicyEnforced => Refusal {
            code: Some(ErrorCode::AdminPolicyEnforced),
            placement: ErrorPlacement::Page,
            rule: ADMIN_RESTRICTED,
        },
        AdminRestrictionError::AccessDenied => admitted.refusal(ErrorCode::AccessDenied, ADMIN_RESTRICTED),
    }
}
