//! Examples of records and effects, for the schema.

use crate::answer::{AccessToken, Lifetime, RefreshToken};
use crate::decide::life::Binding;
use crate::decide::lifecycle::verdict::Lifecycle;
use crate::decide::record::{EndStatus, RecordRule};
use crate::decide::rotation::Rotation;
use crate::decide::rule::RuleNumber;
use crate::decide::token::exchange::ExchangeRule;
use crate::decide::token::verdict::Token;
use crate::effects::{Effect, EndedKind, Filter};
use crate::input::{Shape, Text, Value, Version};
use crate::oauth::client::{ApplicationType, ClientType};
use crate::oauth::scope::Scopes;
use crate::oauth::session::Session;
use crate::records::{CodeRecord, CodeStatus, Grant, GrantStatus, How, TokenKind, TokenRecord, TokenStatus};

const NOW: u64 = 1_700_000_000;

fn text(text: &str) -> Option<Text> {
    Some(text.into())
}

fn scopes() -> Scopes {
    Scopes::parse(&Text::fixed("openid email offline_access"))
}

pub(super) fn grants() -> Vec<Value> {
    let grant = Grant {
        v: Version,
        grant_id: None,
        client_id: text("calendar"),
        sub: text("alice"),
        sid: None,
        redirect_uri: None,
        scope: scopes(),
        offline: true,
        how: How::ExplicitPrompt,
        remembered: true,
        status: GrantStatus::Active,
        granted_at: Some(NOW),
        expires_at: None,
        first_code_exchanged: false,
        project_shared: false,
        refused: None,
    };
    vec![
        grant.write(),
        Value::object([("scope", "openid email".into())]),
        Value::object([
            ("scope", "openid".into()),
            ("refused", "email".into()),
            ("expires_at", Value::whole(1_702_592_000)),
        ]),
    ]
}

pub(super) fn sessions() -> Vec<Value> {
    let session = Session {
        sid: text("s1"),
        sub: Text::fixed("alice"),
        auth_time: 1_699_999_940,
        expires_at: Some(1_700_028_800),
        accounts: 1,
    };
    vec![session.write()]
}

pub(super) fn codes() -> Vec<Value> {
    let code = CodeRecord {
        v: Version,
        id: text("code-1"),
        client_id: Text::fixed("calendar"),
        sub: Text::fixed("alice"),
        sid: text("s1"),
        redirect_uri: Text::fixed("https://calendar.example/cb"),
        redirect_uri_sent: true,
        scope: scopes(),
        requested_scope: text("openid email offline_access"),
        status: CodeStatus::Active,
        access_token: AccessToken { scope: scopes(), expires_in: Some(3600), binding: Binding::Offline },
        id_token: true,
        refresh_token: Some(RefreshToken {
            scope: scopes(),
            binding: Binding::Offline,
            lifetime: Lifetime::Idle { seconds: 2_592_000 },
            rotation: Rotation::Replaced,
        }),
        auto_approved: false,
        nonce: text("n-0S6_WzA2Mj"),
        auth_time: 1_699_999_940,
        code_challenge: None,
        code_challenge_method: None,
        grant_management_action: None,
        grant_id: None,
        grant_expires_at: None,
        basis: None,
        issued_at: NOW,
        expires_at: Some(1_700_000_060),
    };
    vec![code.write()]
}

fn token(kind: TokenKind) -> TokenRecord {
    TokenRecord {
        v: Version,
        kind,
        id: None,
        client_id: Text::fixed("calendar"),
        application_type: ApplicationType::Web,
        client_type: ClientType::Confidential,
        sub: text("alice"),
        sid: text("s1"),
        family: text("code-1"),
        grant_id: None,
        scope: scopes(),
        binding: Binding::Offline,
        status: TokenStatus::Active,
        auth: text("password"),
        auth_time: Some(1_699_999_940),
        basis: None,
        sender_constrained: false,
        issued_at: 1_700_000_010,
        authorized_at: 1_700_000_010,
        expires_at: None,
        grant_expires_at: None,
        last_used_at: None,
        superseded_at: None,
    }
}

pub(super) fn access_tokens() -> Vec<Value> {
    let token = TokenRecord { id: text("access-1"), expires_at: Some(1_700_003_610), ..token(TokenKind::AccessToken) };
    vec![token.write()]
}

pub(super) fn refresh_tokens() -> Vec<Value> {
    vec![TokenRecord { id: text("refresh-1"), ..token(TokenKind::RefreshToken) }.write()]
}

pub(super) fn lifetimes() -> Vec<Value> {
    vec![Lifetime::Session.write(), Lifetime::Idle { seconds: 2_592_000 }.write()]
}

fn session_tokens() -> Filter {
    Filter { sub: text("alice"), sid: text("s1"), binding: Some(Binding::Session), ..Filter::default() }
}

pub(super) fn filters() -> Vec<Value> {
    vec![Filter { family: text("code-1"), ..Filter::default() }.write(), session_tokens().write()]
}

pub(super) fn effects() -> Vec<Value> {
    let redeemed = RuleNumber::<Token>::of(ExchangeRule::CodeRedeemed);
    let ended = RuleNumber::<Lifecycle>::of(RecordRule::SessionTokensEnd);
    vec![
        Effect::consume_code("code-1", redeemed).write(),
        Effect::store_token(token(TokenKind::RefreshToken), redeemed).write(),
        Effect::end(EndedKind::RefreshToken, session_tokens(), EndStatus::Revoked, ended).write(),
    ]
}
