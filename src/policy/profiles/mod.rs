//! The profiles, one file each.

use super::profile::Profile;

macro_rules! profiles {
    ( $( $module:ident ),+ $(,)? ) => {
        $( mod $module; )+

        /// Every profile, in the order of the published names.
        pub static PROFILES: &[&Profile] = &[ $( &$module::PROFILE ),+ ];
    };
}

profiles! {
    aol,
    auth0,
    authentik,
    better_auth,
    browser_based_apps,
    cloudflare_workers,
    duende_identityserver,
    fapi2,
    google,
    google_2011,
    google_2011_before,
    google_2012,
    grant_management,
    incremental_auth,
    keycloak,
    mcp,
    microsoft_entra,
    native_apps,
    oauth2,
    oauth2_server_php,
    oauthsd,
    oidc_provider,
    okta,
    online_access,
    openid_core,
    openid_draft_2012,
    openiddict,
    ory_hydra,
    rfc7009,
    salesforce,
    security_bcp,
    smart_app_launch,
    spring_authorization_server,
    suggested_default,
    zitadel,
}

/// The profile of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Profile> {
    PROFILES.iter().copied().find(|profile| profile.name == name)
}
