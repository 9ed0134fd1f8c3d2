//! What a decision on the end of records says, without strings and times.

use crate::decide::life::RefreshTokenLife;
use crate::decide::record::EndStatus;
use crate::decide::rule::RuleNumber;
use crate::oauth::error::ErrorCode;

/// The engine of what ends tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lifecycle {}

/// A rule of the lifecycle's engine.
pub type LifecycleRuleNumber = RuleNumber<Lifecycle>;

/// The verdict on an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LifecycleVerdict {
    /// Refuse.
    Refuse {
        /// None where the standard names none.
        code: Option<ErrorCode>,
        /// The HTTP status.
        status: RefusedStatus,
        /// The rule that refused.
        rule: LifecycleRuleNumber,
    },
    /// The user has to be asked first.
    AskUser,
    /// Records end.
    Ends(Consequences),
    /// A record is alive, or dead by a rule.
    Standing(Result<(), (DeadStatus, LifecycleRuleNumber)>),
}

/// The HTTP status of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusedStatus {
    /// 400
    BadRequest,
    /// 401
    Unauthorized,
    /// 403
    Forbidden,
    /// 404
    NotFound,
}

impl RefusedStatus {
    /// The number.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
        }
    }
}

/// How a dead record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeadStatus {
    /// There is no such record.
    Unknown,
    /// A code that was redeemed.
    Used,
    /// A refresh token that was replaced.
    Superseded,
    /// Over by the clock, or with the session.
    Expired,
    /// Ended by somebody.
    Revoked,
}

/// One thing that ends. Each becomes a filter on stored records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Consequence {
    /// The session.
    Session,
    /// Tokens that are bound to the session, with the status that they get.
    SessionTokens(EndStatus),
    /// Offline tokens that were issued in the session.
    OfflineTokensOfSession,
    /// The same, of single-page applications only.
    OfflineTokensOfBrowserClients,
    /// Offline access tokens that were issued in the session.
    OfflineAccessTokensOfSession,
    /// Tokens of the client that are bound to the session.
    ClientTokensOfSession,
    /// The user's offline tokens.
    OfflineTokensOfUser,
    /// The user's tokens with a Gmail scope.
    GmailTokensOfUser,
    /// The user's tokens of public clients, where the user signed in with a password.
    PublicPasswordTokens,
    /// Every token of the user and the client.
    ClientTokens,
    /// The grant of the user and the client.
    Grant,
    /// The presented token.
    PresentedToken,
    /// Refresh tokens of the presented token's family.
    FamilyRefreshTokens,
    /// Access tokens of the presented token's family.
    FamilyAccessTokens,
    /// Tokens that rest on the condition.
    ConditionTokens,
    /// All refresh tokens of user and client but the newest.
    OldestRefreshTokens,
    /// Tokens of the grant with this id.
    GrantTokens,
    /// The grant with this id.
    GrantById,
}

/// What ends, in this order, each with the rule that asks for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Consequences {
    list: [Option<(Consequence, LifecycleRuleNumber)>; 6],
}

impl Consequences {
    /// Adds one more. There is room for all that one occurrence ends.
    pub(super) fn add(&mut self, consequence: Consequence, rule: LifecycleRuleNumber) {
        if let Some(free) = self.list.iter_mut().find(|slot| slot.is_none()) {
            *free = Some((consequence, rule));
        }
    }

    /// What ends, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Consequence, LifecycleRuleNumber)> {
        self.list.iter().flatten().copied()
    }
}

/// What is handed from stage to stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Something happened.
    Happened,
    /// It is known which limits the record has; what follows depends on whether one is reached.
    Limited(Option<RefreshTokenLife>),
}
