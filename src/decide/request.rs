//! First stage: is this a request that can be answered?
//!
//! The order of refusal is: client and redirect URI (a page), malformed or repeated parameters, response type and
//! response mode, request object, the other parameters, scope, grant management.

use super::extensions;
use super::facts::{
    ApprovalPrompt, AskedResponseType, ClientStanding, CodeChallenge, Display, Facts, GrantAction, GrantId, Hint,
    MaxAge, PromptNone, RequestObject, ScopeStanding, Syntax,
};
use super::rule::RuleNumber;
use super::verdict::{Reason, Refusal, Verdict};
use super::vocabulary::{Prompts, prompt_has_unknown, prompts};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::error::{ErrorCode, ErrorPlacement, Placement};
use crate::oauth::response::{ResponseMode, ResponseType};
use crate::policy::knobs::{
    AllowImplicit, BothOnlineOffline, BrowserRequiresOnlineAccess, ClientSideErrors, ErrorVsOpenRedirector,
    GrantManagementActionRequired, GrantModel, Knobs, LegacyApprovalPrompt, LegacyParamConflict, MaxAgeZeroWithNone,
    OnlineAccessScope, PromptVocabulary, RequireHintWithNone, RequirePkcePublic, UnknownDisplay, UnknownPrompt,
    UnknownResponseTypePlacement, UnknownScope,
};
use crate::sources::{
    GOOGLE_2011, GOOGLE_APPROVAL_PROMPT, GOOGLE_CONFLICT_PARAMS, GOOGLE_NATIVE, GRANT_MANAGEMENT, INCREMENTAL_00,
    INCREMENTAL_04, ISSUE_539, MULTIPLE_RESPONSE_TYPES, ONLINE_ACCESS, OPENID_CORE, OPENID_REGISTRATION, PROMPT_CREATE,
    RFC_6749, RFC_7636, RFC_9700, SMART,
};

rules! {
    from 0 to 44;
    TOO_LONG = "request.too_long", Inferred, "A query of more than 8 KiB is not read, and the user is told.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1")];
    UNKNOWN_CLIENT = "request.unknown_client", Must, "When the client is missing or unknown, the user is told and nothing is redirected.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1")];
    UNKNOWN_REDIRECT = "request.unknown_redirect_uri", Must, "When the redirect URI is missing, invalid or not registered, the user is told and nothing is redirected.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1"), OPENID_CORE.at("section 3.1.2.6", "AuthError")];
    MALFORMED = "request.malformed", Must, "A parameter that is no percent-encoded UTF-8 makes the request invalid.", [RFC_6749.at("section 4.1.2.1 and appendix B", "section-4.1.2.1")];
    REPEATED = "request.repeated_parameter", Must, "A parameter that is sent more than once makes the request invalid.", [RFC_6749.at("section 3.1", "section-3.1")];
    CONFLICTING_PROMPTS = "request.conflicting_prompts", Vendor, "approval_prompt together with prompt is a conflict.", [GOOGLE_CONFLICT_PARAMS.whole()];
    RESPONSE_TYPE_MISSING = "request.response_type_missing", Must, "A request without response_type is invalid.", [RFC_6749.at("section 3.1.1", "section-3.1.1")];
    RESPONSE_TYPE_UNKNOWN = "request.response_type_unknown", Must, "A response type that the server does not know is refused.", [RFC_6749.at("section 3.1.1", "section-3.1.1")];
    RESPONSE_TYPE_NOT_REGISTERED = "request.response_type_not_registered", Must, "A client uses only the response types and grant types that it registered.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1"), OPENID_REGISTRATION.at("section 2", "ClientMetadata")];
    IMPLICIT_NOT_ALLOWED = "request.implicit_not_allowed", Should, "No access token is returned by the authorization endpoint.", [RFC_9700.at("section 2.1.2", "section-2.1.2")];
    RESPONSE_MODE_UNKNOWN = "request.response_mode_unknown", Must, "An unsupported response mode gives HTTP status 400 without error parameters.", [OPENID_CORE.at("section 3.1.2.6", "AuthError")];
    QUERY_WITH_TOKENS = "request.tokens_never_in_query", Must, "Tokens are never returned in the query.", [MULTIPLE_RESPONSE_TYPES.at("section 5", "Combinations")];
    REQUEST_OBJECT = "request.request_object", Must, "A request object is refused; the server resolves it before it asks.", [OPENID_CORE.at("section 3.1.2.6", "AuthError")];
    PROMPT_UNSUPPORTED = "request.prompt_unsupported", Must, "An unrecognised parameter is ignored; prompt is none of this policy's.", [RFC_6749.at("section 3.1", "section-3.1")];
    NONE_WITH_OTHERS = "request.prompt_none_with_others", Must, "prompt=none together with another value is an error.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    PROMPT_UNKNOWN_IGNORED = "request.prompt_unknown_ignored", May, "A prompt value that is not understood is ignored.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    PROMPT_UNKNOWN_REFUSED = "request.prompt_unknown_refused", May, "A prompt value that is not understood is an error.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest"), PROMPT_CREATE.at("section 4.1", "section-4.1")];
    DISPLAY_UNKNOWN = "request.display_unknown", May, "A display value that is not understood is ignored, or an error where the policy says so.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    MAX_AGE_MALFORMED = "request.max_age_malformed", Must, "max_age is a whole number of seconds.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    MAX_AGE_ZERO_WITH_NONE = "request.max_age_zero_with_none", Inferred, "max_age=0 asks for a sign-in that prompt=none forbids.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    NONCE_MISSING = "request.nonce_missing", Must, "A nonce is required when the front channel returns an ID Token.", [OPENID_CORE.at("sections 3.2.2.1 and 3.3.2.11", "ImplicitAuthRequest")];
    OPENID_MISSING = "request.openid_missing", Must, "An ID Token is returned only to a request with the scope openid.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    PKCE_MISSING = "request.pkce_missing", Must, "A public client uses PKCE.", [RFC_9700.at("section 2.1.1", "section-2.1.1"), RFC_7636.at("section 4.4.1", "section-4.4.1")];
    PKCE_METHOD_UNKNOWN = "request.pkce_method_unknown", Must, "A code challenge method that the server does not know is refused.", [RFC_7636.at("section 4.4.1", "section-4.4.1")];
    HINT_NOT_ISSUED_HERE = "request.hint_not_issued_here", Must, "An id_token_hint counts only when this server issued it.", [OPENID_CORE.at("section 3.1.2.2", "AuthRequestValidation")];
    HINT_MISSING = "request.hint_missing", May, "prompt=none without id_token_hint is refused.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    ACCESS_TYPE_UNSUPPORTED = "request.access_type_unsupported", Must, "An unrecognised parameter is ignored; access_type is none of this policy's.", [RFC_6749.at("section 3.1", "section-3.1")];
    ACCESS_TYPE_UNKNOWN = "request.access_type_unknown", Inferred, "An access_type other than online and offline counts as the default.", [GOOGLE_2011.at("change 2", "")];
    ACCESS_TYPE_NOT_LEGAL = "request.access_type_not_legal", Vendor, "access_type=offline is only legal in the code flow.", [ISSUE_539.at("comment 2 (Breno)", "")];
    APPROVAL_PROMPT_UNSUPPORTED = "request.approval_prompt_unsupported", Must, "An unrecognised parameter is ignored; approval_prompt is none of this policy's, or no longer.", [RFC_6749.at("section 3.1", "section-3.1"), GOOGLE_APPROVAL_PROMPT.whole()];
    INCLUDE_UNSUPPORTED = "request.include_granted_scopes_unsupported", Must, "A server may support include_granted_scopes; one that does not ignores it.", [INCREMENTAL_00.at("section 4", "section-4"), RFC_6749.at("section 3.1", "section-3.1")];
    INCLUDE_PUBLIC = "request.include_granted_scopes_public", Should, "A public client does not get earlier scopes without being asked for them, because anybody could pretend to be it.", [INCREMENTAL_00.at("section 5", "section-5"), GOOGLE_NATIVE.whole()];
    GRANT_MANAGEMENT_UNSUPPORTED = "request.grant_management_unsupported", Must, "An unrecognised parameter is ignored; grant management is none of this policy's.", [RFC_6749.at("section 3.1", "section-3.1")];
    LAUNCH_UNSUPPORTED = "request.launch_unsupported", Must, "An unrecognised parameter is ignored; launch belongs to SMART App Launch.", [RFC_6749.at("section 3.1", "section-3.1"), SMART.whole()];
    SCOPE_MALFORMED = "scope.malformed", Must, "A scope with a character that the syntax does not have is invalid.", [RFC_6749.at("section 3.3", "section-3.3")];
    SCOPE_OMITTED = "scope.omitted", Must, "A request without scope gets the default, or fails where there is none.", [RFC_6749.at("section 3.3", "section-3.3")];
    SCOPE_OVERBROAD = "scope.overbroad", May, "A request for too many scopes at once is refused.", [INCREMENTAL_04.at("section 8.2", "section-8.2")];
    SCOPE_UNKNOWN_REFUSED = "scope.unknown_refused", Must, "A scope that the server does not know makes the request invalid.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1")];
    SCOPE_UNKNOWN_IGNORED = "scope.unknown_ignored", Should, "A scope that the server does not know is ignored.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")];
    SCOPE_NARROWED = "scope.narrowed", May, "The server may narrow the scope by its policy, and then says so.", [RFC_6749.at("section 3.3", "section-3.3")];
    BOTH_ACCESSES = "scope.online_and_offline", Inferred, "online_access and offline_access in one request contradict each other.", [ONLINE_ACCESS.whole()];
    ONLINE_ACCESS_REQUIRED = "scope.online_access_required", Inferred, "A single-page application is required to ask for online_access.", [ONLINE_ACCESS.whole()];
    GRANT_MANAGEMENT_INVALID = "grant.request_invalid", Must, "The grant management parameters do not fit each other, the client or what the server offers.", [GRANT_MANAGEMENT.at("sections 5.1 and 5.4", "")];
    GRANT_ID_INVALID = "grant.id_invalid", Must, "grant_id names no live grant of this user and this client.", [GRANT_MANAGEMENT.at("section 5.4", "")];
}

/// A request that can be answered, and what later stages need of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Admitted {
    /// The response type.
    pub(super) response_type: ResponseType,
    /// Where the response is put.
    pub(super) placement: Placement,
    /// Where an error is put.
    pub(super) error_placement: Placement,
    /// No page may be shown.
    pub(super) silent: bool,
    /// A refusal that waits until the user has signed in.
    pub(super) waiting: Option<Refusal>,
}

impl Admitted {
    /// A refusal that goes to the client.
    pub(super) const fn refusal(&self, code: ErrorCode, rule: RuleNumber) -> Refusal {
        Refusal { code: Some(code), placement: ErrorPlacement::Redirect(self.error_placement), rule }
    }
}

/// Admits a request, or refuses it.
pub(super) fn admit<F: Facts>(policy: &Knobs, facts: &F, verdict: &mut Verdict) -> Result<Admitted, Refusal> {
    client(facts)?;
    let channel = channel(policy, facts);
    verdict.placement = Some(channel.error_placement);
    let checked = syntax(policy, facts, channel).and_then(|()| response_type(policy, facts, channel));
    let response_type = match checked {
        Ok(response_type) => response_type,
        Err(refusal) => return postponed(policy, facts, channel, ResponseType::Code, refusal),
    };
    verdict.placement = Some(channel.placement);
    let checked = request_object(facts, channel)
        .and_then(|()| prompt(policy, facts, channel, verdict))
        .and_then(|()| openid_parameters(policy, facts, channel, response_type, verdict))
        .and_then(|()| pkce(policy, facts, channel, response_type))
        .and_then(|()| extensions::read(policy, facts, channel, response_type, verdict))
        .and_then(|()| scope(policy, facts, channel, response_type, verdict))
        .and_then(|()| grant_management(policy, facts, channel, verdict));
    match checked {
        Ok(()) => Ok(Admitted {
            response_type,
            placement: channel.placement,
            error_placement: channel.error_placement,
            silent: prompts(policy, facts).silent,
            waiting: None,
        }),
        Err(refusal) => {
            verdict.placement = Some(channel.error_placement);
            postponed(policy, facts, channel, response_type, refusal)
        }
    }
}

/// A refusal may have to wait until the user has signed in (RFC 9700, section 4.11.2); never under prompt=none.
fn postponed<F: Facts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    response_type: ResponseType,
    refusal: Refusal,
) -> Result<Admitted, Refusal> {
    let redirected = matches!(refusal.placement, ErrorPlacement::Redirect(_));
    let waits = policy.error_vs_open_redirector == ErrorVsOpenRedirector::AfterLogin
        && redirected
        && !facts.signed_in()
        && facts.prompt_none() == PromptNone::Absent;
    if !waits {
        return Err(refusal);
    }
    Ok(Admitted {
        response_type,
        placement: channel.placement,
        error_placement: channel.error_placement,
        silent: false,
        waiting: Some(refusal),
    })
}

/// Where responses and errors go.
#[derive(Clone, Copy)]
pub(super) struct Channel {
    placement: Placement,
    error_placement: Placement,
}

impl Channel {
    pub(super) const fn refuse(self, code: ErrorCode, rule: RuleNumber) -> Refusal {
        Refusal { code: Some(code), placement: ErrorPlacement::Redirect(self.error_placement), rule }
    }
}

/// The response type's default, unless another response mode was asked for.
fn channel<F: Facts>(policy: &Knobs, facts: &F) -> Channel {
    let asked = facts.response_type();
    let default = match asked.known() {
        Some(response_type) => response_type.default_placement(),
        None if asked == AskedResponseType::UnknownWithToken
            && policy.unknown_response_type_placement == UnknownResponseTypePlacement::FragmentIfContainsToken =>
        {
            Placement::Fragment
        }
        None => Placement::Query,
    };
    let client_side = asked.known().is_some_and(|response_type| !response_type.returns_code());
    let default_error = match policy.client_side_errors {
        ClientSideErrors::Query if client_side => Placement::Query,
        ClientSideErrors::Query | ClientSideErrors::Fragment => default,
    };
    match facts.response_mode() {
        ResponseMode::Query if default == Placement::Query => both(Placement::Query),
        ResponseMode::Fragment => both(Placement::Fragment),
        ResponseMode::FormPost => both(Placement::FormPost),
        ResponseMode::Default | ResponseMode::Query | ResponseMode::Unknown => {
            Channel { placement: default, error_placement: default_error }
        }
    }
}

const fn both(placement: Placement) -> Channel {
    Channel { placement, error_placement: placement }
}

fn client<F: Facts>(facts: &F) -> Result<(), Refusal> {
    let page = |rule| Err(Refusal { code: None, placement: ErrorPlacement::Page, rule });
    match facts.client() {
        ClientStanding::Known => Ok(()),
        ClientStanding::Unreadable => page(TOO_LONG),
        ClientStanding::UnknownClient => page(UNKNOWN_CLIENT),
        ClientStanding::UnknownRedirect => page(UNKNOWN_REDIRECT),
    }
}

fn syntax<F: Facts>(policy: &Knobs, facts: &F, channel: Channel) -> Result<(), Refusal> {
    match facts.syntax() {
        Syntax::WellFormed => {}
        Syntax::Malformed => return Err(channel.refuse(ErrorCode::InvalidRequest, MALFORMED)),
        Syntax::Repeated => return Err(channel.refuse(ErrorCode::InvalidRequest, REPEATED)),
    }
    let knows_both = policy.legacy_approval_prompt != LegacyApprovalPrompt::Unknown
        && policy.prompt_vocabulary != PromptVocabulary::None;
    if knows_both && facts.approval_prompt() != ApprovalPrompt::Absent && facts.prompt_sent() {
        return Err(match policy.legacy_param_conflict {
            LegacyParamConflict::ErrorPage => Refusal {
                code: Some(ErrorCode::InvalidRequest),
                placement: ErrorPlacement::Page,
                rule: CONFLICTING_PROMPTS,
            },
            LegacyParamConflict::RedirectError => channel.refuse(ErrorCode::InvalidRequest, CONFLICTING_PROMPTS),
        });
    }
    Ok(())
}

fn response_type<F: Facts>(policy: &Knobs, facts: &F, channel: Channel) -> Result<ResponseType, Refusal> {
    let Some(response_type) = facts.response_type().known() else {
        return Err(if facts.response_type() == AskedResponseType::Missing {
            channel.refuse(ErrorCode::InvalidRequest, RESPONSE_TYPE_MISSING)
        } else {
            channel.refuse(ErrorCode::UnsupportedResponseType, RESPONSE_TYPE_UNKNOWN)
        });
    };
    if policy.allow_implicit == AllowImplicit::No && response_type.returns_access_token() {
        return Err(channel.refuse(ErrorCode::UnauthorizedClient, IMPLICIT_NOT_ALLOWED));
    }
    if !facts.response_type_registered() {
        return Err(channel.refuse(ErrorCode::UnauthorizedClient, RESPONSE_TYPE_NOT_REGISTERED));
    }
    if facts.response_mode() == ResponseMode::Unknown {
        return Err(Refusal { code: None, placement: ErrorPlacement::Http400, rule: RESPONSE_MODE_UNKNOWN });
    }
    if facts.response_mode() == ResponseMode::Query && response_type.default_placement() == Placement::Fragment {
        return Err(channel.refuse(ErrorCode::InvalidRequest, QUERY_WITH_TOKENS));
    }
    Ok(response_type)
}

fn request_object<F: Facts>(facts: &F, channel: Channel) -> Result<(), Refusal> {
    match facts.request_object() {
        RequestObject::Absent => Ok(()),
        RequestObject::Request => Err(channel.refuse(ErrorCode::RequestNotSupported, REQUEST_OBJECT)),
        RequestObject::RequestUri => Err(channel.refuse(ErrorCode::RequestUriNotSupported, REQUEST_OBJECT)),
    }
}

fn prompt<F: Facts>(policy: &Knobs, facts: &F, channel: Channel, verdict: &mut Verdict) -> Result<(), Refusal> {
    if policy.prompt_vocabulary == PromptVocabulary::None {
        if facts.prompt_sent() {
            verdict.ignored.prompt = Some(Reason::Unsupported);
            verdict.trace.note(PROMPT_UNSUPPORTED);
        }
        return Ok(());
    }
    if facts.prompt_none() == PromptNone::WithOthers {
        return Err(channel.refuse(ErrorCode::InvalidRequest, NONE_WITH_OTHERS));
    }
    if prompt_has_unknown(policy, facts) {
        match policy.unknown_prompt {
            UnknownPrompt::Ignore => {
                verdict.ignored.prompt_unknown_values = true;
                verdict.trace.note(PROMPT_UNKNOWN_IGNORED);
            }
            UnknownPrompt::Error => return Err(channel.refuse(ErrorCode::InvalidRequest, PROMPT_UNKNOWN_REFUSED)),
            UnknownPrompt::Http400 => {
                return Err(Refusal {
                    code: Some(ErrorCode::InvalidRequest),
                    placement: ErrorPlacement::Http400,
                    rule: PROMPT_UNKNOWN_REFUSED,
                });
            }
        }
    }
    Ok(())
}

fn openid_parameters<F: Facts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    response_type: ResponseType,
    verdict: &mut Verdict,
) -> Result<(), Refusal> {
    let invalid = |rule| Err(channel.refuse(ErrorCode::InvalidRequest, rule));
    if facts.display() == Display::Unknown {
        verdict.trace.note(DISPLAY_UNKNOWN);
        match policy.unknown_display {
            UnknownDisplay::Ignore => verdict.ignored.display = Some(Reason::UnknownValue),
            UnknownDisplay::Error => return invalid(DISPLAY_UNKNOWN),
        }
    }
    if facts.max_age() == MaxAge::Malformed {
        return invalid(MAX_AGE_MALFORMED);
    }
    if response_type.returns_id_token() && !facts.nonce() {
        return invalid(NONCE_MISSING);
    }
    if facts.hint() == Hint::NotIssuedHere {
        return invalid(HINT_NOT_ISSUED_HERE);
    }
    let Prompts { silent, .. } = prompts(policy, facts);
    if silent && facts.hint() == Hint::Absent && policy.require_hint_with_none == RequireHintWithNone::Yes {
        return invalid(HINT_MISSING);
    }
    if silent && facts.max_age() == MaxAge::Zero && policy.max_age_zero_with_none == MaxAgeZeroWithNone::InvalidRequest
    {
        return invalid(MAX_AGE_ZERO_WITH_NONE);
    }
    Ok(())
}

fn pkce<F: Facts>(policy: &Knobs, facts: &F, channel: Channel, response_type: ResponseType) -> Result<(), Refusal> {
    if !response_type.returns_code() {
        return Ok(());
    }
    match facts.code_challenge() {
        CodeChallenge::Present => Ok(()),
        CodeChallenge::UnknownMethod => Err(channel.refuse(ErrorCode::InvalidRequest, PKCE_METHOD_UNKNOWN)),
        CodeChallenge::Absent
            if policy.require_pkce_public == RequirePkcePublic::Yes && facts.client_type() == ClientType::Public =>
        {
            Err(channel.refuse(ErrorCode::InvalidRequest, PKCE_MISSING))
        }
        CodeChallenge::Absent => Ok(()),
    }
}

fn scope<F: Facts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    response_type: ResponseType,
    verdict: &mut Verdict,
) -> Result<(), Refusal> {
    let invalid = |rule| Err(channel.refuse(ErrorCode::InvalidScope, rule));
    match facts.scope() {
        ScopeStanding::Fine => {}
        ScopeStanding::Default => verdict.trace.note(SCOPE_OMITTED),
        ScopeStanding::Omitted => return invalid(SCOPE_OMITTED),
        ScopeStanding::Malformed => return invalid(SCOPE_MALFORMED),
        ScopeStanding::Overbroad => return Err(channel.refuse(ErrorCode::OverbroadScope, SCOPE_OVERBROAD)),
        ScopeStanding::SomeUnknown | ScopeStanding::NoneKnown if policy.unknown_scope == UnknownScope::Error => {
            return invalid(SCOPE_UNKNOWN_REFUSED);
        }
        ScopeStanding::SomeUnknown => verdict.trace.note(SCOPE_UNKNOWN_IGNORED),
        ScopeStanding::SomeNotAllowed => verdict.trace.note(SCOPE_NARROWED),
        ScopeStanding::NoneKnown => return invalid(SCOPE_UNKNOWN_IGNORED),
        ScopeStanding::NoneAllowed => return invalid(SCOPE_NARROWED),
    }
    if response_type.returns_id_token() && !facts.openid() {
        return invalid(OPENID_MISSING);
    }
    if policy.online_access_scope == OnlineAccessScope::No {
        return Ok(());
    }
    let browser = facts.application_type() == ApplicationType::Browser && response_type.returns_code();
    if browser
        && !facts.asks_online_access()
        && policy.browser_requires_online_access == BrowserRequiresOnlineAccess::Error
    {
        return invalid(ONLINE_ACCESS_REQUIRED);
    }
    if policy.both_online_offline == BothOnlineOffline::Error
        && facts.asks_online_access()
        && facts.asks_offline_access()
    {
        return invalid(BOTH_ACCESSES);
    }
    Ok(())
}

fn grant_management<F: Facts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    verdict: &mut Verdict,
) -> Result<(), Refusal> {
    let sent = facts.grant_action() != GrantAction::Absent || facts.grant_id() != GrantId::Absent;
    if policy.grant_model != GrantModel::Multiple {
        if sent {
            verdict.ignored.grant_management = Some(Reason::Unsupported);
            verdict.trace.note(GRANT_MANAGEMENT_UNSUPPORTED);
        }
        return Ok(());
    }
    let invalid = Err(channel.refuse(ErrorCode::InvalidRequest, GRANT_MANAGEMENT_INVALID));
    if sent && facts.client_type() == ClientType::Public {
        return invalid;
    }
    match (facts.grant_action(), facts.grant_id()) {
        (GrantAction::Absent, GrantId::Absent) => {
            if policy.grant_management_action_required == GrantManagementActionRequired::Yes {
                return invalid;
            }
            Ok(())
        }
        (GrantAction::Absent | GrantAction::Create, GrantId::Theirs | GrantId::NotTheirs)
        | (GrantAction::Merge | GrantAction::Replace, GrantId::Absent)
        | (GrantAction::Unsupported, _) => invalid,
        (GrantAction::Create, GrantId::Absent) | (GrantAction::Merge | GrantAction::Replace, GrantId::Theirs) => Ok(()),
        (GrantAction::Merge | GrantAction::Replace, GrantId::NotTheirs) => {
            Err(channel.refuse(ErrorCode::InvalidGrantId, GRANT_ID_INVALID))
        }
    }
}
