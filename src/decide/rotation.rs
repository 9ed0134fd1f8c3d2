//! What a refresh does to the refresh token.

use super::rule::Noted;
use crate::oauth::client::{ApplicationType, ClientType};
use crate::policy::knobs::{Knobs, RefreshTokenRotation};
use crate::sources::{
    BROWSER_BASED_APPS, FAPI_2, MICROSOFT_REFRESH, OAUTH2_SERVER_PHP, OIDC_PROVIDER, OKTA_REFRESH, RFC_6749, RFC_9700,
    WORKERS_OAUTH_PROVIDER,
};

rules! {
    /// What a refresh does to the refresh token.
    RotationRule;
    Stays = "rotation.none", May, "A refresh leaves the refresh token as it is.", [RFC_6749.at("section 6", "section-6")];
    SenderConstrained = "rotation.sender_constrained", Must, "A refresh token that is bound to the client's key needs no rotation.", [RFC_9700.at("section 2.2.2", "section-2.2.2")];
    Replaces = "rotation.replaced", Must, "A refresh replaces the refresh token, so that a stolen one is found out.", [RFC_9700.at("section 2.2.2", "section-2.2.2"), BROWSER_BASED_APPS.at("section 6.3.2.3", ""), OKTA_REFRESH.whole()];
    Adds = "rotation.added", Vendor, "A refresh brings a new refresh token, and the old one stays active.", [MICROSOFT_REFRESH.whole()];
    UntilSuccessorUsed = "rotation.until_successor_used", Vendor, "A refresh brings a new refresh token, and the old one stays active until the new one is used.", [WORKERS_OAUTH_PROVIDER.at("src/oauth-provider.ts, handleRefreshTokenGrant", ""), FAPI_2.at("section 5.3.2.1, note 1", "")];
    UsesUp = "rotation.used_up", Vendor, "A refresh uses the refresh token up, and brings no new one.", [OAUTH2_SERVER_PHP.at("src/OAuth2/GrantType/RefreshToken.php", "")];
    Aged = "rotation.aged", Vendor, "A refresh token that has reached a certain age is replaced, though the policy would keep it.", [OIDC_PROVIDER.at("rotateRefreshToken", "")];
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
    /// A new one joins it, and it is good until that one is used.
    UntilSuccessorUsed,
    /// It is used up, and none comes.
    UsedUp,
}

/// On whom rotation depends, in whichever engine.
pub trait RotationFacts {
    /// Whether the client can keep a secret.
    fn client_type(&self) -> ClientType;
    /// What kind of application it is.
    fn application_type(&self) -> ApplicationType;
    /// The refresh token is bound to the client's key.
    fn sender_constrained(&self) -> bool;
    /// It is so old that it is replaced where the policy would keep it.
    fn aged(&self) -> bool;
}

/// What a refresh will do to a refresh token. One that is bound to a key needs no rotation, unless the policy rotates
/// them all, or it is old.
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
        RefreshTokenRotation::UntilSuccessorUsed => {
            noted.note(RotationRule::UntilSuccessorUsed);
            return Rotation::UntilSuccessorUsed;
        }
        RefreshTokenRotation::UsedUp => {
            noted.note(RotationRule::UsesUp);
            return Rotation::UsedUp;
        }
    };
    let (rotation, rule) = match (concerned, concerned && facts.sender_constrained()) {
        (true, false) => (Rotation::Replaced, RotationRule::Replaces),
        _ if facts.aged() => (Rotation::Replaced, RotationRule::Aged),
        (true, true) => (Rotation::Kept, RotationRule::SenderConstrained),
        (false, _) => (Rotation::Kept, RotationRule::Stays),
    };
    noted.note(rule);
    rotation
}
