//! Which facts of an authorization request never come together.

use super::facts::{
    AccountAnswer, AskedResponseType, AuthorizeFact, Hint, LoginAnswer, MaxAge, OrdinaryScopes, PriorGrant,
    SavedConsent, ScopeStanding,
};
use crate::decide::engine::{Impossible, impossible};
use crate::oauth::redirect::RedirectProof;

/// What cannot be: nothing is covered by a grant that there is none of, nobody who is not signed in has a grant, an
/// account or a recent sign-in, and no scope is among none.
pub(super) const IMPOSSIBLE: &[Impossible<AuthorizeFact>] = impossible! { AuthorizeFact:
    PriorGrant = PriorGrant::None, with GrantOfSession = [true];
    PriorGrant = PriorGrant::None, with GrantForOtherRedirectUri = [true];
    OnlyLoopback = true, with RedirectProof =
        [RedirectProof::ClaimedHttps, RedirectProof::ExactHttps, RedirectProof::Nothing];
    PriorGrant = PriorGrant::None, with OfflineGrantedBefore = [true];
    PriorGrant = PriorGrant::None, with RefreshTokenScopeGrantedBefore = [true];
    PriorGrant = PriorGrant::None, with OnlineGrantedBefore = [true];
    PriorGrant = PriorGrant::None, with FirstCodeExchanged = [false];
    PriorGrant = PriorGrant::None, with OrdinaryScopes = [OrdinaryScopes::AllGranted];
    PriorGrant = PriorGrant::None, with UnrefusedScopes = [OrdinaryScopes::AllGranted];
    PriorGrant = PriorGrant::None, with OfflineRefusedBefore = [true];
    PriorGrant = PriorGrant::None, with OnlineRefusedBefore = [true];
    OrdinaryScopes = OrdinaryScopes::NoneAsked, with UnrefusedScopes =
        [OrdinaryScopes::AllGranted, OrdinaryScopes::SomeNew];
    OrdinaryScopes = OrdinaryScopes::AllGranted, with UnrefusedScopes = [OrdinaryScopes::SomeNew];
    PriorGrant = PriorGrant::None, with SavedConsent =
        [SavedConsent::ExplicitRecent, SavedConsent::ExplicitOld, SavedConsent::Administrative];
    SignedIn = false, with SeveralAccounts = [true];
    SignedIn = false, with AccountAnswer = [AccountAnswer::Done, AccountAnswer::NoneChosen, AccountAnswer::TooOld];
    SignedIn = false, with LoginAnswer = [LoginAnswer::Done];
    SignedIn = false, with Hint = [Hint::OtherUser];
    SignedIn = false, with MaxAge = [MaxAge::Exceeded];
    SignedIn = false, with PriorGrant = [PriorGrant::ThisClient, PriorGrant::SameProject];
    ResponseTypeRegistered = true, with ResponseType =
        [AskedResponseType::Missing, AskedResponseType::Unknown, AskedResponseType::UnknownWithToken];
    OrdinaryScopes = OrdinaryScopes::NoneAsked, with Openid = [true];
    Scope = ScopeStanding::Omitted, with OrdinaryScopes = [OrdinaryScopes::AllGranted, OrdinaryScopes::SomeNew];
    Scope = ScopeStanding::NoneKnown, with OrdinaryScopes = [OrdinaryScopes::AllGranted, OrdinaryScopes::SomeNew];
    Scope = ScopeStanding::NoneAllowed, with OrdinaryScopes = [OrdinaryScopes::AllGranted, OrdinaryScopes::SomeNew];
};
