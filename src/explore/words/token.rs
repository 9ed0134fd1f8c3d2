//! The words of the token endpoint.

use super::{NOTHING, Said, Words, access_token_life, binding, refresh_token_life, reported, rotation, status};
use crate::decide::life::AgeFrom;
use crate::decide::token::component::{Ended, GivenAccessToken, GivenRefreshToken, Outcome, Part};
use crate::decide::token::verdict::{Fate, Token};

impl Words for Token {
    const ENGINE: &'static str = "token";

    fn words(part: &Part) -> String {
        match part {
            Part::Outcome(outcome) => match outcome {
                Outcome::Error(code) => code.name(),
                Outcome::Exchanged => "exchanged",
                Outcome::Refreshed => "refreshed",
                Outcome::ForItself => "client_credentials",
            }
            .to_owned(),
            Part::AccessToken(token) => token.map_or_else(|| NOTHING.to_owned(), access_token),
            Part::RefreshToken(token) => token.map_or_else(|| NOTHING.to_owned(), refresh_token),
            Part::Presented(ended) => presented(*ended),
        }
    }
}

fn access_token(token: GivenAccessToken) -> String {
    Said::default()
        .word(binding(token.binding))
        .named("life", access_token_life(token.life))
        .named("scope_reported", reported(token.scope_reported))
        .flag("id_token", token.id_token)
        .flag("without_online", token.without_online)
        .flag("adds_existing_grant", token.adds_existing_grant)
        .end()
}

fn refresh_token(token: GivenRefreshToken) -> String {
    match token {
        GivenRefreshToken::Fixed(bound, then) => {
            Said::default().word("fixed").word(binding(bound)).word(rotation(then)).end()
        }
        GivenRefreshToken::Successor(successor) => {
            let said = refresh_token_life(Said::default().word("successor"), successor.life);
            said.word(rotation(successor.rotation))
                .named_if("narrowed", successor.narrowed_to.map(binding))
                .flag("age_from_issue", successor.age_from == AgeFrom::Issue)
                .end()
        }
    }
}

fn presented(ended: Ended) -> String {
    let said = match ended.fate {
        Fate::Untouched => Said::default().word("untouched"),
        Fate::Touched => Said::default().word("touched"),
        Fate::UsedUp => Said::default().word("used_up"),
        Fate::Ends(end) => Said::default().word(status(end)),
        Fate::OthersReplaced => Said::default().word("others_replaced"),
        Fate::FamilyEnds => Said::default().word("family_ends"),
        Fate::ClientTokensEnd => Said::default().word("client_tokens_end"),
        Fate::GrantEnds => Said::default().word("grant_ends"),
    };
    said.flag("existing_grant_ends", ended.existing_grant)
        .flag("grant_tokens_end", ended.grant_tokens)
        .flag("oldest_ends", ended.oldest)
        .end()
}
