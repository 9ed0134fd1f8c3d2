//! What later stages need of a request that can be answered.

use super::facts::AuthorizeFacts;
use crate::decide::reason::Reason;
use crate::decide::refusal::Refusal;
use crate::oauth::client::ApplicationType;
use crate::oauth::error::{ErrorCode, ErrorPlacement, Placement};
use crate::oauth::response::ResponseType;
use crate::policy::knobs::{AccessDeniedFor, Knobs, OpenidConnect, PromptNoneErrorCode};

/// Where responses and errors go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Channel {
    pub(super) placement: Placement,
    pub(super) error_placement: Placement,
}

impl Channel {
    /// A refusal that goes to the client.
    pub(super) const fn refuse<R>(self, code: ErrorCode, rule: R) -> Refusal<R> {
        Refusal { code: Some(code), placement: ErrorPlacement::Redirect(self.error_placement), rule }
    }
}

/// A refusal on a page of the server's own.
pub(super) const fn page<R>(code: Option<ErrorCode>, rule: R) -> Refusal<R> {
    Refusal { code, placement: ErrorPlacement::Page, rule }
}

/// A refusal as HTTP status 400.
pub(super) const fn http_400<R>(code: Option<ErrorCode>, rule: R) -> Refusal<R> {
    Refusal { code, placement: ErrorPlacement::Http400, rule }
}

/// What a request asks, in the policy's vocabulary: all that later stages need of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Admitted {
    /// The response type.
    pub(super) response_type: ResponseType,
    /// The code is redeemed as one of plain OAuth, whatever is returned beside it.
    pub(super) plain_code: bool,
    /// Where responses and errors go.
    pub(super) channel: Channel,
    /// No page may be shown.
    pub(super) silent: bool,
    /// The user is to sign in again.
    pub(super) login: bool,
    /// The user is to choose an account.
    pub(super) select_account: bool,
    /// The user is to be asked for consent.
    pub(super) consent: bool,
    /// access_type, as far as this policy knows it.
    pub(super) access_type: AskedAccessType,
    /// include_granted_scopes asks for the scopes that were granted before.
    pub(super) includes_granted_scopes: bool,
    /// What asks for offline or online access by a scope.
    pub(super) words: AskedWords,
}

/// access_type, in the policy's vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AskedAccessType {
    /// Not sent, or `online`, which is the default.
    Nothing,
    /// `online`, in so many words.
    Online,
    /// `offline`
    Offline,
    /// A value that is not known.
    UnknownValue,
    /// The policy does not know the parameter.
    Unsupported,
}

/// The scopes that mean offline or online access in some vocabulary, in the policy's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct AskedWords {
    /// A scope asks for offline access.
    pub(super) offline: bool,
    /// A scope asks for online access.
    pub(super) online: bool,
    /// `offline_access` is asked for as an ordinary scope, which the server's configuration names.
    pub(super) ordinary_offline_access: bool,
    /// The same of `refresh_token`.
    pub(super) ordinary_refresh_token: bool,
    /// The same of `online_access`.
    pub(super) ordinary_online_access: bool,
    /// Why one of them was left out of what is asked for.
    pub(super) lost: Option<Reason>,
}

impl Admitted {
    /// After the sign-in, what asked for it is forgotten, so that equal states are equal values.
    pub(super) const fn signed_in(self) -> Self {
        Self { login: false, select_account: false, ..self }
    }

    /// After the page is decided, what it was decided from is forgotten.
    pub(super) fn asked(self, policy: &Knobs) -> Self {
        let words = AskedWords { lost: self.words.lost, ..AskedWords::default() };
        // What a denial is called may depend on whether a page could be shown.
        let silent = self.silent && policy.access_denied_for == AccessDeniedFor::Nothing;
        Self { silent, consent: false, includes_granted_scopes: false, words, ..self }
    }

    /// A refusal that goes to the client.
    pub(super) const fn refuse<R>(&self, code: ErrorCode, rule: R) -> Refusal<R> {
        self.channel.refuse(code, rule)
    }

    /// A refusal with an error of OpenID Connect; a server that knows none of them says that access is denied.
    pub(super) const fn refuse_as_openid<R>(&self, policy: &Knobs, code: ErrorCode, rule: R) -> Refusal<R> {
        match policy.openid_connect {
            OpenidConnect::Yes => self.refuse(code, rule),
            OpenidConnect::No => self.refuse(ErrorCode::AccessDenied, rule),
        }
    }

    /// What a person who refuses brings about.
    pub(super) fn refuse_as_denied<F: AuthorizeFacts, R>(&self, policy: &Knobs, facts: &F, rule: R) -> Refusal<R> {
        match policy.access_denied_for {
            AccessDeniedFor::Consent | AccessDeniedFor::SignInAndConsent => self.refuse(ErrorCode::AccessDenied, rule),
            AccessDeniedFor::Nothing if self.silent => self.refuse_silently(policy, facts, rule),
            AccessDeniedFor::Nothing => self.refuse_as_openid(policy, ErrorCode::ConsentRequired, rule),
        }
    }

    /// What a request with prompt=none gets when consent is missing.
    pub(super) fn refuse_silently<F: AuthorizeFacts, R>(&self, policy: &Knobs, facts: &F, rule: R) -> Refusal<R> {
        let interaction = match policy.prompt_none_error_code {
            PromptNoneErrorCode::Specific => false,
            PromptNoneErrorCode::InteractionRequired => true,
            PromptNoneErrorCode::InteractionRequiredIfNative => {
                self.response_type != ResponseType::None && facts.application_type() == ApplicationType::Native
            }
        };
        let code = if interaction { ErrorCode::InteractionRequired } else { ErrorCode::ConsentRequired };
        self.refuse_as_openid(policy, code, rule)
    }
}
