//! Effects: what a server does to its stored records after a decision. Each is data that a database can execute.

use crate::answer::RuleId;
use crate::decide::life::Binding;
use crate::decide::record::EndStatus;
use crate::input::{Text, Time};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::policy::knobs::GrantModel;
use crate::records::{CodeRecord, Grant, New, TokenKind, TokenRecord};

union! {
    /// One thing to do with stored records. The effects of a decision are executed in their order, in one transaction;
    /// executing them again is harmless. Each names the rule that asked for it.
    pub enum Effect by "effect" {
        /// Store a grant. It replaces the one of the same client, user, session and grant_id.
        StoreGrant = "store" & "kind" "grant" {
            /// What to store.
            needed record: Box<Grant> as New,
            /// The rule that asks for it.
            needed rule: RuleId,
        },
        /// Store a code, to which the server adds its own id.
        StoreCode = "store" & "kind" "code" {
            /// What to store.
            needed record: Box<CodeRecord> as New,
            /// Members of the record that get the id which the server gave to another record of the same decision.
            optional links: Links,
            /// The rule that asks for it.
            needed rule: RuleId,
        },
        /// Store an access token, to which the server adds its own id.
        StoreAccessToken = "store" & "kind" "access_token" {
            /// What to store.
            needed record: Box<TokenRecord> as New,
            /// Members of the record that get the id which the server gave to another record of the same decision.
            optional links: Links,
            /// The rule that asks for it.
            needed rule: RuleId,
        },
        /// Store a refresh token, to which the server adds its own id.
        StoreRefreshToken = "store" & "kind" "refresh_token" {
            /// What to store.
            needed record: Box<TokenRecord> as New,
            /// The rule that asks for it.
            needed rule: RuleId,
        },
        /// Use up exactly one live record. Zero matched means that another call was faster: roll back, load the record
        /// again and decide again; that decision tells a retry from a replay.
        Consume = "consume" {
            /// The kind of record.
            needed kind: ConsumedKind,
            /// Which record.
            needed filter @ "where": Filter,
            /// What becomes of it.
            needed set: Consumed,
            /// The rule that asks for it.
            needed rule: RuleId,
        },
        /// Change every record that matches, whatever its status.
        Update = "update" {
            /// The kind of record.
            needed kind: UpdatedKind,
            /// Which records.
            needed filter @ "where": Filter,
            /// What becomes of them.
            needed set: Updated,
            /// The rule that asks for it.
            needed rule: RuleId,
        },
        /// Replace every active refresh token that matches, but for the one with the id `spare` and for the one that the same
        /// decision stores.
        Supersede = "supersede" & "kind" "refresh_token" {
            /// Which records.
            needed filter @ "where": Filter,
            /// The id of the one that stays.
            needed spare: Text,
            /// What becomes of them.
            needed set: Consumed,
            /// The rule that asks for it.
            needed rule: RuleId,
        },
        /// End the session at the authorization server.
        EndSession = "end" & "kind" "session" {
            /// Which session.
            needed filter @ "where": Filter,
            /// What becomes of it.
            needed set: SessionEnded,
            /// The rule that asks for it.
            needed rule: RuleId,
        },
        /// End every active record that matches, but for those that the same decision stores; with `keep_newest`, all but so
        /// many of the newest by issued_at.
        End = "end" {
            /// The kind of record.
            needed kind: EndedKind,
            /// Which records.
            needed filter @ "where": Filter,
            /// What becomes of them.
            needed set: Ended,
            /// So many of the newest are left alone.
            optional keep_newest: u64,
            /// The rule that asks for it.
            needed rule: RuleId,
        },
        /// Forget every grant that matches.
        Remove = "remove" & "kind" "grant" {
            /// Which grants.
            needed filter @ "where": Filter,
            /// The rule that asks for it.
            needed rule: RuleId,
        },
    }
}

words! {
    /// What can be used up.
    pub enum ConsumedKind {
        /// An authorization code, when it is redeemed.
        Code = "code",
        /// A refresh token, when it is replaced.
        RefreshToken = "refresh_token",
    }
}

words! {
    /// What becomes of a record that is used up.
    pub enum ConsumedStatus {
        /// A code.
        Used = "used",
        /// A refresh token.
        Superseded = "superseded",
    }
}

words! {
    /// What can be changed.
    pub enum UpdatedKind {
        /// A grant.
        Grant = "grant",
        /// A refresh token.
        RefreshToken = "refresh_token",
    }
}

words! {
    /// What can end, beside a session.
    pub enum EndedKind {
        /// Access tokens.
        AccessToken = "access_token",
        /// Refresh tokens.
        RefreshToken = "refresh_token",
        /// Authorization codes.
        Code = "code",
    }
}

spelled! {
    /// What becomes of records that end.
    EndStatus {
        /// Somebody or something revokes them.
        Revoked = "revoked",
        /// Their time is over.
        Expired = "expired",
    }
}

words! {
    /// What becomes of a session that ends.
    pub enum SessionStatus {
        /// It is over.
        Ended = "ended",
    }
}

words! {
    /// The only status that a filter asks for.
    pub enum LiveStatus {
        /// The record counts.
        Active = "active",
    }
}

words! {
    /// A record that the same decision stores.
    pub enum LinkedKind {
        /// The code.
        Code = "code",
        /// The grant.
        Grant = "grant",
    }
}

shape! {
    /// Members of a record that get the id which the server gave to another record of the same decision.
    pub struct Links: Copy {
        /// The code that a family of tokens comes from.
        optional family: LinkedKind,
        /// The grant, where grants are addressed and the server gives a new one its id.
        optional grant_id: LinkedKind,
    }
}

shape! {
    /// What becomes of a record that is used up.
    pub struct Consumed: Copy {
        /// The new status.
        needed status: ConsumedStatus,
        /// When a refresh token was replaced. Seconds since the epoch.
        optional superseded_at: u64 as Time,
    }
}

shape! {
    /// What becomes of records that change; the members that are there.
    pub struct Updated: Copy Default {
        /// When a refresh token was used. Seconds since the epoch.
        optional last_used_at: u64 as Time,
        /// A code of the grant was redeemed.
        optional first_code_exchanged: bool,
    }
}

shape! {
    /// What becomes of records that end.
    pub struct Ended: Copy {
        /// The new status.
        needed status: EndStatus,
    }
}

shape! {
    /// What becomes of a session that ends.
    pub struct SessionEnded: Copy {
        /// The new status.
        needed status: SessionStatus,
    }
}

shape! {
    /// Which records: every member that is present must be equal to the record's member of the same name. A database can
    /// execute it.
    pub struct Filter: Default {
        /// The record's id.
        optional id: Text,
        /// The user.
        optional sub: Text,
        /// The client.
        optional client_id: Text,
        /// The session.
        optional sid: Text,
        /// The code that a family of tokens comes from.
        optional family: Text,
        /// The grant.
        optional grant_id: Text,
        /// What the token's life depends on.
        optional binding: Binding,
        /// What kind of application the client was.
        optional application_type: ApplicationType,
        /// Whether the client could keep a secret.
        optional client_type: ClientType,
        /// How the user signed in.
        optional auth: Text,
        /// The condition for processing that the record rests on.
        optional basis: Text,
        /// The record's status.
        optional status: LiveStatus,
        /// One of the record's scopes matches one of these patterns: `*` stands for any characters but `/`, `**` for any
        /// characters.
        optional any_scope_matches: Vec<Text>,
    }
}

impl Filter {
    /// The record with this id.
    #[must_use]
    pub fn id(id: &str) -> Self {
        Self { id: Some(id.into()), ..Self::default() }
    }
}

/// Whose grant it is: whose records go back to it, too.
#[derive(Clone, Debug, Default)]
pub struct Granted {
    /// Its id, where the server gives grants one.
    pub grant_id: Option<Text>,
    /// The user.
    pub sub: Option<Text>,
    /// The client.
    pub client_id: Option<Text>,
    /// The session in which it was given.
    pub sid: Option<Text>,
}

impl Filter {
    /// A grant, and what was issued under it, also in the front channel: where each session has a grant of its own, those
    /// of that session.
    #[must_use]
    pub fn of_grant(model: GrantModel, of: Granted) -> Self {
        let sid = of.sid.filter(|_| model == GrantModel::PerSession);
        Self { grant_id: of.grant_id, sub: of.sub, client_id: of.client_id, sid, ..Self::default() }
    }
}

impl From<TokenKind> for EndedKind {
    fn from(kind: TokenKind) -> Self {
        match kind {
            TokenKind::AccessToken => Self::AccessToken,
            TokenKind::RefreshToken => Self::RefreshToken,
        }
    }
}

impl Effect {
    /// Store a grant.
    #[must_use]
    pub fn store_grant(record: Grant, rule: impl Into<RuleId>) -> Self {
        Self::StoreGrant { record: Box::new(record), rule: rule.into() }
    }

    /// Store a code.
    #[must_use]
    pub fn store_code(record: CodeRecord, links: Option<Links>, rule: impl Into<RuleId>) -> Self {
        Self::StoreCode { record: Box::new(record), links, rule: rule.into() }
    }

    /// Store a token.
    #[must_use]
    pub fn store_token(record: TokenRecord, rule: impl Into<RuleId>) -> Self {
        let rule = rule.into();
        match record.kind {
            TokenKind::AccessToken => Self::StoreAccessToken { record: Box::new(record), links: None, rule },
            TokenKind::RefreshToken => Self::StoreRefreshToken { record: Box::new(record), rule },
        }
    }

    /// Store an access token that the authorization endpoint returns, beside a code or alone.
    #[must_use]
    pub fn store_front_channel_token(record: TokenRecord, links: Option<Links>, rule: impl Into<RuleId>) -> Self {
        Self::StoreAccessToken { record: Box::new(record), links, rule: rule.into() }
    }

    /// Use up exactly one live code.
    #[must_use]
    pub fn consume_code(id: &str, rule: impl Into<RuleId>) -> Self {
        let set = Consumed { status: ConsumedStatus::Used, superseded_at: None };
        Self::consume(ConsumedKind::Code, id, set, rule)
    }

    /// Use up exactly one live refresh token, now.
    #[must_use]
    pub fn consume_refresh_token(id: &str, now: u64, rule: impl Into<RuleId>) -> Self {
        let set = Consumed { status: ConsumedStatus::Superseded, superseded_at: Some(now) };
        Self::consume(ConsumedKind::RefreshToken, id, set, rule)
    }

    fn consume(kind: ConsumedKind, id: &str, set: Consumed, rule: impl Into<RuleId>) -> Self {
        let filter = Filter { status: Some(LiveStatus::Active), ..Filter::id(id) };
        Self::Consume { kind, filter, set, rule: rule.into() }
    }

    /// Note that a refresh token was used now.
    #[must_use]
    pub fn use_refresh_token(id: &str, now: u64, rule: impl Into<RuleId>) -> Self {
        let set = Updated { last_used_at: Some(now), ..Updated::default() };
        Self::Update { kind: UpdatedKind::RefreshToken, filter: Filter::id(id), set, rule: rule.into() }
    }

    /// The live refresh tokens of a family are replaced now, but for the one with this id and for the one that the same
    /// decision stores.
    #[must_use]
    pub fn supersede_others(family: Text, spare: &str, now: u64, rule: impl Into<RuleId>) -> Self {
        let filter = Filter { family: Some(family), status: Some(LiveStatus::Active), ..Filter::default() };
        let set = Consumed { status: ConsumedStatus::Superseded, superseded_at: Some(now) };
        Self::Supersede { filter, spare: spare.into(), set, rule: rule.into() }
    }

    /// The end of a grant: of its tokens and codes, and of the consent.
    #[must_use]
    pub fn end_grant(grant: Filter, rule: impl Into<RuleId> + Copy) -> [Self; 4] {
        let end = |kind| Self::end(kind, grant.clone(), EndStatus::Revoked, rule);
        let [refresh_tokens, access_tokens, codes] =
            [EndedKind::RefreshToken, EndedKind::AccessToken, EndedKind::Code].map(end);
        [refresh_tokens, access_tokens, codes, Self::remove_grants(grant, rule)]
    }

    /// Note that a code of a grant was redeemed.
    #[must_use]
    pub fn use_grant(filter: Filter, rule: impl Into<RuleId>) -> Self {
        let set = Updated { first_code_exchanged: Some(true), ..Updated::default() };
        Self::Update { kind: UpdatedKind::Grant, filter, set, rule: rule.into() }
    }

    /// End live records.
    #[must_use]
    pub fn end(kind: EndedKind, filter: Filter, status: EndStatus, rule: impl Into<RuleId>) -> Self {
        Self::End { kind, filter, set: Ended { status }, keep_newest: None, rule: rule.into() }
    }

    /// End live refresh tokens but the newest.
    #[must_use]
    pub fn end_all_but(newest: u64, filter: Filter, rule: impl Into<RuleId>) -> Self {
        Self::End {
            kind: EndedKind::RefreshToken,
            filter,
            set: Ended { status: EndStatus::Revoked },
            keep_newest: Some(newest),
            rule: rule.into(),
        }
    }

    /// End a session.
    #[must_use]
    pub fn end_session(filter: Filter, rule: impl Into<RuleId>) -> Self {
        Self::EndSession { filter, set: SessionEnded { status: SessionStatus::Ended }, rule: rule.into() }
    }

    /// Forget grants.
    #[must_use]
    pub fn remove_grants(filter: Filter, rule: impl Into<RuleId>) -> Self {
        Self::Remove { filter, rule: rule.into() }
    }

    /// The rule that asks for it.
    #[must_use]
    pub const fn rule(&self) -> RuleId {
        match self {
            Self::StoreGrant { rule, .. }
            | Self::StoreCode { rule, .. }
            | Self::StoreAccessToken { rule, .. }
            | Self::StoreRefreshToken { rule, .. }
            | Self::Consume { rule, .. }
            | Self::Update { rule, .. }
            | Self::Supersede { rule, .. }
            | Self::EndSession { rule, .. }
            | Self::End { rule, .. }
            | Self::Remove { rule, .. } => *rule,
        }
    }
}
