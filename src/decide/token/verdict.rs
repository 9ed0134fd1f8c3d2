//! What a decision at the token endpoint says, without strings and times.

use crate::decide::life::{AccessTokenLife, AgeFrom, Binding, RefreshTokenLife};
use crate::decide::record::EndStatus;
use crate::decide::report::ScopeReported;
use crate::decide::rotation::Rotation;
use crate::decide::rule::RuleNumber;
use crate::oauth::error::ErrorCode;

/// The engine of the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Token {}

/// A rule of the token endpoint's engine.
pub type TokenRuleNumber = RuleNumber<Token>;

/// What to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenVerdict {
    /// Refuse.
    Refuse {
        /// The error code.
        code: ErrorCode,
        /// What becomes of the presented record.
        fate: Fate,
        /// The rule that refused, and that asks for what becomes of the record.
        rule: TokenRuleNumber,
    },
    /// A code was redeemed.
    Exchanged(Exchanged),
    /// A refresh token was used.
    Refreshed(Refreshed),
    /// A client acts for itself.
    ForItself {
        /// Its access token.
        access_token: NewAccessToken,
        /// When its scope is reported.
        scope_reported: ScopeReported,
    },
}

/// What becomes of the presented record, and of what goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// Nothing.
    Untouched,
    /// It is noted as used just now.
    Touched,
    /// It is used up.
    UsedUp,
    /// It ends, for the clock or the session ended it.
    Ends(EndStatus),
    /// It is noted as used, and the other refresh tokens of its family are replaced.
    OthersReplaced,
    /// Everything of its family ends.
    FamilyEnds,
    /// All tokens of the user and the client end.
    ClientTokensEnd,
    /// The grant ends: its tokens, and the consent.
    GrantEnds,
}

/// A new access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NewAccessToken {
    /// What its life depends on.
    pub binding: Binding,
    /// How long it lives.
    pub life: AccessTokenLife,
    /// The rule that gives it.
    pub rule: TokenRuleNumber,
}

/// The new refresh token of a code, for which the authorization fixed scope and lifetime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FixedRefreshToken {
    /// What its life depends on.
    pub binding: Binding,
    /// What a refresh will do to it.
    pub rotation: Rotation,
    /// The rule that gives it.
    pub rule: TokenRuleNumber,
    /// The oldest of too many ends, by this rule.
    pub limit: Option<TokenRuleNumber>,
}

/// What existing_grant comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExistingGrantUse {
    /// Nothing: not sent, or not good and passed over.
    None,
    /// The parameter is set aside.
    Ignored,
    /// Its scopes are added.
    Added {
        /// The refresh token that it is ends, by this rule.
        ends: Option<TokenRuleNumber>,
    },
}

/// A code was redeemed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Exchanged {
    /// The rule by which it is.
    pub rule: TokenRuleNumber,
    /// The access token.
    pub access_token: NewAccessToken,
    /// The refresh token.
    pub refresh_token: Option<FixedRefreshToken>,
    /// Scopes that stand for online access are left out, because the session has ended.
    pub without_online: bool,
    /// What existing_grant comes to.
    pub existing_grant: ExistingGrantUse,
    /// The refresh tokens that the grant had end, by this rule.
    pub ends_grant_tokens: Option<TokenRuleNumber>,
    /// When the scope is reported.
    pub scope_reported: ScopeReported,
}

/// The refresh token that a refresh brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Successor {
    /// What its life depends on.
    pub binding: Binding,
    /// It has the scope of this refresh, and not that of the presented token.
    pub narrowed: bool,
    /// How long it lives; an idle limit starts anew.
    pub life: RefreshTokenLife,
    /// From when on a limit on its age counts.
    pub age_from: AgeFrom,
    /// What the next refresh will do to it.
    pub rotation: Rotation,
    /// The rule that gives it.
    pub rule: TokenRuleNumber,
}

/// A refresh token was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Refreshed {
    /// What becomes of the presented token.
    pub fate: Fate,
    /// The rule that asks for it.
    pub rule: TokenRuleNumber,
    /// The access token.
    pub access_token: NewAccessToken,
    /// An ID Token is returned.
    pub id_token: bool,
    /// The new refresh token.
    pub successor: Option<Successor>,
    /// When the scope is reported.
    pub scope_reported: ScopeReported,
}
