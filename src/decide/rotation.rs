//! What a refresh does to the refresh token.

use super::rule::Noted;
use crate::oauth::client::{ApplicationType, ClientType};
use crate::policy::knobs::{Knobs, RefreshTokenRotation};
use crate::sources::{BROWSER_BASED_APPS, MICROSOFT_REFRESH, OKTA_REFRESH, RFC_6749, RFC_9700};

rules! {
    /// What a refresh does to the refresh token.
    RotationRule;
    Stays = "rotation.none", May, "A refresh leaves the refresh token as it is.", [RFC_6749.at("section 6", "section-6")];
    SenderConstrained = "rotation.sender_constrained", Must, "A refresh token that is bound to the client's key needs no rotation.", [RFC_9700.at("section 2.2.2", "section-2.2.2")];
    Replaces = "rotation.replaced", Must, "A refresh replaces the refresh token, so that a stolen one is found out.", [RFC_9700.at("section 2.2.2", "section-2.2.2"), BROWSER_BASED_APPS.at("section 6.3.2.3", ""), OKTA_REFRESH.whole()];
    Adds = "rotation.added", Vendor, "A refresh brings a new refresh token, and the old one stays active.", [MICROSOFT_REFRESH.whole()];
}

/// What a refresh does to the refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rotation {
    /// Nothing.
    Kept,
    /// It is replaced.
    Replaced,
    /// A new one joins it.
    Added,
}

/// On whom rotation depends, in whichever engine.
pub trait RotationFacts {
    /// Whether the client can keep a secret.
    fn client_type(&self) -> ClientType;
    /// What kind of application it is.
    fn application_type(&self) -> ApplicationType;
    /// The refresh token is bound to the client's key.
    fn sender_constrained(&self) -> bool;
}

/// What a refresh will do to a refresh token. One that is bound to a key needs no rotation, unless the policy rotates
/// them all.
pub(super) fn of<F: RotationFacts>(policy: &Knobs, facts: &F, noted: &mut Noted<RotationRule>) -> Rotation {
    let concerned = match policy.refresh_token_rotation {
        RefreshTokenRotation::Off => false,
        RefreshTokenRotation::Public => facts.client_type() == ClientType::Public,
        RefreshTokenRotation::BrowserClients => facts.application_type() == ApplicationType::Browser,
        RefreshTokenRotation::All => {
            noted.note(RotationRule::Replaces);
            return Rotation::Replaced;
        }
        RefreshTokenRotation::ReplaceKeepOld => {
            noted.note(RotationRule::Adds);
            return Rotation::Added;
        }
    };
    let (rotation, rule) = match (concerned, concerned && facts.sender_constrained()) {
        (true, false) => (Rotation::Replaced, RotationRule::Replaces),
        (true, true) => (Rotation::Kept, RotationRule::SenderConstrained),
        (false, _) => (Rotation::Kept, RotationRule::Stays),
    };
    noted.note(rule);
    rotation
}
