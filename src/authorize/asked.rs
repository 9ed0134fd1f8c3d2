//! An authorization request, parsed once.

use crate::decide::authorize::facts::{
    AccessType, ApprovalPrompt, AskedResponseType, CodeChallenge, Display, GrantAction, IncludeGrantedScopes,
    RequestObject,
};
use crate::input::Text;
use crate::oauth::parameters::{Parameter, Parameters};
use crate::oauth::prompt::Prompt;
use crate::oauth::response::ResponseMode;
use crate::oauth::scope::Scopes;

/// The parameters that a decision depends on. All others are passed over.
#[derive(Clone, Debug)]
pub(super) struct AskedRequest {
    pub(super) parameters: Parameters,
    pub(super) client_id: Option<Text>,
    pub(super) redirect_uri: Option<Text>,
    pub(super) response_type: AskedResponseType,
    pub(super) response_mode: ResponseMode,
    pub(super) request_object: RequestObject,
    /// None when it was not sent.
    pub(super) scope: Option<Scopes>,
    pub(super) prompt: Prompt,
    pub(super) display: Display,
    pub(super) code_challenge: CodeChallenge,
    pub(super) max_age: AskedMaxAge,
    pub(super) access_type: AccessType,
    pub(super) approval_prompt: ApprovalPrompt,
    pub(super) include_granted_scopes: IncludeGrantedScopes,
    pub(super) grant_action: GrantAction,
    pub(super) grant_id: Option<Text>,
}

/// The parameter max_age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AskedMaxAge {
    Absent,
    Seconds(u64),
    Malformed,
}

impl AskedRequest {
    pub(super) fn parse(parameters: Parameters) -> Self {
        let owned = |name| parameters.get(name).cloned();
        Self {
            client_id: owned(Parameter::ClientId),
            redirect_uri: owned(Parameter::RedirectUri),
            response_type: AskedResponseType::parse(parameters.text(Parameter::ResponseType)),
            response_mode: ResponseMode::parse(parameters.text(Parameter::ResponseMode)),
            request_object: match (parameters.get(Parameter::Request), parameters.get(Parameter::RequestUri)) {
                (None, None) => RequestObject::Absent,
                (Some(_), _) => RequestObject::Request,
                (None, Some(_)) => RequestObject::RequestUri,
            },
            scope: parameters.get(Parameter::Scope).map(Scopes::parse).filter(|scope| !scope.is_empty()),
            prompt: Prompt::parse(parameters.get(Parameter::Prompt)),
            display: match parameters.text(Parameter::Display) {
                None | Some("page" | "popup" | "touch" | "wap") => Display::Known,
                Some(_) => Display::Unknown,
            },
            code_challenge: match (
                parameters.text(Parameter::CodeChallenge),
                parameters.text(Parameter::CodeChallengeMethod),
            ) {
                (None, _) => CodeChallenge::Absent,
                (Some(challenge), _) if !is_challenge(challenge) => CodeChallenge::Malformed,
                (Some(_), Some("S256")) => CodeChallenge::S256,
                (Some(_), None | Some("plain")) => CodeChallenge::Plain,
                (Some(_), Some(_)) => CodeChallenge::UnknownMethod,
            },
            max_age: match parameters.text(Parameter::MaxAge) {
                None => AskedMaxAge::Absent,
                Some(text) => whole_seconds(text).map_or(AskedMaxAge::Malformed, AskedMaxAge::Seconds),
            },
            access_type: match parameters.text(Parameter::AccessType) {
                None => AccessType::Absent,
                Some("online") => AccessType::Online,
                Some("offline") => AccessType::Offline,
                Some(_) => AccessType::Unknown,
            },
            approval_prompt: match parameters.text(Parameter::ApprovalPrompt) {
                None => ApprovalPrompt::Absent,
                Some("auto") => ApprovalPrompt::Auto,
                Some("force") => ApprovalPrompt::Force,
                Some(_) => ApprovalPrompt::Unknown,
            },
            include_granted_scopes: match parameters.text(Parameter::IncludeGrantedScopes) {
                None => IncludeGrantedScopes::Absent,
                Some("true") => IncludeGrantedScopes::True,
                Some("false") => IncludeGrantedScopes::False,
                Some(_) => IncludeGrantedScopes::Unknown,
            },
            grant_action: match parameters.text(Parameter::GrantManagementAction) {
                None => GrantAction::Absent,
                Some("create") => GrantAction::Create,
                Some("merge") => GrantAction::Merge,
                Some("replace") => GrantAction::Replace,
                Some(_) => GrantAction::Unsupported,
            },
            grant_id: owned(Parameter::GrantId),
            parameters,
        }
    }
}

/// Digits only: a sign or a space is no number of seconds. A number too large for the clock is as large as any.
fn whole_seconds(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().unwrap_or(u64::MAX))
}

/// 43 to 128 unreserved characters (RFC 7636, section 4.2).
fn is_challenge(text: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}
