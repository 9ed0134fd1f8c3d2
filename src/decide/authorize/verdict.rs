//! What a decision at the authorization endpoint says, without strings and times.
//!
//! A verdict is a sum: a refusal has no tokens, a sign-in page no scopes. Equal answers are equal values.

use crate::decide::life::{AccessTokenLife, Binding, RefreshTokenLife};
use crate::decide::reason::Reason;
use crate::decide::refusal::Refusal;
use crate::decide::report::ScopeReported;
use crate::decide::rotation::Rotation;
use crate::decide::rule::RuleNumber;
use crate::input::Sentence;
use crate::oauth::error::Placement;
use crate::oauth::response::ResponseType;

/// The engine of the authorization endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Authorize {}

/// A rule of the authorization endpoint's engine.
pub type AuthorizeRuleNumber = RuleNumber<Authorize>;

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Refuse.
    Refuse(Refusal<AuthorizeRuleNumber>, Option<RememberedRefusal>),
    /// Show a page on which a person signs in or chooses an account.
    SignIn(SignInScreen),
    /// Show the consent page.
    Ask {
        /// What it says.
        page: ConsentPage,
        /// What comes out if the person approves everything.
        result: TokenResult,
    },
    /// Issue.
    Issue {
        /// Where the response is put.
        placement: Placement,
        /// The page that the person approved; none where nobody was asked.
        approved: Option<ConsentPage>,
        /// What comes out.
        result: TokenResult,
        /// What is stored.
        stored: Stored,
    },
}

/// A page on which a person signs in or chooses an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignInScreen {
    /// Nobody suitable is signed in.
    Login,
    /// The signed-in user signs in again.
    Reauthenticate,
    /// The user chooses an account.
    SelectAccount,
}

/// Parameters that were set aside as a whole or in part; reported beside a verdict that is no refusal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct IgnoredParameters {
    /// prompt, whole.
    pub prompt: Option<Reason>,
    /// Those values of prompt that the policy's vocabulary lacks.
    pub prompt_unknown_values: bool,
    /// `auto` in prompt.
    pub prompt_auto: Option<Reason>,
    /// response_mode.
    pub response_mode: Option<Reason>,
    /// display.
    pub display: Option<Reason>,
    /// access_type.
    pub access_type: Option<Reason>,
    /// approval_prompt.
    pub approval_prompt: Option<Reason>,
    /// include_granted_scopes.
    pub include_granted_scopes: Option<Reason>,
    /// grant_management_action and grant_id.
    pub grant_management: Option<Reason>,
    /// launch.
    pub launch: Option<Reason>,
    /// Scopes by which another vocabulary asks for offline or online access, and which the server does not know.
    pub foreign_scopes: bool,
}

impl IgnoredParameters {
    /// Adds what another stage sets aside.
    pub(super) fn add(&mut self, other: Self) {
        *self = self.and(other);
    }

    /// What either sets aside; each parameter is set aside once.
    #[must_use]
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            prompt: self.prompt.or(other.prompt),
            prompt_unknown_values: self.prompt_unknown_values || other.prompt_unknown_values,
            prompt_auto: self.prompt_auto.or(other.prompt_auto),
            response_mode: self.response_mode.or(other.response_mode),
            display: self.display.or(other.display),
            access_type: self.access_type.or(other.access_type),
            approval_prompt: self.approval_prompt.or(other.approval_prompt),
            include_granted_scopes: self.include_granted_scopes.or(other.include_granted_scopes),
            grant_management: self.grant_management.or(other.grant_management),
            launch: self.launch.or(other.launch),
            foreign_scopes: self.foreign_scopes || other.foreign_scopes,
        }
    }
}

/// Offline or online access by a scope, in a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Not asked for.
    NotAsked,
    /// Set aside.
    Ignored(Reason),
    /// Granted, if the user agrees where that is needed.
    Standing,
    /// The user left it out.
    Refused,
}

/// Earlier scopes that are added to the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Included {
    /// include_granted_scopes asks for them.
    Requested,
    /// The grant is merged (Grant Management).
    Merged,
}

/// Which scopes a result has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ScopePlan {
    /// The offline scope.
    pub offline: Access,
    /// online_access.
    pub online: Access,
    /// online_access was added though it was not asked for.
    pub online_added: bool,
    /// Scopes granted before are added.
    pub included: Option<Included>,
    /// Scopes that the prior grant remembers as refused are left out.
    pub without_refused: bool,
}

/// Why the consent page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ConsentCauses {
    /// The request asks for it.
    pub prompt_consent: bool,
    /// A scope is new.
    pub new_scopes: bool,
    /// Offline access needs it.
    pub offline_access: bool,
    /// The client cannot prove who it is, or is an installed app.
    pub client_always_asked: bool,
    /// Every user is asked every time.
    pub always_asked: bool,
    /// The consent on record was given for another redirect URI.
    pub redirect_uri_changed: bool,
    /// The response goes to a loopback address.
    pub loopback_client: bool,
    /// The person answered a page with other content.
    pub answer_out_of_date: bool,
}

/// What the page says of where the response goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RedirectNamed {
    /// Nothing.
    No,
    /// The host.
    Host,
    /// The host, and that not every redirect URI is loopback.
    HostWithoutWarning,
    /// The host, and that every redirect URI is loopback.
    HostWithWarning,
}

/// What stays granted of what was granted before, whatever an answer leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stays {
    /// Nothing.
    Nothing,
    /// `openid`.
    Openid,
    /// Everything.
    Everything,
}

/// The consent page: the verdict of its own stage. An answer is a fact about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConsentPage {
    /// Which scopes it lists.
    pub lists: ScopePlan,
    /// It says that access goes on while the user is away.
    pub offline_notice: bool,
    /// It carries a box to remember the answer.
    pub remember_checkbox: bool,
    /// Scopes granted before are marked, and not hidden.
    pub shows_already_granted: bool,
    /// What it says of where the response goes.
    pub redirect: RedirectNamed,
    /// The prior grant counts for what is new and what is not.
    pub counts_prior_grant: bool,
    /// What stays granted of what was granted before, whatever the answer leaves out.
    pub stays: Stays,
    /// Why it is shown.
    pub causes: ConsentCauses,
}

/// An access token that is issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccessTokenPlan {
    /// What its life depends on.
    pub binding: Binding,
    /// How long it lives.
    pub life: AccessTokenLife,
    /// It carries the offline scope, where that is granted.
    pub carries_offline: bool,
}

/// A refresh token that is issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RefreshTokenPlan {
    /// What its life depends on.
    pub binding: Binding,
    /// How long it lives.
    pub life: RefreshTokenLife,
    /// What a refresh will do to it.
    pub rotation: Rotation,
}

/// Whether there is a refresh token, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefreshTokenVerdict {
    /// There is one, by this rule.
    Issued(RefreshTokenPlan, AuthorizeRuleNumber),
    /// There is none, by this rule.
    None(NoRefreshToken, AuthorizeRuleNumber),
}

/// Why there is no refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoRefreshToken {
    /// What asked for one was set aside.
    SetAside(Reason),
    /// The client may not have any.
    NoneForClient,
    /// No code is returned, which alone is redeemed for one.
    NoCode,
    /// The request was approved without asking anybody.
    AutoApproved,
    /// Neither offline nor online access is part of what is granted.
    NotGranted,
}

/// The number of the first sentence after those of the reasons.
const AFTER_REASONS: u16 = Reason::ALL.len() as u16;

impl NoRefreshToken {
    /// The reason as a sentence.
    #[must_use]
    pub const fn sentence(self) -> Sentence {
        match self {
            Self::SetAside(reason) => reason.sentence(),
            Self::NoneForClient => Sentence::new(
                AFTER_REASONS,
                "The client gets no refresh token at all: it did not register the grant, or the policy gives it none.",
            ),
            Self::NoCode => Sentence::new(AFTER_REASONS + 1, "The implicit grant gives no refresh token."),
            Self::AutoApproved => Sentence::new(
                AFTER_REASONS + 2,
                "A request that was approved without asking the user gives no refresh token.",
            ),
            Self::NotGranted => Sentence::new(AFTER_REASONS + 3, "Offline access is not part of what was granted."),
        }
    }

    /// Those that are no reasons to set something aside.
    pub const OWN: [Self; 4] = [Self::NoneForClient, Self::NoCode, Self::AutoApproved, Self::NotGranted];

    /// Why what asked for one was set aside.
    #[must_use]
    pub const fn reason(self) -> Option<Reason> {
        match self {
            Self::SetAside(reason) => Some(reason),
            Self::NoneForClient | Self::NoCode | Self::AutoApproved | Self::NotGranted => None,
        }
    }
}

/// What the code is redeemed for, beside a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenEndpointPlan {
    /// The access token.
    pub access_token: AccessTokenPlan,
    /// An ID Token.
    pub id_token: bool,
}

/// What comes out of a request: scopes and tokens, and what was set aside on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenResult {
    /// The response type that the tokens follow from.
    pub response_type: ResponseType,
    /// Scopes.
    pub scopes: ScopePlan,
    /// When they are reported.
    pub scope_reported: ScopeReported,
    /// The front channel's access token.
    pub front_access_token: Option<AccessTokenPlan>,
    /// The front channel's ID Token.
    pub front_id_token: bool,
    /// The token endpoint's tokens; none when no code is returned.
    pub token_endpoint: Option<TokenEndpointPlan>,
    /// Whether there is a refresh token.
    pub refresh_token: RefreshTokenVerdict,
}

/// What happens to the stored grant when the response is issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GrantChange {
    /// The approved scopes are added to what was granted before.
    Add,
    /// The grant becomes what was approved.
    Replace,
    /// A grant of its own.
    Create,
    /// The approved scopes are added, and what the answer leaves out of the earlier ones goes.
    LeaveOut,
    /// The stored consent becomes what was approved now.
    Renew,
}

/// How a consent that is stored came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GrantedHow {
    /// The user approved the page.
    ExplicitPrompt,
    /// The user ticked the box that keeps the approval.
    RememberCheckbox,
}

/// A grant to store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StoredGrant {
    /// What becomes of an earlier one.
    pub change: GrantChange,
    /// How the consent came about.
    pub how: GrantedHow,
    /// What was left out is remembered as refused.
    pub remembers_refused: bool,
    /// The rule that asks for it.
    pub rule: AuthorizeRuleNumber,
}

/// An answer that left nothing, and that is remembered all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RememberedRefusal {
    /// The page that was answered.
    pub page: ConsentPage,
    /// The grant that remembers it.
    pub grant: StoredGrant,
}

/// A condition for processing that what is issued rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RestsOn {
    /// On one that permits offline access.
    OfflineCondition,
    /// On one that stands in for the page.
    Condition,
}

/// What is stored when a response is issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stored {
    /// The grant, if it changes.
    pub grant: Option<StoredGrant>,
    /// The code's rule, if a code is returned.
    pub code: Option<AuthorizeRuleNumber>,
    /// The rule of the front channel's access token, if there is one.
    pub access_token: Option<AuthorizeRuleNumber>,
    /// The rule by which all earlier tokens of the user and the client end, if they do.
    pub ends_earlier: Option<AuthorizeRuleNumber>,
    /// Nobody was asked.
    pub auto_approved: bool,
    /// Grants have ids that requests can name.
    pub grants_are_addressed: bool,
    /// The condition for processing that it rests on, so that it ends with it.
    pub rests_on: Option<RestsOn>,
}
