//! The words of what ends records.

use super::{Said, Words};
use crate::decide::lifecycle::component::{Outcome, Part};
use crate::decide::lifecycle::verdict::{Consequence, DeadStatus, Lifecycle};
use crate::decide::record::EndStatus;
use crate::oauth::error::ErrorCode;

impl Words for Lifecycle {
    const ENGINE: &'static str = "lifecycle";

    fn words(part: &Part) -> String {
        match part {
            Part::Outcome(outcome) => match outcome {
                Outcome::Refused(code, status) => {
                    let status = status.number().to_string();
                    Said::default().word(code.map_or("no_code", ErrorCode::name)).word(&status).end()
                }
                Outcome::AskUser => "ask_user".to_owned(),
                Outcome::Ends => "ends".to_owned(),
                Outcome::Alive => "active".to_owned(),
                Outcome::Dead(status) => dead(*status).to_owned(),
            },
            Part::Ends(ends) => {
                ends.iter().flatten().fold(Said::default(), |said, what| said.word(consequence(*what))).end()
            }
        }
    }
}

const fn dead(status: DeadStatus) -> &'static str {
    match status {
        DeadStatus::Unknown => "unknown",
        DeadStatus::Used => "used",
        DeadStatus::Superseded => "superseded",
        DeadStatus::Expired => "expired",
        DeadStatus::Revoked => "revoked",
    }
}

const fn consequence(consequence: Consequence) -> &'static str {
    match consequence {
        Consequence::Session => "session",
        Consequence::SessionTokens(EndStatus::Expired) => "session_tokens=expired",
        Consequence::SessionTokens(EndStatus::Revoked) => "session_tokens=revoked",
        Consequence::OfflineTokensOfSession => "offline_tokens_of_session",
        Consequence::OfflineTokensOfBrowserClients => "offline_tokens_of_browser_clients",
        Consequence::OfflineAccessTokensOfSession => "offline_access_tokens_of_session",
        Consequence::ClientTokensOfSession => "client_tokens_of_session",
        Consequence::OfflineTokensOfUser => "offline_tokens_of_user",
        Consequence::GmailTokensOfUser => "gmail_tokens_of_user",
        Consequence::PublicPasswordTokens => "public_password_tokens",
        Consequence::ClientTokens => "client_tokens",
        Consequence::Grant => "grant",
        Consequence::PresentedToken => "presented_token",
        Consequence::FamilyRefreshTokens => "family_refresh_tokens",
        Consequence::FamilyAccessTokens => "family_access_tokens",
        Consequence::ConditionTokens => "condition_tokens",
        Consequence::OldestRefreshTokens => "oldest_refresh_tokens",
        Consequence::GrantTokens => "grant_tokens",
        Consequence::GrantById => "grant_by_id",
    }
}
