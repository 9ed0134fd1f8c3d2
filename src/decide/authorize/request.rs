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
    asks_consent, asks_login, asks_select_account, has_unknown_prompt, is_silent, none_with_others, prompt_was_sent,
};
use crate::decide::reason::Reason;
use crate::decide::refusal::Refusal;
use crate::decide::rule::{Noted, Told};
use crate::decide::syntax::Syntax;
use crate::oauth::client::ClientType;
use crate::oauth::error::{ErrorCode, Placement};
use crate::oauth::response::{ResponseMode, ResponseType};
use crate::policy::knobs::{
    AllowImplicit, Knobs, LegacyApprovalPrompt, LegacyParamConflict, MaxAgeZeroWithNone, PkcePlain, PromptVocabulary,
    RequireHintWithNone, RequirePkcePublic, UnknownDisplay, UnknownPrompt,
};
use crate::sources::{
    GOOGLE_CONFLICT_PARAMS, MULTIPLE_RESPONSE_TYPES, OAUTH_21, OPENID_CORE, OPENID_REGISTRATION, PROMPT_CREATE,
    RFC_6749, RFC_7636, RFC_9700,
};

rules! {
    /// Whether the parameters of the standards are in order.
    RequestRule;
    Malformed = "request.malformed", Must, "A parameter that is no percent-encoded UTF-8 makes the request invalid.", [RFC_6749.at("section 4.1.2.1 and appendix B", "section-4.1.2.1")];
    Repeated = "request.repeated_parameter", Must, "A parameter that is sent more than once makes the request invalid.", [RFC_6749.at("section 3.1", "section-3.1")];
    ConflictingPrompts = "request.conflicting_prompts", Vendor, "approval_prompt together with prompt is a conflict.", [GOOGLE_CONFLICT_PARAMS.whole()], of [approval_prompt, prompt];
    ResponseTypeMissing = "request.response_type_missing", Must, "A request without response_type is invalid.", [RFC_6749.at("section 3.1.1", "section-3.1.1")], of [response_type];
    ResponseTypeUnknown = "request.response_type_unknown", Must, "A response type that the server does not know is refused.", [RFC_6749.at("section 3.1.1", "section-3.1.1")], of [response_type];
    ResponseTypeNotRegistered = "request.response_type_not_registered", Must, "A client uses only the response types and grant types that it registered.", [RFC_6749.at("section 4.1.2.1", "section-4.1.2.1"), OPENID_REGISTRATION.at("section 2", "ClientMetadata")], of [response_type];
    ResponseTypeUnsupported = "request.response_type_unsupported", Must, "A response type that the server does not offer is refused.", [RFC_6749.at("sections 4.1.2.1 and 4.2.2.1", "section-4.1.2.1")], of [response_type];
    CodeOnly = "request.code_only", Must, "The server offers the response type code alone.", [OAUTH_21.at("section 10.1", ""), RFC_9700.at("section 2.1.2", "section-2.1.2")], of [response_type];
    ImplicitNotAllowed = "request.implicit_not_allowed", Should, "No access token is returned by the authorization endpoint.", [RFC_9700.at("section 2.1.2", "section-2.1.2")], of [response_type];
    ResponseModeUnknown = "request.response_mode_unknown", Must, "An unsupported response mode gives HTTP status 400 without error parameters.", [OPENID_CORE.at("section 3.1.2.6", "AuthError")], of [response_mode];
    QueryWithTokens = "request.tokens_never_in_query", Must, "Tokens are never returned in the query.", [MULTIPLE_RESPONSE_TYPES.at("section 5", "Combinations")], of [response_mode];
    RequestObject = "request.request_object", Must, "A request object is refused; the server resolves it before it asks.", [OPENID_CORE.at("section 3.1.2.6", "AuthError")], of [request, request_uri];
    PromptUnsupported = "request.prompt_unsupported", Must, "An unrecognised parameter is ignored; prompt is none of this policy's.", [RFC_6749.at("section 3.1", "section-3.1")], of [prompt];
    NoneWithOthers = "request.prompt_none_with_others", Must, "prompt=none together with another value is an error.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [prompt];
    PromptUnknownIgnored = "request.prompt_unknown_ignored", May, "A prompt value that is not understood is ignored.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [prompt];
    PromptUnknownRefused = "request.prompt_unknown_refused", May, "A prompt value that is not understood is an error.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest"), PROMPT_CREATE.at("section 4.1", "section-4.1")], of [prompt];
    DisplayUnknown = "request.display_unknown", May, "A display value that is not understood is ignored, or an error where the policy says so.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [display];
    MaxAgeMalformed = "request.max_age_malformed", Must, "max_age is a whole number of seconds.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [max_age];
    MaxAgeZeroWithNone = "request.max_age_zero_with_none", Inferred, "max_age=0 asks for a sign-in that prompt=none forbids.", [OPENID_CORE.at("section 3.1.2.1", "AuthRequest")], of [max_age, prompt];
    NonceMissing = "request.nonce_missing", Must, "A nonce is required when the front channel returns an ID Token.", [OPENID_CORE.at("sections 3.2.2.1 and 3.3.2.11", "ImplicitAuthRequest")], of [nonce, response_type];
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
) -> Told<Check<ResponseType>, RequestRule> {
    Told::by(|_| {
        syntax(policy, facts, channel)?;
        let response_type = known_response_type(policy, facts, channel)?;
        request_object(facts, channel)?;
        Ok(response_type)
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

/// What the server offers comes first, then what the client registered.
fn known_response_type<F: AuthorizeFacts>(policy: &Knobs, facts: &F, channel: Channel) -> Check<ResponseType> {
    let Some(response_type) = facts.response_type().known() else {
        return Err(if facts.response_type() == AskedResponseType::Missing {
            channel.refuse(ErrorCode::InvalidRequest, RequestRule::ResponseTypeMissing)
        } else {
            channel.refuse(ErrorCode::UnsupportedResponseType, RequestRule::ResponseTypeUnknown)
        });
    };
    let unsupported = |rule| Err(channel.refuse(ErrorCode::UnsupportedResponseType, rule));
    if !facts.response_type_supported() {
        return unsupported(RequestRule::ResponseTypeUnsupported);
    }
    match policy.allow_implicit {
        AllowImplicit::No if response_type.returns_access_token() => {
            return unsupported(RequestRule::ImplicitNotAllowed);
        }
        AllowImplicit::CodeOnly if response_type != ResponseType::Code => return unsupported(RequestRule::CodeOnly),
        AllowImplicit::Yes | AllowImplicit::No | AllowImplicit::CodeOnly => {}
    }
    if !facts.response_type_registered() {
        return Err(channel.refuse(ErrorCode::UnauthorizedClient, RequestRule::ResponseTypeNotRegistered));
    }
    if facts.response_mode() == ResponseMode::Unknown {
        return Err(http_400(None, RequestRule::ResponseModeUnknown));
    }
    if facts.response_mode() == ResponseMode::Query && response_type.default_placement() == Placement::Fragment {
        return Err(channel.refuse(ErrorCode::InvalidRequest, RequestRule::QueryWithTokens));
    }
    Ok(response_type)
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
    if facts.max_age_malformed() {
        return invalid(RequestRule::MaxAgeMalformed);
    }
    if response_type.returns_id_token() && !facts.nonce() {
        return invalid(RequestRule::NonceMissing);
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
    if !response_type.returns_code() {
        return Ok(());
    }
    let invalid = |rule| Err(channel.refuse(ErrorCode::InvalidRequest, rule));
    match facts.code_challenge() {
        CodeChallenge::S256 => Ok(()),
        CodeChallenge::Plain => match policy.pkce_plain {
            PkcePlain::Accept => Ok(()),
            PkcePlain::Refuse => invalid(RequestRule::PkcePlain),
        },
        CodeChallenge::UnknownMethod => invalid(RequestRule::PkceMethodUnknown),
        CodeChallenge::Malformed => invalid(RequestRule::PkceMalformed),
        CodeChallenge::Absent => match (policy.require_pkce_public, facts.client_type()) {
            (RequirePkcePublic::Yes | RequirePkcePublic::AllClients, ClientType::Public) => {
                invalid(RequestRule::PkceMissing)
            }
            (RequirePkcePublic::AllClients, ClientType::Confidential) => invalid(RequestRule::PkceMissingConfidential),
            (RequirePkcePublic::Yes, ClientType::Confidential) | (RequirePkcePublic::No, _) => Ok(()),
        },
    }
}
