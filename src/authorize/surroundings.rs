//! What the server knows beside the request: conditions for processing, and circumstances.

use crate::input::{Text, Time};
use crate::oauth::scope::Scopes;

shape! {
    /// A condition for processing other than the user's consent (OpenID Connect Core 1.0, section 11).
    pub struct HeldCondition as "Condition" {
        /// For example `employment_contract`.
        needed basis: Text,
        /// Whether it permits access while the user is away.
        needed permits_offline: bool,
        /// Space-delimited scopes that it covers; all when absent.
        optional resources: Scopes,
        /// From then on it no longer holds. Seconds since the epoch.
        optional expires_at: u64 as Time,
    }
}

words! {
    /// How a SMART app was launched (SMART App Launch 2.2, section 2.0.3).
    pub enum SmartContext {
        /// From within a health record system.
        Ehr = "ehr",
        /// By itself.
        Standalone = "standalone",
    }
}

shape! {
    /// What the server knows beside the rest.
    pub struct Circumstances: Copy {
        /// How a SMART app was launched.
        optional launch: SmartContext,
        /// Clients of this type may have refresh tokens. True when absent.
        defaulted client_eligible: bool = true,
        /// An administrator restricts the application. False when absent.
        defaulted admin_restricted: bool = false,
        /// The user may have offline access. True when absent.
        defaulted user_may_have_offline: bool = true,
        /// A consent screen can be shown. True when absent.
        defaulted consent_screen_available: bool = true,
        /// False: pressing accept would not be valid consent here. True when absent.
        defaulted consent_valid: bool = true,
    }
}

impl Default for Circumstances {
    fn default() -> Self {
        Self {
            launch: None,
            client_eligible: true,
            admin_restricted: false,
            user_may_have_offline: true,
            consent_screen_available: true,
            consent_valid: true,
        }
    }
}
