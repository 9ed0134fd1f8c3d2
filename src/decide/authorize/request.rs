//! Second stage: are the parameters of the standards in order?
//!
//! The order of refusal is: malformed or repeated parameters, response type and response mode, request object, the
//! other parameters, PKCE.

use super::admitted::{Channel, http_400, page};
use super::facts::{
    ApprovalPrompt, AskedResponseType, AuthorizeFacts, CodeChallenge, Display, Hint, MaxAge, RequestObject,
};
use super::verdict::IgnoredParameters;
use super::vocabulary::{
    asks_consent, asks_login, asks_select_account, default_placement, has_unknown_prompt, is_plain_code, is_silent,
    none_with_others, prompt_was_sent,
};
use crate::decide::reason::Reason;
use crate::decide::refusal::Refusal;
use crate::decide::rule::{Noted, Told};
use crate::decide::syntax::Syntax;
use crate::oauth::client::ClientType;
use crate::oauth::error::{ErrorCode, Placement};
use crate::oauth::response::{ResponseMode, ResponseType};
use crate::policy::knobs::{
    AllowImplicit, Knobs, LegacyApprovalPrompt, LegacyParamConflict, MaxAgeZeroWithNone, MissingNonce, OpenidConnect,
    PkcePlain, PromptVocabulary, PublicClients, RequireHintWithNone, RequirePkcePublic, RequireState,
    ResponseModeParameter, ResponseTypeRefusal, UnknownDisplay, UnknownPrompt,
};
use crate::sources::{
    FAPI_2, GOOGLE_CONFLICT_PARAMS, MULTIPLE_RESPONSE_TYPES, OAUTH_21, OAUTH2_SERVER_PHP, OIDC_PROVIDER, OPENID_CORE,
    OPENID_REGISTRATION, PROMPT_CREATE, RFC_6749, RFC_7636, RFC_9700,
};

rules! {
    /// Whether the parameters of the standards are in order.
    RequestRule;
    Malformed = "request.malformed", Must, "A parameter that is no percent-encoded UTF-8 makes the request invalid.", [RFC_6749.at("section 4.1.2.1 and appendix B", "section-4.1.2.1")];
    Repeated = "request.repeated_parameter", Must, "A parameter that is sent more than once makes the request invalid.", [RFC_6749.at("section 3.1", "section-3.1")];
    ConflictingPrompts = "request.conflicting_prompts", Vendor, "approval_prompt together with prompt is a conflict.", [GOOGLE_CONFLICT_PARAMS.whole()], of [approval_prompt, prompt];
    PublicClient = "request.public_client", Must, "Only confidential clients are served.", [FAPI_2.at("section 5.3.2.1", "")], of [client_id];
    ResponseTypeMissing = "request.response_type_missing", Must, "A request without response_type is invalid.", [RFC_6749.at("section 3.1.1", "section-3.1.1")], of [response_type];
    ResponseTypeUnknown = "request.response_type_unknown", Must, "A response type that the server does not know is refused.", [RFC_6749.at("section 3.1.1", "section-3.1.1")], of [response_type];
    ResponseTypeNotRegistered = "request.response_type_not_registered", Must, "A client uses only the response types and grant types that it registered.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1"), OPENID_REGISTRATION.at("section 2", "ClientMetadata")], of [response_type];
    ResponseTypeUnsupported = "request.response_type_unsupported", Must, "A response type that the server does not offer is refused.", [RFC_6749.at("sections 4.1.2.1 and 4.2.2.1", "section-4.1.2.1")], of [response_type];
    CodeOnly = "request.code_only", Must, "The server offers the response type code alone.", [OAUTH_21.at("section 10.1", ""), RFC_9700.at("section 2.1.2", "section-2.1.2")], of [response_type];
    OpenidUnknown = "request.openid_unknown", Inferred, "A server without OpenID Connect has no response type with an ID Token.", [RFC_6749.at("section 3.1.1", "section-3.1.1"), OAUTH2_SERVER_PHP.whole()], of [response_type];
    ImplicitNotAllowed = "request.implicit_not_allowed", Should, "No access token is returned by the authorization endpoint.", [RFC_9700.at("section 2.1.2", "section-2.1.2")], of [response_type];
    ResponseModeUnknown = "request.response_mode_unknown", Must, "An unsupported response mode gives HTTP status 400 without error parameters.", [OPENID_CORE.at("section 3.1.2.6", "AuthError")], of [response_mode];
    ResponseModeUnknownRedirected = "request.response_mode_unknown_redirected", Vendor, "An unsupported response mode is an error that is redirected.", [OIDC_PROVIDER.whole()], of [response_mode];
    ResponseModeUnread = "request.response_mode_unread", Vendor, "An unrecognised parameter is ignored; response_mode is none of this policy's.", [OAUTH2_SERVER_PHP.whole(), RFC_6749.at("section 3.1", "section-3.1")], of [response_mode];
    QueryWithTokens = "request.tokens_never_in_query", Must, "Tokens are never returned in the query.", [MULTIPLE_RESPONSE_TYPES.at("section 5", "Combinations")], of [response_mode];
    RequestObject = "request.request_object", Must, "A request object is refused; the server resolves it before it asks.", [OPENID_CORE.at("section 3.1.2.6", "AuthError")], of [request, request_uri];
    PromptUnsupported = "request.prompt_unsupported", Must, "An unrecognised parameter is ignored; prompt is none of this policy's.", [RFC_6749.at("section 3.1", "section-3.1")], of [prompt];
    PromptNoneOnly = "request.prompt_none_only", Vendor, "prompt has an effect where it is exactly none, and otherwise no effect and no error.", [OAUTH2_SERVER_PHP.whole()], of [prompt];
    NoneWithOthers = "request.prompt_none_with_others", Must, "prompt=none together with another value is an error.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [prompt];
    PromptUnknownIgnored = "request.prompt_unknown_ignored", May, "A prompt value that is not understood is ignored.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [prompt];
    PromptUnknownRefused = "request.prompt_unknown_refused", May, "A prompt value that is not understood is an error.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest"), PROMPT_CREATE.at("section 4.1", "section-4.1")], of [prompt];
    DisplayUnknown = "request.display_unknown", May, "A display value that is not understood is ignored, or an error where the policy says so.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [display];
    MaxAgeMalformed = "request.max_age_malformed", Must, "max_age is a whole number of seconds.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [max_age];
    MaxAgeZeroWithNone = "request.max_age_zero_with_none", Inferred, "max_age=0 asks for a sign-in that prompt=none forbids.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [max_age, prompt];
    NonceMissing = "request.nonce_missing", Must, "A nonce is required when the front channel returns an ID Token.", [OPENID_CORE.at("sections 3.2.2.1 and 3.3.2.11", "ImplicitAuthRequest")], of [nonce, response_type];
    StateMissing = "request.state_missing", Vendor, "A request without state is invalid.", [OAUTH2_SERVER_PHP.whole(), RFC_6749.at("section 4.1.1", "section-4.1.1")], of [state];
    PkceMissing = "request.pkce_missing", Must, "A public client uses PKCE.", [RFC_9700.at("section 2.1.1", "section-2.1.1"), RFC_7636.at("section 4.4.1", "section-4.4.1")], of [code_challenge];
    PkceMissingConfidential = "request.pkce_missing_confidential", Should, "A confidential client uses PKCE, too.", [RFC_9700.at("section 2.1.1", "section-2.1.1"), OAUTH_21.at("section 4.1.1", "")], of [code_challenge];
    PkcePlain = "request.pkce_plain", Should, "The code challenge method does not expose the code verifier: S256, not plain.", [RFC_9700.at("section 2.1.1", "section-2.1.1"), RFC_7636.at("section 4.2", "section-4.2")], of [code_challenge_method];
    PkceMethodUnknown = "request.pkce_method_unknown", Must, "A code challenge method that the server does not know is refused.", [RFC_7636.at("section 4.4.1", "section-4.4.1")], of [code_challenge_method];
    PkceMalformed = "request.pkce_malformed", Must, "A code challenge is 43 to 128 letters, digits, hyphens, periods, underscores and tildes.", [RFC_7636.at("section 4.2", "section-4.2")], of [code_challenge];
    HintNotIssuedHere = "request.hint_not_issued_here", Must, "An id_token_hint counts only when this server issued it.", [OPENID_CORE.at("section 3.1.2.2", "AuthRequestValidation")], of [id_token_hint];
    HintMissing = "request.hint_missing", May, "prompt=none without id_token_hint is refused.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [id_token_hint, prompt];
}

type Check<T = ()> = Result<T, Refusal<RequestRule>>;

/// The parameters are well formed, and the response type is one that is given.
pub(super) fn response_type<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
) -> Told<Check<(ResponseType, IgnoredParameters)>, RequestRule> {
    Told::by(|noted| {
        syntax(policy, facts, channel)?;
        if policy.public_clients == PublicClients::Refuse && facts.client_type() == ClientType::Public {
            return Err(channel.refuse(ErrorCode::UnauthorizedClient, RequestRule::PublicClient));
        }
        let response_type = known_response_type(policy, facts, channel)?;
        let ignored = response_mode(policy, facts, channel, response_type, noted)?;
        request_object(facts, channel)?;
        Ok((response_type, ignored))
    })
}

/// What prompt and approval_prompt say to the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Prompts {
    pub(super) silent: bool,
    pub(super) login: bool,
    pub(super) select_account: bool,
    pub(super) consent: bool,
}

/// Reads prompt.
pub(super) fn prompts<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
) -> Told<Check<(Prompts, IgnoredParameters)>, RequestRule> {
    Told::by(|noted| {
        let ignored = prompt(policy, facts, channel, noted)?;
        let silent = is_silent(policy, facts);
        let prompts = Prompts {
            silent,
            login: !silent && asks_login(policy, facts),
            select_account: !silent && asks_select_account(policy, facts),
            consent: asks_consent(policy, facts),
        };
        Ok((prompts, ignored))
    })
}

/// Checks the parameters of OpenID Connect and of PKCE.
pub(super) fn parameters<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    response_type: ResponseType,
    silent: bool,
) -> Told<Check<IgnoredParameters>, RequestRule> {
    Told::by(|noted| {
        let ignored = display(policy, facts, channel, noted)?;
        if policy.require_state == RequireState::Yes && !facts.state_sent() {
            return Err(channel.refuse(ErrorCode::InvalidRequest, RequestRule::StateMissing));
        }
        openid_parameters(policy, facts, channel, response_type, silent)?;
        pkce(policy, facts, channel, response_type)?;
        Ok(ignored)
    })
}

fn syntax<F: AuthorizeFacts>(policy: &Knobs, facts: &F, channel: Channel) -> Check {
    match facts.syntax() {
        Syntax::WellFormed => {}
        Syntax::Malformed => return Err(channel.refuse(ErrorCode::InvalidRequest, RequestRule::Malformed)),
        Syntax::Repeated => return Err(channel.refuse(ErrorCode::InvalidRequest, RequestRule::Repeated)),
    }
    let knows_both = policy.legacy_approval_prompt != LegacyApprovalPrompt::Unknown
        && policy.prompt_vocabulary != PromptVocabulary::None;
    if knows_both && facts.approval_prompt() != ApprovalPrompt::Absent && prompt_was_sent(facts) {
        let (code, rule) = (ErrorCode::InvalidRequest, RequestRule::ConflictingPrompts);
        return Err(match policy.legacy_param_conflict {
            LegacyParamConflict::ErrorPage => page(Some(code), rule),
            LegacyParamConflict::RedirectError => channel.refuse(code, rule),
        });
    }
    Ok(())
}

/// Why a client cannot have a response type.
#[derive(Clone, Copy)]
enum WhyNot {
    /// None is asked for.
    Missing,
    /// It is none that the server has.
    Unlisted,
    /// The server would have it, and a knob forbids it.
    Forbidden,
    /// The client did not register it.
    Unregistered,
}

fn refused(policy: &Knobs, channel: Channel, why: WhyNot, rule: RequestRule) -> Refusal<RequestRule> {
    let code = match (why, policy.response_type_refusal) {
        (WhyNot::Missing, _)
        | (WhyNot::Unlisted, ResponseTypeRefusal::InvalidRequestIfUnlisted)
        | (WhyNot::Unregistered, ResponseTypeRefusal::InvalidRequestIfUnregistered) => ErrorCode::InvalidRequest,
        (WhyNot::Unlisted | WhyNot::Forbidden, _) => ErrorCode::UnsupportedResponseType,
        (WhyNot::Unregistered, _) => ErrorCode::UnauthorizedClient,
    };
    match policy.response_type_refusal {
        ResponseTypeRefusal::ErrorPage => page(Some(code), rule),
        ResponseTypeRefusal::ByCause
        | ResponseTypeRefusal::InvalidRequestIfUnregistered
        | ResponseTypeRefusal::InvalidRequestIfUnlisted => channel.refuse(code, rule),
    }
}

/// What the server has comes first, then what the knobs forbid, then what the client registered.
fn known_response_type<F: AuthorizeFacts>(policy: &Knobs, facts: &F, channel: Channel) -> Check<ResponseType> {
    let not = |why, rule| Err(refused(policy, channel, why, rule));
    let Some(response_type) = facts.response_type().known() else {
        return match facts.response_type() {
            AskedResponseType::Missing => not(WhyNot::Missing, RequestRule::ResponseTypeMissing),
            _ => not(WhyNot::Unlisted, RequestRule::ResponseTypeUnknown),
        };
    };
    if !facts.response_type_supported() {
        return not(WhyNot::Unlisted, RequestRule::ResponseTypeUnsupported);
    }
    if policy.openid_connect == OpenidConnect::No && response_type.returns_id_token() {
        return not(WhyNot::Unlisted, RequestRule::OpenidUnknown);
    }
    match policy.allow_implicit {
        AllowImplicit::No if response_type.returns_access_token() => {
            return not(WhyNot::Forbidden, RequestRule::ImplicitNotAllowed);
        }
        AllowImplicit::CodeOnly if response_type != ResponseType::Code => {
            return not(WhyNot::Forbidden, RequestRule::CodeOnly);
        }
        AllowImplicit::Yes | AllowImplicit::No | AllowImplicit::CodeOnly => {}
    }
    if facts.response_type_registered() {
        Ok(response_type)
    } else {
        not(WhyNot::Unregistered, RequestRule::ResponseTypeNotRegistered)
    }
}

fn response_mode<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    response_type: ResponseType,
    noted: &mut Noted<RequestRule>,
) -> Check<IgnoredParameters> {
    let mut ignored = IgnoredParameters::default();
    match (policy.response_mode_parameter, facts.response_mode()) {
        (_, ResponseMode::Default) => {}
        (ResponseModeParameter::Unknown, _) => {
            noted.note(RequestRule::ResponseModeUnread);
            ignored.response_mode = Some(Reason::Unsupported);
        }
        (ResponseModeParameter::Honour, ResponseMode::Unknown) => {
            return Err(http_400(None, RequestRule::ResponseModeUnknown));
        }
        (ResponseModeParameter::RedirectErrors, ResponseMode::Unknown) => {
            let rule = RequestRule::ResponseModeUnknownRedirected;
            return Err(channel.refuse(ErrorCode::UnsupportedResponseMode, rule));
        }
        (_, ResponseMode::Query) if default_placement(policy, response_type) == Placement::Fragment => {
            return Err(channel.refuse(ErrorCode::InvalidRequest, RequestRule::QueryWithTokens));
        }
        (_, ResponseMode::Query | ResponseMode::Fragment | ResponseMode::FormPost) => {}
    }
    Ok(ignored)
}

fn request_object<F: AuthorizeFacts>(facts: &F, channel: Channel) -> Check {
    let rule = RequestRule::RequestObject;
    match facts.request_object() {
        RequestObject::Absent => Ok(()),
        RequestObject::Request => Err(channel.refuse(ErrorCode::RequestNotSupported, rule)),
        RequestObject::RequestUri => Err(channel.refuse(ErrorCode::RequestUriNotSupported, rule)),
    }
}

fn prompt<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    noted: &mut Noted<RequestRule>,
) -> Check<IgnoredParameters> {
    let mut ignored = IgnoredParameters::default();
    if policy.prompt_vocabulary == PromptVocabulary::None {
        if prompt_was_sent(facts) {
            ignored.prompt = Some(Reason::Unsupported);
            noted.note(RequestRule::PromptUnsupported);
        }
        return Ok(ignored);
    }
    if policy.prompt_vocabulary == PromptVocabulary::NoneOnly {
        if prompt_was_sent(facts) && !is_silent(policy, facts) {
            ignored.prompt = Some(Reason::UnknownValue);
            noted.note(RequestRule::PromptNoneOnly);
        }
        return Ok(ignored);
    }
    if none_with_others(facts) {
        return Err(channel.refuse(ErrorCode::InvalidRequest, RequestRule::NoneWithOthers));
    }
    if has_unknown_prompt(policy, facts) {
        let (code, rule) = (ErrorCode::InvalidRequest, RequestRule::PromptUnknownRefused);
        match policy.unknown_prompt {
            UnknownPrompt::Ignore => {
                ignored.prompt_unknown_values = true;
                noted.note(RequestRule::PromptUnknownIgnored);
            }
            UnknownPrompt::Error => return Err(channel.refuse(code, rule)),
            UnknownPrompt::Http400 => return Err(http_400(Some(code), rule)),
        }
    }
    Ok(ignored)
}

fn display<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    noted: &mut Noted<RequestRule>,
) -> Check<IgnoredParameters> {
    match (facts.display(), policy.unknown_display) {
        (Display::Known, _) => Ok(IgnoredParameters::default()),
        (Display::Unknown, UnknownDisplay::Ignore) => {
            noted.note(RequestRule::DisplayUnknown);
            Ok(IgnoredParameters { display: Some(Reason::UnknownValue), ..IgnoredParameters::default() })
        }
        (Display::Unknown, UnknownDisplay::Error) => {
            Err(channel.refuse(ErrorCode::InvalidRequest, RequestRule::DisplayUnknown))
        }
    }
}

fn openid_parameters<F: AuthorizeFacts>(
    policy: &Knobs,
    facts: &F,
    channel: Channel,
    response_type: ResponseType,
    silent: bool,
) -> Check {
    let invalid = |rule| Err(channel.refuse(ErrorCode::InvalidRequest, rule));
    if policy.openid_connect == OpenidConnect::No {
        return Ok(());
    }
    if facts.max_age_malformed() {
        return invalid(RequestRule::MaxAgeMalformed);
    }
    if response_type.returns_id_token() && !is_plain_code(policy, response_type) && !facts.nonce() {
        return match policy.missing_nonce {
            MissingNonce::InvalidRequest => invalid(RequestRule::NonceMissing),
            MissingNonce::ErrorPage => Err(page(Some(ErrorCode::InvalidNonce), RequestRule::NonceMissing)),
        };
    }
    if facts.foreign_hint() {
        return invalid(RequestRule::HintNotIssuedHere);
    }
    let needs_hint = policy.require_hint_with_none == RequireHintWithNone::Yes;
    if silent && needs_hint && facts.hint() == Hint::Absent {
        return invalid(RequestRule::HintMissing);
    }
    let contradicts = policy.max_age_zero_with_none == MaxAgeZeroWithNone::InvalidRequest;
    if silent && contradicts && facts.max_age() == MaxAge::Zero {
        return invalid(RequestRule::MaxAgeZeroWithNone);
    }
    Ok(())
}

fn pkce<F: AuthorizeFacts>(policy: &Knobs, facts: &F, channel: Channel, response_type: ResponseType) -> Check {
    if !response_type.returns_code() && policy.pkce_plain != PkcePlain::RefuseWithoutCode {
        return Ok(());
    }
    let invalid = |rule| Err(channel.refuse(ErrorCode::InvalidRequest, rule));
    match facts.code_challenge() {
        CodeChallenge::S256 => Ok(()),
        CodeChallenge::Plain => match policy.pkce_plain {
            PkcePlain::Accept => Ok(()),
            PkcePlain::Refuse | PkcePlain::RefuseWithoutCode => invalid(RequestRule::PkcePlain),
        },
        CodeChallenge::UnknownMethod => invalid(RequestRule::PkceMethodUnknown),
        CodeChallenge::Malformed => invalid(RequestRule::PkceMalformed),
        CodeChallenge::Absent if !response_type.returns_code() => Ok(()),
        CodeChallenge::Absent => match (policy.require_pkce_public, facts.client_type()) {
            (RequirePkcePublic::Yes | RequirePkcePublic::AllClients, ClientType::Public) => {
                invalid(RequestRule::PkceMissing)
            }
            (RequirePkcePublic::AllClients, ClientType::Confidential) => invalid(RequestRule::PkceMissingConfidential),
            (RequirePkcePublic::Yes, ClientType::Confidential) | (RequirePkcePublic::No, _) => Ok(()),
        },
    }
}
