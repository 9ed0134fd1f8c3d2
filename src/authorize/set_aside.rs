//! What was set aside, with the text of the request in which it stood.

use super::asked_scopes::ScopeKind;
use super::authorize_case::AuthorizeCase;
use super::result_scopes;
use crate::answer::Ignored;
use crate::decide::authorize::verdict::{Access, Authorize, IgnoredParameters, ScopePlan, Verdict};
use crate::decide::engine::Decided;
use crate::decide::reason::Reason;
use crate::decide::words::knows_prompt;
use crate::input::Text;
use crate::oauth::parameters::Parameter;
use crate::policy::Policy;

/// Everything that was set aside. A refusal reports nothing.
pub(super) fn list(policy: &Policy, case: &AuthorizeCase, decided: &Decided<Authorize>) -> Vec<Ignored> {
    let plan = match decided.verdict {
        Verdict::Refuse(..) => return Vec::new(),
        Verdict::SignIn(_) => None,
        Verdict::Ask { result, .. } | Verdict::Issue { result, .. } => Some(result.scopes),
    };
    let mut ignored = Vec::new();
    let mut add = |param: &'static str, value: &Text, reason: Reason| ignored.push(Ignored::new(param, value, reason));
    parameters(policy, case, decided.aside, &mut add);
    for scope in case.scopes.unknown.iter() {
        add("scope", scope, Reason::UnknownScope);
    }
    if decided.aside.foreign_scopes {
        scopes(case, |kind| kind.is_foreign).for_each(|scope| add("scope", scope, Reason::UnknownScope));
    }
    for scope in case.scopes.not_allowed.iter() {
        add("scope", scope, Reason::PolicyNarrowed);
    }
    if let Some(plan) = plan.filter(|plan| plan.without_refused) {
        for scope in result_scopes::refused_before(policy, case, plan) {
            add("scope", scope, Reason::RefusedBefore);
        }
    }
    if let Some(ScopePlan { offline, online, .. }) = plan {
        if let Access::Ignored(reason) = offline {
            scopes(case, |kind| kind.is_offline).for_each(|scope| add("scope", scope, reason));
        }
        if let Access::Ignored(reason) = online {
            scopes(case, |kind| kind.is_online).for_each(|scope| add("scope", scope, reason));
        }
    }
    ignored
}

fn scopes(case: &AuthorizeCase, is: fn(ScopeKind) -> bool) -> impl Iterator<Item = &Text> {
    case.scopes.each().filter(move |(_, kind)| is(*kind)).map(|(scope, _)| scope)
}

fn parameters(
    policy: &Policy,
    case: &AuthorizeCase,
    ignored: IgnoredParameters,
    add: &mut impl FnMut(&'static str, &Text, Reason),
) {
    let sent = &case.request.parameters;
    let mut whole = |parameter: Parameter, reason: Option<Reason>| {
        if let (Some(reason), Some(value)) = (reason, sent.get(parameter)) {
            add(parameter.name(), value, reason);
        }
    };
    whole(Parameter::Prompt, ignored.prompt);
    whole(Parameter::ResponseMode, ignored.response_mode);
    whole(Parameter::Display, ignored.display);
    whole(Parameter::AccessType, ignored.access_type);
    whole(Parameter::ApprovalPrompt, ignored.approval_prompt);
    whole(Parameter::IncludeGrantedScopes, ignored.include_granted_scopes);
    whole(Parameter::GrantManagementAction, ignored.grant_management);
    whole(Parameter::GrantId, ignored.grant_management);
    whole(Parameter::Launch, ignored.launch);
    if !ignored.prompt_unknown_values && ignored.prompt_auto.is_none() {
        return;
    }
    for value in case.request.prompt.values().iter() {
        if ignored.prompt_unknown_values && !knows_prompt(policy.knobs.prompt_vocabulary, value) {
            add("prompt", value, Reason::UnknownValue);
        }
        if let Some(reason) = ignored.prompt_auto.filter(|_| value == "auto") {
            add("prompt", value, reason);
        }
    }
}
