//! What is risky about a policy: settings that are allowed, and of which somebody should know.

use super::in_force::Policy;
use super::knobs::PublicAutoApproval;
use crate::input::Text;

/// RFC 6749, section 4.1.2, recommends ten minutes at most for a code.
const LONG_CODE_S: u64 = 600;
/// A day.
const LONG_ACCESS_TOKEN_S: u64 = 24 * 3600;
/// Longer than any server that is known leaves for a lost response.
const LONG_GRACE_S: u64 = 60;
/// Clocks that are kept by the network differ by less than a second.
const WIDE_TOLERANCE_S: u64 = 60;

words! {
    /// What is risky.
    pub enum WarningCode {
        /// Authorization codes have no end.
        CodeNeverEnds = "code_never_ends",
        /// Authorization codes live longer than ten minutes.
        CodeLivesLong = "code_lives_long",
        /// Access tokens have no end.
        AccessTokenNeverEnds = "access_token_never_ends",
        /// Access tokens live longer than a day.
        AccessTokenLivesLong = "access_token_lives_long",
        /// A superseded refresh token can be used for longer than a minute.
        ReuseGraceIsLong = "reuse_grace_is_long",
        /// Records from more than a minute ahead are taken as written now.
        ClockToleranceIsWide = "clock_tolerance_is_wide",
        /// Public clients that prove nothing are approved without asking, which the profile does not say.
        PublicClientsAreNotAsked = "public_clients_are_not_asked",
    }
}

shape! {
    /// A setting that is allowed, and risky.
    pub struct PolicyWarning {
        /// What is risky.
        needed code: WarningCode,
        /// The same as a sentence.
        needed sentence: Text,
        /// The knob or configuration key.
        needed setting: Text,
    }
}

impl Policy {
    /// What is risky about it, in the order of the codes.
    #[must_use]
    pub fn warnings(&self) -> Vec<PolicyWarning> {
        WarningCode::ALL
            .iter()
            .filter(|code| self.warns(**code))
            .map(|code| PolicyWarning {
                code: *code,
                sentence: Text::fixed(code.sentence()),
                setting: Text::fixed(code.setting()),
            })
            .collect()
    }

    fn warns(&self, code: WarningCode) -> bool {
        let configured = &self.configuration;
        let longer = |seconds: Option<u64>, limit| seconds.is_some_and(|seconds| seconds > limit);
        match code {
            WarningCode::CodeNeverEnds => configured.code_lifetime_s.is_none(),
            WarningCode::CodeLivesLong => longer(configured.code_lifetime_s, LONG_CODE_S),
            WarningCode::AccessTokenNeverEnds => configured.access_token_lifetime_s.is_none(),
            WarningCode::AccessTokenLivesLong => longer(configured.access_token_lifetime_s, LONG_ACCESS_TOKEN_S),
            WarningCode::ReuseGraceIsLong => longer(configured.reuse_grace_s, LONG_GRACE_S),
            WarningCode::ClockToleranceIsWide => longer(configured.clock_tolerance_s, WIDE_TOLERANCE_S),
            WarningCode::PublicClientsAreNotAsked => {
                self.knobs.public_auto_approval == PublicAutoApproval::Always
                    && self.profile.values().0.public_auto_approval != PublicAutoApproval::Always
            }
        }
    }
}

impl WarningCode {
    /// The knob or configuration key.
    const fn setting(self) -> &'static str {
        match self {
            Self::CodeNeverEnds | Self::CodeLivesLong => "code_lifetime_s",
            Self::AccessTokenNeverEnds | Self::AccessTokenLivesLong => "access_token_lifetime_s",
            Self::ReuseGraceIsLong => "reuse_grace_s",
            Self::ClockToleranceIsWide => "clock_tolerance_s",
            Self::PublicClientsAreNotAsked => "public_auto_approval",
        }
    }

    const fn sentence(self) -> &'static str {
        match self {
            Self::CodeNeverEnds => {
                "A code that nobody redeems can be redeemed for ever: set a lifetime of a minute or so."
            }
            Self::CodeLivesLong => {
                "A code lives longer than the ten minutes that RFC 6749, section 4.1.2, recommends at most."
            }
            Self::AccessTokenNeverEnds => {
                "An access token that is lost is good until somebody revokes it: set a lifetime."
            }
            Self::AccessTokenLivesLong => {
                "An access token lives longer than a day, and most resource servers ask nobody whether it was revoked."
            }
            Self::ReuseGraceIsLong => {
                "For longer than a minute a stolen refresh token that was already replaced raises no alarm."
            }
            Self::ClockToleranceIsWide => {
                "Records from more than a minute ahead are taken as written now, which hides a clock that is wrong."
            }
            Self::PublicClientsAreNotAsked => {
                "Any program can pretend to be a public client, and gets tokens without the user seeing a page."
            }
        }
    }
}
