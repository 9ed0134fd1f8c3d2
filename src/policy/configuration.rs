//! Numbers and lists of a policy. They are used only while parsing and expanding; a rule never reads one.

use crate::input::Text;
use crate::oauth::clock::Clock;
use crate::oauth::scope::Scopes;

/// What a configuration key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A duration in seconds, or null.
    Seconds,
    /// A number of things, or null.
    Count,
    /// A list of scopes, or null.
    Scopes,
    /// A list of names, or null.
    Names,
    /// A list of response types, or null.
    ResponseTypes,
    /// An https address, on localhost also an http one, or null.
    Url,
}

impl Kind {
    /// The name as it is published.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Count => "count",
            Self::Scopes => "scopes",
            Self::Names => "names",
            Self::ResponseTypes => "response_types",
            Self::Url => "url",
        }
    }
}

/// A configuration key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfigurationKey {
    /// Stable id.
    pub id: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it is for. People read it; the engine in WebAssembly leaves it out.
    #[cfg(not(target_arch = "wasm32"))]
    pub meaning: &'static str,
}

/// A value as a profile's table writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    /// A number.
    Number(u64),
    /// A list.
    Names(&'static [&'static str]),
}

/// The value of a configuration key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Configured {
    /// Seconds or a count.
    Number(Option<u64>),
    /// Scopes or names.
    Names(Option<Scopes>),
    /// An address.
    Text(Option<Text>),
}

impl From<Constant> for Configured {
    fn from(constant: Constant) -> Self {
        match constant {
            Constant::Number(number) => Self::Number(Some(number)),
            Constant::Names(names) => Self::Names(Some(names.iter().copied().map(Text::fixed).collect())),
        }
    }
}

macro_rules! default_number {
    () => {
        None
    };
    ($default:literal) => {
        Some($default)
    };
}

macro_rules! configuration {
    (
        numbers { $( $number:ident: $number_kind:ident $(= $number_default:literal)?, $number_meaning:literal; )+ }
        lists { $( $list:ident: $list_kind:ident, $list_meaning:literal; )+ }
        texts { $( $text:ident: $text_kind:ident, $text_meaning:literal; )+ }
    ) => {
        /// Numbers and lists of a policy.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Configuration {
            $( #[doc = $number_meaning] pub $number: Option<u64>, )+
            $( #[doc = $list_meaning] pub $list: Option<Scopes>, )+
            $( #[doc = $text_meaning] pub $text: Option<Text>, )+
        }

        /// Every configuration key.
        pub const CONFIGURATION_KEYS: &[ConfigurationKey] = &[
            $( ConfigurationKey {
                id: stringify!($number),
                kind: Kind::$number_kind,
                #[cfg(not(target_arch = "wasm32"))]
                meaning: $number_meaning,
            }, )+
            $( ConfigurationKey {
                id: stringify!($list),
                kind: Kind::$list_kind,
                #[cfg(not(target_arch = "wasm32"))]
                meaning: $list_meaning,
            }, )+
            $( ConfigurationKey {
                id: stringify!($text),
                kind: Kind::$text_kind,
                #[cfg(not(target_arch = "wasm32"))]
                meaning: $text_meaning,
            }, )+
        ];

        impl Default for Configuration {
            fn default() -> Self {
                Self {
                    $( $number: default_number!($($number_default)?), )+
                    $( $list: None, )+
                    $( $text: None, )+
                }
            }
        }

        impl Configuration {
            /// Gives a key another value; false when the key is unknown or holds another kind of value.
            pub fn set(&mut self, id: &str, value: Configured) -> bool {
                match (id, value) {
                    $( (stringify!($number), Configured::Number(value)) => self.$number = value, )+
                    $( (stringify!($list), Configured::Names(value)) => self.$list = value, )+
                    $( (stringify!($text), Configured::Text(value)) => self.$text = value, )+
                    _ => return false,
                }
                true
            }

            /// Every key with its value.
            #[must_use]
            pub fn settings(&self) -> Vec<(&'static str, Configured)> {
                vec![
                    $( (stringify!($number), Configured::Number(self.$number)), )+
                    $( (stringify!($list), Configured::Names(self.$list.clone())), )+
                    $( (stringify!($text), Configured::Text(self.$text.clone())), )+
                ]
            }
        }
    };
}

configuration! {
    numbers {
        access_token_lifetime_s: Seconds, "How long an access token lives.";
        code_lifetime_s: Seconds, "How long an authorization code can be redeemed. RFC 6749 section 4.1.2 recommends at most 600.";
        refresh_token_absolute_lifetime_s: Seconds, "How long a refresh token lives at most, however it is bound.";
        refresh_token_idle_lifetime_s: Seconds, "How long a refresh token lives without use, however it is bound.";
        offline_refresh_token_absolute_lifetime_s: Seconds, "How long an offline refresh token lives at most.";
        offline_refresh_token_idle_lifetime_s: Seconds, "How long an offline refresh token lives without use.";
        browser_refresh_token_absolute_lifetime_s: Seconds, "How long an offline refresh token of a single-page application lives at most; it comes before the two above.";
        refresh_token_policy_s: Seconds, "The duration of the knob refresh_token_policy, where its value has one.";
        saved_consent_max_age_s: Seconds, "How old a saved consent may be under saved_consent_is_condition = if_recent.";
        reuse_grace_s: Seconds, "For how long a superseded refresh token may still be presented without alarm.";
        rotate_after_s: Seconds, "From which age on a refresh token is replaced at its next use where the policy would keep it.";
        grant_lifetime_s: Seconds, "How long a grant lasts from its first approval; no refresh token outlives it.";
        answer_max_age_s: Seconds, "How old an answer on a page may be; each then says when it was given, and an older one does not count.";
        clock_tolerance_s: Seconds = 5, "How far the clock of another node may be ahead: a record from that near a future is taken as written now. 5 unless set; null is none.";
        max_scopes_per_request: Count, "More scopes than this in one request are refused with overbroad_scope.";
        max_request_bytes: Count, "Bytes of a request that are read; a longer one is refused before anything in it is looked at. 8192 when null.";
        max_request_parameters: Count, "Parameters of a request that are read; one with more is refused. 1000 when null.";
        max_refresh_tokens_per_client_and_user: Count, "More live refresh tokens than this, and the oldest is dropped.";
    }
    lists {
        scopes_supported: Scopes, "The scopes that the server knows; null knows every scope.";
        allowed_scopes: Scopes, "The scopes that this client may have; null allows every scope.";
        default_scope: Scopes, "Used when a request names no scope; null refuses such a request.";
        optional_scopes: Scopes, "The scopes that a person may leave out on the screen; null makes each one optional.";
        response_types_supported: ResponseTypes, "The response types that the server offers; null offers every one that the knobs allow.";
        grant_management_actions_supported: Names, "Grant management actions that the server offers; null offers all.";
    }
    texts {
        issuer: Url, "The issuer identifier, returned as iss (RFC 9207).";
    }
}

impl Configuration {
    /// The clock at this time, with the tolerance that is configured.
    #[must_use]
    pub fn clock(&self, now: u64) -> Clock {
        Clock { now, tolerance: self.clock_tolerance_s.unwrap_or(0) }
    }
}
