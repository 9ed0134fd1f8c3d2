//! Part of the first stage: parameters of vendors and drafts, which one policy knows and another does not.

use super::facts::{AccessType, ApprovalPrompt, Facts, IncludeGrantedScopes};
use super::request::{
    ACCESS_TYPE_NOT_LEGAL, ACCESS_TYPE_UNKNOWN, ACCESS_TYPE_UNSUPPORTED, APPROVAL_PROMPT_UNSUPPORTED, Channel,
    INCLUDE_PUBLIC, INCLUDE_UNSUPPORTED, LAUNCH_UNSUPPORTED,
};
use super::verdict::{Reason, Refusal, Verdict};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::error::ErrorCode;
use crate::oauth::response::ResponseType;
use crate::policy::knobs::{
    AccessTypeOfflineInTokenFlow, IncludeGrantedScopesExcludes, IncludeGrantedScopesPublic, Knobs,
    LegacyApprovalPrompt, OfflineRequest, SmartLaunch, SupportsIncludeGrantedScopes,
};

/// Reads the parameters of vendors and drafts: what is not this policy's is set aside.
pub(super) fn read<F: Facts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    response_type: ResponseType,
    verdict: &mut Verdict,
) -> Result<(), Refusal> {
    access_type(policy, facts, channel, response_type, verdict)?;
    approval_prompt(policy, facts, verdict);
    include_granted_scopes(policy, facts, channel, verdict)?;
    if facts.launch_sent() && policy.smart_launch == SmartLaunch::No {
        verdict.ignored.launch = Some(Reason::Unsupported);
        verdict.trace.note(LAUNCH_UNSUPPORTED);
    }
    Ok(())
}

fn access_type<F: Facts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    response_type: ResponseType,
    verdict: &mut Verdict,
) -> Result<(), Refusal> {
    let known = policy.offline_request == OfflineRequest::AccessType;
    match facts.access_type() {
        AccessType::Absent => {}
        _ if !known => {
            verdict.ignored.access_type = Some(Reason::Unsupported);
            verdict.trace.note(ACCESS_TYPE_UNSUPPORTED);
        }
        AccessType::Unknown => {
            verdict.ignored.access_type = Some(Reason::UnknownValue);
            verdict.trace.note(ACCESS_TYPE_UNKNOWN);
        }
        AccessType::Offline
            if !response_type.returns_code()
                && policy.access_type_offline_in_token_flow == AccessTypeOfflineInTokenFlow::Reject =>
        {
            return Err(channel.refuse(ErrorCode::InvalidRequest, ACCESS_TYPE_NOT_LEGAL));
        }
        AccessType::Online | AccessType::Offline => {}
    }
    Ok(())
}

fn approval_prompt<F: Facts>(policy: &Knobs, facts: &F, verdict: &mut Verdict) {
    let reason = match (facts.approval_prompt(), policy.legacy_approval_prompt) {
        (ApprovalPrompt::Absent, _) => return,
        (_, LegacyApprovalPrompt::Unknown) => Reason::Unsupported,
        (_, LegacyApprovalPrompt::Ignore) => Reason::LegacyUnsupported,
        (ApprovalPrompt::Unknown, LegacyApprovalPrompt::Honour) => Reason::UnknownValue,
        (ApprovalPrompt::Auto | ApprovalPrompt::Force, LegacyApprovalPrompt::Honour) => return,
    };
    verdict.ignored.approval_prompt = Some(reason);
    verdict.trace.note(APPROVAL_PROMPT_UNSUPPORTED);
}

fn include_granted_scopes<F: Facts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    verdict: &mut Verdict,
) -> Result<(), Refusal> {
    let supported = policy.supports_include_granted_scopes == SupportsIncludeGrantedScopes::Yes;
    let reason = match facts.include_granted_scopes() {
        IncludeGrantedScopes::Absent => return Ok(()),
        _ if !supported => {
            verdict.trace.note(INCLUDE_UNSUPPORTED);
            Reason::Unsupported
        }
        IncludeGrantedScopes::False => return Ok(()),
        IncludeGrantedScopes::Unknown => Reason::UnknownValue,
        IncludeGrantedScopes::True => match (excluded(policy, facts), policy.include_granted_scopes_public) {
            (None, _) | (Some(_), IncludeGrantedScopesPublic::Honour) => return Ok(()),
            (Some(_), IncludeGrantedScopesPublic::Error) => {
                return Err(channel.refuse(ErrorCode::InvalidRequest, INCLUDE_PUBLIC));
            }
            (Some(reason), IncludeGrantedScopesPublic::Ignore) => {
                verdict.trace.note(INCLUDE_PUBLIC);
                reason
            }
        },
    };
    verdict.ignored.include_granted_scopes = Some(reason);
    Ok(())
}

/// Why a client is kept from incremental authorization: it is public, or (Google) an installed app.
fn excluded<F: Facts>(policy: &Knobs, facts: &F) -> Option<Reason> {
    match policy.include_granted_scopes_excludes {
        IncludeGrantedScopesExcludes::PublicClients if facts.client_type() == ClientType::Public => {
            Some(Reason::PublicClient)
        }
        IncludeGrantedScopesExcludes::InstalledApps if facts.application_type() == ApplicationType::Native => {
            Some(Reason::InstalledApp)
        }
        IncludeGrantedScopesExcludes::PublicClients | IncludeGrantedScopesExcludes::InstalledApps => None,
    }
}
