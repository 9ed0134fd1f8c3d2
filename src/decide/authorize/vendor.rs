//! Third stage: parameters of vendors and drafts, which one policy knows and another does not.

use super::admitted::{AskedAccessType, Channel};
use super::facts::{AccessType, ApprovalPrompt, AuthorizeFacts, IncludeGrantedScopes};
use super::verdict::IgnoredParameters;
use crate::decide::reason::Reason;
use crate::decide::refusal::Refusal;
use crate::decide::rule::{Noted, Told};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::error::ErrorCode;
use crate::oauth::response::ResponseType;
use crate::policy::knobs::{
    AccessTypeOfflineInTokenFlow, IncludeGrantedScopesExcludes, IncludeGrantedScopesPublic, Knobs,
    LegacyApprovalPrompt, OfflineRequest, SmartLaunch, SupportsIncludeGrantedScopes,
};
use crate::sources::{GOOGLE_2011, GOOGLE_APPROVAL_PROMPT, GOOGLE_NATIVE, INCREMENTAL_00, ISSUE_539, RFC_6749, SMART};

rules! {
    /// What becomes of parameters of vendors and drafts.
    VendorRule;
    AccessTypeUnsupported = "request.access_type_unsupported", Must, "An unrecognised parameter is ignored; access_type is none of this policy's.", [RFC_6749.at("section 3.1", "section-3.1")], of [access_type];
    AccessTypeUnknown = "request.access_type_unknown", Inferred, "An access_type other than online and offline counts as the default.", [GOOGLE_2011.at("change 2", "")], of [access_type];
    AccessTypeNotLegal = "request.access_type_not_legal", Vendor, "access_type=offline is only legal in the code flow.", [ISSUE_539.at("comment 2 (Breno)", "")], of [access_type];
    ApprovalPromptUnsupported = "request.approval_prompt_unsupported", Must, "An unrecognised parameter is ignored; approval_prompt is none of this policy's, or no longer.", [RFC_6749.at("section 3.1", "section-3.1"), GOOGLE_APPROVAL_PROMPT.whole()], of [approval_prompt];
    IncludeUnsupported = "request.include_granted_scopes_unsupported", Must, "A server may support include_granted_scopes; one that does not ignores it.", [INCREMENTAL_00.at("section 4", "section-4"), RFC_6749.at("section 3.1", "section-3.1")], of [include_granted_scopes];
    IncludeUnknown = "request.include_granted_scopes_unknown", Inferred, "An include_granted_scopes other than true and false counts as not sent.", [INCREMENTAL_00.at("section 4", "section-4")], of [include_granted_scopes];
    IncludePublic = "request.include_granted_scopes_public", Should, "A public client does not get earlier scopes without being asked for them, because anybody could pretend to be it.", [INCREMENTAL_00.at("section 5", "section-5"), GOOGLE_NATIVE.whole()], of [include_granted_scopes];
    LaunchUnsupported = "request.launch_unsupported", Must, "An unrecognised parameter is ignored; launch belongs to SMART App Launch.", [RFC_6749.at("section 3.1", "section-3.1"), SMART.whole()], of [launch];
}

/// What the parameters of vendors and drafts come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct VendorParameters {
    /// access_type, as far as this policy knows it.
    pub(super) access_type: AskedAccessType,
    /// include_granted_scopes asks for the scopes that were granted before.
    pub(super) includes_granted_scopes: bool,
    /// Those that are none of this policy's.
    pub(super) ignored: IgnoredParameters,
}

/// Reads the parameters of vendors and drafts: what is not this policy's is set aside.
pub(super) fn parameters<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    response_type: ResponseType,
) -> Told<Result<VendorParameters, Refusal<VendorRule>>, VendorRule> {
    Told::by(|noted| {
        let access_type = access_type(policy, facts, channel, response_type, noted)?;
        let approval_prompt = approval_prompt(policy, facts, noted);
        let (includes_granted_scopes, include_granted_scopes) = include_granted_scopes(policy, facts, channel, noted)?;
        let launch = (policy.smart_launch == SmartLaunch::No && facts.launch_sent()).then(|| {
            noted.note(VendorRule::LaunchUnsupported);
            Reason::Unsupported
        });
        let ignored = IgnoredParameters {
            access_type: match access_type {
                AskedAccessType::UnknownValue => Some(Reason::UnknownValue),
                AskedAccessType::Unsupported => Some(Reason::Unsupported),
                AskedAccessType::Nothing | AskedAccessType::Online | AskedAccessType::Offline => None,
            },
            approval_prompt,
            include_granted_scopes,
            launch,
            ..IgnoredParameters::default()
        };
        Ok(VendorParameters { access_type, includes_granted_scopes, ignored })
    })
}

fn access_type<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    response_type: ResponseType,
    noted: &mut Noted<VendorRule>,
) -> Result<AskedAccessType, Refusal<VendorRule>> {
    let known = policy.offline_request == OfflineRequest::AccessType;
    Ok(match facts.access_type() {
        AccessType::Absent => AskedAccessType::Nothing,
        _ if !known => {
            noted.note(VendorRule::AccessTypeUnsupported);
            AskedAccessType::Unsupported
        }
        AccessType::Unknown => {
            noted.note(VendorRule::AccessTypeUnknown);
            AskedAccessType::UnknownValue
        }
        AccessType::Offline
            if !response_type.returns_code()
                && policy.access_type_offline_in_token_flow == AccessTypeOfflineInTokenFlow::Reject =>
        {
            return Err(channel.refuse(ErrorCode::InvalidRequest, VendorRule::AccessTypeNotLegal));
        }
        AccessType::Online => AskedAccessType::Online,
        AccessType::Offline => AskedAccessType::Offline,
    })
}

fn approval_prompt<F: AuthorizeFacts>(policy: &Knobs, facts: &F, noted: &mut Noted<VendorRule>) -> Option<Reason> {
    let reason = match (facts.approval_prompt(), policy.legacy_approval_prompt) {
        (ApprovalPrompt::Absent, _) => return None,
        (_, LegacyApprovalPrompt::Unknown) => Reason::Unsupported,
        (_, LegacyApprovalPrompt::Ignore) => Reason::LegacyUnsupported,
        (ApprovalPrompt::Unknown, LegacyApprovalPrompt::Honour) => Reason::UnknownValue,
        (ApprovalPrompt::Auto | ApprovalPrompt::Force, LegacyApprovalPrompt::Honour) => return None,
    };
    noted.note(VendorRule::ApprovalPromptUnsupported);
    Some(reason)
}

/// Whether earlier scopes are included, and why the parameter is set aside where it is.
fn include_granted_scopes<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    noted: &mut Noted<VendorRule>,
) -> Result<(bool, Option<Reason>), Refusal<VendorRule>> {
    let supported = policy.supports_include_granted_scopes == SupportsIncludeGrantedScopes::Yes;
    match facts.include_granted_scopes() {
        IncludeGrantedScopes::Absent => Ok((false, None)),
        _ if !supported => {
            noted.note(VendorRule::IncludeUnsupported);
            Ok((false, Some(Reason::Unsupported)))
        }
        IncludeGrantedScopes::False => Ok((false, None)),
        IncludeGrantedScopes::Unknown => {
            noted.note(VendorRule::IncludeUnknown);
            Ok((false, Some(Reason::UnknownValue)))
        }
        IncludeGrantedScopes::True => match (excluded(policy, facts), policy.include_granted_scopes_public) {
            (None, _) | (Some(_), IncludeGrantedScopesPublic::Honour) => Ok((true, None)),
            (Some(_), IncludeGrantedScopesPublic::Error) => {
                Err(channel.refuse(ErrorCode::InvalidRequest, VendorRule::IncludePublic))
            }
            (Some(reason), IncludeGrantedScopesPublic::Ignore) => {
                noted.note(VendorRule::IncludePublic);
                Ok((false, Some(reason)))
            }
        },
    }
}

/// Why a client is kept from incremental authorization: it is public, or (Google) an installed app.
fn excluded<F: AuthorizeFacts>(policy: &Knobs, facts: &F) -> Option<Reason> {
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
