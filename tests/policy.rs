//! The catalogue of policies: profiles, knobs, configuration and sources.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;

use grantwise::Policy;
use grantwise::input::{Misuse, Text, Value};
use grantwise::policy::configuration::{CONFIGURATION_KEYS, Configuration};
use grantwise::policy::knobs::{KNOBS, KnobSetting, Knobs, OptionValue};
use grantwise::policy::profile::StatedOrInferred::{Inferred, Stated};
use grantwise::policy::profile::{Profile, Setting};
use grantwise::policy::profiles::{PROFILES, find};
use grantwise::sources::Citation;
use serde_json::{Value as Json, json};

const NAMES: [&str; 35] = [
    "aol",
    "auth0",
    "authentik",
    "better-auth",
    "browser-based-apps",
    "cloudflare-workers",
    "duende-identityserver",
    "fapi2",
    "google",
    "google-2011",
    "google-2011-before",
    "google-2012",
    "grant-management",
    "incremental-auth",
    "keycloak",
    "mcp",
    "microsoft-entra",
    "native-apps",
    "oauth2",
    "oauth2-server-php",
    "oauthsd",
    "oidc-provider",
    "okta",
    "online-access",
    "openid-core",
    "openid-draft-2012",
    "openiddict",
    "ory-hydra",
    "rfc7009",
    "salesforce",
    "security-bcp",
    "smart-app-launch",
    "spring-authorization-server",
    "suggested-default",
    "zitadel",
];

fn written(value: OptionValue) -> String {
    match value {
        OptionValue::Flag(flag) => flag.to_string(),
        OptionValue::Word(word) => word.to_owned(),
    }
}

/// The value of a knob under a profile, as it is written in a policy.
fn knob(knobs: &Knobs, id: &str) -> Option<String> {
    knobs.settings().into_iter().find(|setting| setting.id() == id).map(|setting| written(setting.option()))
}

fn check(citation: Citation, place: &str) {
    assert!(citation.document.address.starts_with("https://"), "{place}: {}", citation.document.address);
    assert!(!citation.document.title.is_empty(), "{place}");
    assert!(!citation.anchor.starts_with('#') && !citation.anchor.contains(' '), "{place}: {}", citation.anchor);
}

fn is_sentence(text: &str) -> bool {
    !text.contains("TODO") && text.ends_with('.') && text.trim() == text && !text.contains("  ")
}

#[test]
fn profiles_are_unique_and_sorted() {
    let names: Vec<&str> = PROFILES.iter().map(|profile| profile.name).collect();
    assert_eq!(names, NAMES);
    for name in names {
        assert_eq!(find(name).map(|profile| profile.name), Some(name));
    }
    assert!(find("no-such-profile").is_none());
}

#[test]
fn profiles_describe_themselves() {
    for profile in PROFILES {
        assert!(!profile.about.title.is_empty(), "{}", profile.name);
        assert!(is_sentence(profile.about.character), "{}: {}", profile.name, profile.about.character);
        assert!(!profile.about.sources.is_empty(), "{}", profile.name);
        for citation in profile.about.sources {
            check(*citation, profile.name);
        }
    }
}

#[test]
fn every_chain_of_bases_ends() {
    for profile in PROFILES {
        let mut seen = BTreeSet::from([profile.name]);
        let mut current: &Profile = profile;
        while let Some(base) = current.base {
            assert!(seen.insert(base.name), "{} stands on itself", profile.name);
            assert!(find(base.name).is_some(), "{} stands on an unknown profile", profile.name);
            current = base;
        }
    }
}

#[test]
fn every_setting_has_a_source_or_a_reason_and_is_made_once() {
    for profile in PROFILES {
        let mut seen = BTreeSet::new();
        for entry in profile.settings {
            let id = match entry.setting {
                Setting::Knob(setting) => setting.id(),
                Setting::Configuration(id, _) => id,
            };
            let place = format!("{}: {id}", profile.name);
            assert!(seen.insert(id), "{place} is set twice");
            match entry.basis.of() {
                Stated(sources) => {
                    assert!(!sources.is_empty(), "{place}");
                    for citation in sources {
                        check(*citation, &place);
                    }
                }
                Inferred(why) => assert!(is_sentence(why), "{place}: {why}"),
            }
        }
    }
}

/// A value that was inferred is worth a line only where it changes something; what a source states may be repeated.
#[test]
fn an_inferred_value_on_a_base_differs_from_it() {
    for profile in PROFILES {
        let Some(base) = profile.base else { continue };
        let (knobs, _) = base.values();
        for entry in profile.settings {
            if let (Setting::Knob(setting), Inferred(_)) = (entry.setting, entry.basis.of()) {
                assert!(!knobs.settings().contains(&setting), "{}: {}", profile.name, setting.id());
            }
        }
    }
}

#[test]
fn configuration_ids_exist_with_their_kind() {
    for profile in PROFILES {
        for entry in profile.settings {
            if let Setting::Configuration(id, value) = entry.setting {
                let mut configuration = Configuration::default();
                assert!(configuration.set(id, value.into()), "{}: {id}", profile.name);
                assert_ne!(configuration, Configuration::default(), "{}: {id}", profile.name);
            }
        }
    }
    for key in CONFIGURATION_KEYS {
        assert!(is_sentence(key.meaning), "{}", key.id);
    }
}

#[test]
fn knobs_are_complete() {
    let mut ids = BTreeSet::new();
    for knob in KNOBS {
        assert!(ids.insert(knob.id), "{} is defined twice", knob.id);
        assert!(knob.question.ends_with('?') && !knob.question.contains("TODO"), "{}: {}", knob.id, knob.question);
        assert_eq!(knob.question.matches(['?', '!']).count(), 1, "{}: {}", knob.id, knob.question);
        assert!(is_sentence(knob.evidence), "{}: {}", knob.id, knob.evidence);
        assert!(knob.options.len() >= 2, "{}", knob.id);
        assert!(knob.options.iter().any(|option| option.value == knob.default), "{}", knob.id);
        let mut values = BTreeSet::new();
        let mut meanings = BTreeSet::new();
        for option in knob.options {
            assert!(is_sentence(option.meaning), "{}: {}", knob.id, option.meaning);
            assert!(values.insert(written(option.value)), "{}", knob.id);
            assert!(meanings.insert(option.meaning), "{}", knob.id);
        }
        assert_eq!(KnobSetting::all(knob.id).len(), knob.options.len(), "{}", knob.id);
    }
    assert!(CONFIGURATION_KEYS.iter().all(|key| ids.insert(key.id)), "a knob and a configuration key share an id");
}

#[test]
fn a_policy_without_a_profile_has_the_defaults() {
    for (knob, setting) in KNOBS.iter().zip(Knobs::default().settings()) {
        assert_eq!(knob.id, setting.id());
        assert_eq!(knob.default, setting.option(), "{}", knob.id);
    }
}

/// The cells that tell the profiles apart, copied by hand from the sources.
const CELLS: &[(&str, &[(&str, &str)])] = &[
    (
        "offline_request",
        &[
            ("access_type", "google google-2011 google-2012"),
            ("scope_or_refresh_token", "salesforce"),
            ("none", "google-2011-before"),
            ("scope", "*"),
        ],
    ),
    ("online_access_scope", &[("false", "*"), ("true", "online-access smart-app-launch")]),
    (
        "prompt_vocabulary",
        &[
            ("google", "google"),
            ("none", "google-2011 google-2011-before"),
            ("auto_force", "google-2012"),
            ("openid", "*"),
        ],
    ),
    ("legacy_approval_prompt", &[("ignore", "google"), ("honour", "google-2011"), ("unknown", "*")]),
    (
        "no_code_reason",
        &[
            ("response_type_returns_no_code", "*"),
            ("not_code_flow", "aol google-2011 google-2012"),
            ("implicit_flow", "openid-draft-2012"),
        ],
    ),
    (
        "auto_approval_reason",
        &[
            ("not_first_authorization", "google"),
            ("auto_approved", "google-2011"),
            ("auto_approval_wins", "google-2012"),
        ],
    ),
    (
        "refresh_token_without_offline",
        &[
            ("false", "*"),
            (
                "true",
                "aol browser-based-apps google-2011-before grant-management incremental-auth keycloak native-apps \
                    oauth2 rfc7009 security-bcp suggested-default",
            ),
        ],
    ),
    (
        "offline_refresh_token_lifetime",
        &[
            ("until_revoked", "google google-2012 salesforce suggested-default"),
            ("long_lived", "google-2011 google-2011-before"),
            ("unspecified", "*"),
            ("long_but_finite", "aol"),
        ],
    ),
    ("saved_consent_is_condition", &[("false", "*")]),
    ("remembered_consent_suffices_for_offline", &[("true", "*"), ("false", "aol")]),
    ("native_offline_by_default", &[("true", "google google-2011 google-2012"), ("false", "*")]),
    ("plain_oauth_refresh_token", &[("only_with_offline_access", "*"), ("always", "oauthsd")]),
    ("access_token_lifetime", &[("configured", "*"), ("shorter_of_configured_and_session", "aol")]),
    (
        "offline_notice",
        &[
            ("asked_for_or_default", "*"),
            ("asked_for", "google-2011"),
            ("never", "google-2011-before suggested-default"),
            ("always", "microsoft-entra"),
        ],
    ),
    ("auto_approval", &[("true", "*"), ("false", "google-2011-before")]),
    ("native_auto_approval", &[("true", "*"), ("false", "google-2011 google-2012")]),
    ("refresh_token_on_auto_approval", &[("never", "google google-2011 google-2012"), ("always", "*")]),
    ("new_scope_under_auto_approval", &[("prompt_for_new", "google google-2011 google-2012")]),
    (
        "public_auto_approval",
        &[
            (
                "always",
                "aol auth0 google google-2011 google-2011-before google-2012 keycloak microsoft-entra okta \
                    salesforce suggested-default",
            ),
            ("never", "grant-management incremental-auth native-apps oauth2 rfc7009 security-bcp"),
            ("exact_https", "browser-based-apps oauthsd online-access openid-core openid-draft-2012 smart-app-launch"),
        ],
    ),
    ("remember_consent", &[("always", "*"), ("checkbox", "aol")]),
    ("supports_include_granted_scopes", &[("true", "google incremental-auth"), ("false", "*")]),
    ("include_granted_scopes_public", &[("ignore", "google incremental-auth")]),
    ("include_granted_scopes_excludes", &[("installed_apps", "google"), ("public_clients", "incremental-auth")]),
    ("grant_model", &[("per_project", "google"), ("single", "*"), ("multiple", "grant-management")]),
    ("session_timeout_marks", &[("revoked", "*"), ("expired", "aol smart-app-launch")]),
    ("logout_revokes_offline", &[("false", "*")]),
    ("password_change_revokes_offline", &[("by_rule", "google microsoft-entra"), ("false", "*")]),
    ("revocation_cascades_to_grant", &[("true", "google google-2012"), ("false", "*")]),
    ("access_token_revocation_revokes_refresh_token", &[("true", "google"), ("false", "*")]),
    ("user_revocation_clears_consent", &[("true", "*")]),
    (
        "refresh_token_rotation",
        &[
            ("off", "*"),
            ("public", "browser-based-apps security-bcp"),
            ("replace_keep_old", "microsoft-entra"),
            ("browser_clients", "okta"),
        ],
    ),
    ("prompt_none_error_code", &[("specific", "*"), ("interaction_required", "native-apps")]),
    (
        "unknown_scope",
        &[
            ("ignore", "*"),
            ("error", "browser-based-apps grant-management incremental-auth native-apps oauth2 rfc7009 security-bcp"),
        ],
    ),
    ("client_side_errors", &[("fragment", "*"), ("query", "google-2011-before")]),
    ("require_pkce_public", &[("false", "*"), ("true", "browser-based-apps security-bcp")]),
    ("pkce_plain", &[("accept", "*"), ("refuse", "browser-based-apps security-bcp")]),
    ("foreign_access_scope", &[("unknown_scope", "*"), ("error_page", "google google-2011 google-2012")]),
    ("token_response_scope", &[("if_changed", "*"), ("always", "smart-app-launch")]),
    ("allow_implicit", &[("true", "*"), ("false", "browser-based-apps security-bcp")]),
    ("admin_restriction_error", &[("admin_policy_enforced", "google")]),
    ("testing_project_limit", &[("true", "google"), ("false", "*")]),
    ("smart_launch", &[("false", "*"), ("true", "smart-app-launch")]),
    ("first_refresh_token_rule", &[("consented_response", "google-2011")]),
    ("client_side_auto_approval", &[("false", "google-2011"), ("true", "google-2012")]),
    ("access_type_on_native", &[("ignore", "google-2011 google-2012")]),
    ("access_type_offline_in_token_flow", &[("ignore", "google-2011 google-2012")]),
    (
        "offline_without_consent",
        &[
            ("show_consent", "aol auth0 keycloak microsoft-entra okta salesforce smart-app-launch"),
            ("ignore", "oauthsd online-access openid-core openid-draft-2012"),
        ],
    ),
    ("refresh_token_policy", &[("valid_until_revoked", "salesforce")]),
    ("idle_limit_30_days", &[("false", "salesforce")]),
    (
        "default_refresh_token_binding",
        &[
            (
                "until_revoked",
                "google-2011-before grant-management incremental-auth native-apps oauth2 rfc7009 security-bcp \
                    suggested-default",
            ),
            ("session", "aol browser-based-apps keycloak openid-core"),
        ],
    ),
    ("old_refresh_token_after_increment", &[("keep", "incremental-auth"), ("revoke", "grant-management")]),
    ("prompt_none_with_offline", &[("ignore_offline", "openid-core openid-draft-2012")]),
];

/// The profiles that tell themselves by what they set on a base, copied by hand from the sources: all that they set.
const ON_A_BASE: &[(&str, &str, &str)] = &[
    (
        "authentik",
        "openid-core",
        "offline_without_consent=show_consent remembered_consent_suffices_for_offline=false \
            public_auto_approval=always",
    ),
    (
        "better-auth",
        "openid-core",
        "unknown_prompt=error allow_implicit=code_only response_type_refusal=error_page \
            require_pkce_public=all_clients pkce_plain=refuse admitted_redirect_uris=exact \
            unknown_scope=error scope_not_allowed=error offline_without_consent=show_consent \
            public_auto_approval=always unregistered_refresh_grant=implied_by_code \
            earlier_scopes_on_approval=replaced refresh_token_rotation=all \
            reused_refresh_token_ends=client_tokens successor_scope=narrowed \
            logout_revokes_offline=access_tokens_only foreign_token_revocation_code=http_200",
    ),
    (
        "cloudflare-workers",
        "oauth2",
        "offline_request=none prompt_vocabulary=none openid_connect=false \
            allow_implicit=code_only require_pkce_public=true pkce_plain=refuse \
            admitted_redirect_uris=exact unknown_scope=ignore auto_approval=false \
            unregistered_refresh_grant=implied_by_code \
            old_refresh_token_after_increment=all_at_approval \
            refresh_token_rotation=until_successor_used reused_refresh_token_ends=nothing \
            replayed_code_ends=grant wider_scope_at_refresh=narrow revocation_cascades_to_grant=true \
            foreign_token_revocation_code=http_200",
    ),
    (
        "duende-identityserver",
        "openid-core",
        "offline_without_consent=show_consent remembered_consent_suffices_for_offline=false \
            default_refresh_token_binding=until_revoked unregistered_refresh_grant=error \
            unknown_scope=error scope_not_allowed=error public_auto_approval=always \
            earlier_scopes_on_approval=replaced refresh_token_rotation=off \
            reused_refresh_token_ends=nothing",
    ),
    (
        "fapi2",
        "openid-core",
        "allow_implicit=code_only require_pkce_public=all_clients pkce_plain=refuse \
            admitted_redirect_uris=exact public_clients=refuse sender_constrained_tokens=required",
    ),
    (
        "mcp",
        "security-bcp",
        "allow_implicit=code_only require_pkce_public=all_clients pkce_plain=refuse \
            admitted_redirect_uris=https_or_loopback unknown_scope=ignore \
            public_auto_approval=exact_https loopback_auto_approval=never \
            remembered_consent_binding=redirect_uri prompt_consent_with_condition=satisfied \
            redirect_notice=host_and_loopback",
    ),
    (
        "oauth2-server-php",
        "openid-core",
        "prompt_vocabulary=none_only response_type_refusal=invalid_request_if_unlisted \
            response_mode_parameter=unknown client_side_errors=query hybrid_flow=plain_code \
            id_token_needs_openid=nothing missing_nonce=error_page require_state=true \
            unknown_scope=error scope_not_allowed=error empty_scope=issue access_denied_for=nothing \
            prompt_none_error_code=interaction_required offline_without_consent=show_consent \
            plain_oauth_refresh_token=always unregistered_refresh_grant=issue \
            offline_scope_without_code=kept offline_notice=never public_auto_approval=always \
            refresh_token_rotation=used_up rotated_refresh_token_lifetime=new \
            reused_refresh_token_ends=nothing replayed_code_ends=nothing \
            revocation_cascades_to_grant=family_spared",
    ),
    (
        "oidc-provider",
        "openid-core",
        "prompt_vocabulary=login_consent unknown_prompt=error \
            response_type_refusal=invalid_request_if_unregistered \
            response_mode_parameter=redirect_errors id_token_needs_openid=requested \
            require_pkce_public=true pkce_plain=refuse_without_code scope_not_allowed=error \
            admitted_redirect_uris=registered_or_only \
            empty_scope=access_denied other_user_hinted=ask_once \
            access_denied_for=sign_in_and_consent hybrid_offline=full offline_notice=asked_for \
            public_auto_approval=always native_auto_approval=response_type_none \
            prompt_none_error_code=interaction_required_if_native grant_model=per_session \
            refused_scopes=remembered earlier_scopes_on_approval=left_out_go \
            refresh_token_rotation=public rotated_refresh_token_lifetime=new_unless_public_web \
            reused_refresh_token_ends=grant replayed_code_ends=grant \
            access_token_revocation_revokes_refresh_token=all_of_grant \
            revocation_cascades_to_grant=refresh_token_only \
            foreign_token_revocation_code=invalid_request_if_confidential \
            session_dead_at_exchange=deny_without_offline_access \
            declined_logout=client_tokens_and_consent",
    ),
    (
        "openiddict",
        "openid-core",
        "offline_without_consent=show_consent default_refresh_token_binding=until_revoked \
            unregistered_refresh_grant=error public_auto_approval=always refresh_token_rotation=all \
            reused_refresh_token_ends=family",
    ),
    (
        "ory-hydra",
        "openid-core",
        "offline_without_consent=show_consent default_refresh_token_binding=until_revoked \
            unknown_scope=error scope_not_allowed=error public_auto_approval=exact_https \
            earlier_scopes_on_approval=replaced refresh_token_rotation=all \
            rotated_refresh_token_lifetime=new access_token_revocation_revokes_refresh_token=true",
    ),
    (
        "spring-authorization-server",
        "openid-core",
        "offline_request=none refresh_token_without_offline=true \
            default_refresh_token_binding=until_revoked issue_refresh_tokens=confidential_clients \
            prompt_vocabulary=none_only allow_implicit=code_only unknown_scope=error \
            scope_not_allowed=error public_auto_approval=always refresh_token_rotation=off",
    ),
    (
        "zitadel",
        "openid-core",
        "offline_without_consent=show_consent consent_required=false \
            hybrid_offline=ignore_if_front_channel_access_token \
            default_refresh_token_binding=until_revoked public_auto_approval=always \
            refresh_token_rotation=all",
    ),
];

#[test]
fn profiles_on_a_base_differ_from_it_in_what_they_set() {
    for (name, base, settings) in ON_A_BASE {
        let [knobs, before] = [name, base].map(|name| find(name).map(|profile| profile.values().0).unwrap_or_default());
        let stated: Vec<(&str, &str)> = settings.split(' ').filter_map(|setting| setting.split_once('=')).collect();
        for knob in KNOBS {
            let expected = stated.iter().find(|(id, _)| *id == knob.id).map(|(_, value)| (*value).to_owned());
            let expected = expected.or_else(|| self::knob(&before, knob.id));
            assert_eq!(self::knob(&knobs, knob.id), expected, "{name}: {}", knob.id);
        }
        assert!(stated.iter().all(|(id, _)| KNOBS.iter().any(|knob| knob.id == *id)), "{name}");
    }
}

/// `*` stands for every profile that the other lines of the knob do not name, nor the table above.
#[test]
fn the_cells_that_tell_profiles_apart() {
    for (id, lines) in CELLS {
        let named: BTreeSet<&str> = lines.iter().flat_map(|(_, profiles)| profiles.split(' ')).collect();
        for (value, profiles) in *lines {
            let elsewhere = |name: &str| ON_A_BASE.iter().any(|(other, ..)| *other == name);
            let others =
                NAMES.iter().copied().filter(|name| *profiles == "*" && !named.contains(name) && !elsewhere(name));
            let listed = profiles.split(' ').filter(|name| *name != "*");
            for name in listed.chain(others) {
                let found = find(name).and_then(|profile| knob(&profile.values().0, id));
                assert_eq!(found.as_deref(), Some(*value), "{name}: {id}");
            }
        }
    }
}

/// What every profile has: codes and access tokens end, and clocks may differ a little.
fn finite() -> Configuration {
    Configuration {
        access_token_lifetime_s: Some(3600),
        code_lifetime_s: Some(60),
        clock_tolerance_s: Some(5),
        ..Configuration::default()
    }
}

/// Nothing lives for ever unless somebody asks for it.
#[test]
fn the_numbers_of_the_profiles() {
    let values = |name: &str| find(name).map(|profile| profile.values().1).unwrap_or_default();
    let listed = |names: &[&'static str]| Some(names.iter().copied().map(Text::fixed).collect());
    let expected = [
        (
            "microsoft-entra",
            Configuration {
                offline_refresh_token_absolute_lifetime_s: Some(7_776_000),
                browser_refresh_token_absolute_lifetime_s: Some(86_400),
                ..finite()
            },
        ),
        ("keycloak", Configuration { offline_refresh_token_idle_lifetime_s: Some(2_592_000), ..finite() }),
        (
            "okta",
            Configuration { offline_refresh_token_idle_lifetime_s: Some(604_800), reuse_grace_s: Some(30), ..finite() },
        ),
        (
            "oidc-provider",
            Configuration {
                offline_refresh_token_absolute_lifetime_s: Some(1_209_600),
                rotate_after_s: Some(846_720),
                grant_lifetime_s: Some(1_209_600),
                response_types_supported: listed(&[
                    "code",
                    "id_token",
                    "id_token token",
                    "code id_token",
                    "code token",
                    "code id_token token",
                    "none",
                ]),
                scopes_supported: listed(&["openid", "offline_access", "profile", "email", "address", "phone"]),
                ..finite()
            },
        ),
        (
            "oauth2-server-php",
            Configuration {
                code_lifetime_s: Some(31),
                offline_refresh_token_absolute_lifetime_s: Some(1_209_600),
                response_types_supported: listed(&["code", "token", "id_token", "id_token token", "code id_token"]),
                scopes_supported: listed(&["openid", "offline_access", "profile", "email", "api"]),
                ..finite()
            },
        ),
        (
            "cloudflare-workers",
            Configuration {
                refresh_token_absolute_lifetime_s: Some(2_592_000),
                code_lifetime_s: Some(600),
                ..finite()
            },
        ),
        (
            "better-auth",
            Configuration {
                refresh_token_idle_lifetime_s: Some(2_592_000),
                code_lifetime_s: Some(600),
                reuse_grace_s: Some(0),
                scopes_supported: listed(&["openid", "profile", "email", "offline_access"]),
                default_scope: listed(&["openid", "profile", "email", "offline_access"]),
                ..finite()
            },
        ),
        ("ory-hydra", Configuration { offline_refresh_token_absolute_lifetime_s: Some(2_592_000), ..finite() }),
        (
            "duende-identityserver",
            Configuration { offline_refresh_token_absolute_lifetime_s: Some(2_592_000), ..finite() },
        ),
        (
            "spring-authorization-server",
            Configuration {
                access_token_lifetime_s: Some(300),
                refresh_token_absolute_lifetime_s: Some(3600),
                ..finite()
            },
        ),
        (
            "openiddict",
            Configuration {
                offline_refresh_token_idle_lifetime_s: Some(1_209_600),
                reuse_grace_s: Some(30),
                ..finite()
            },
        ),
        (
            "zitadel",
            Configuration {
                offline_refresh_token_idle_lifetime_s: Some(2_592_000),
                offline_refresh_token_absolute_lifetime_s: Some(7_776_000),
                ..finite()
            },
        ),
        ("google", Configuration { max_refresh_tokens_per_client_and_user: Some(100), ..finite() }),
        ("auth0", Configuration { max_refresh_tokens_per_client_and_user: Some(200), ..finite() }),
    ];
    for (name, configuration) in &expected {
        assert_eq!(values(name), *configuration, "{name}");
    }
    for name in NAMES.iter().filter(|name| !expected.iter().any(|(other, _)| other == *name)) {
        assert_eq!(values(name), finite(), "{name}");
    }
}

/// Values that no profile has, and that a policy may ask for.
#[test]
fn values_for_policies_of_their_own() {
    let policy = |overrides: Vec<(&str, Value)>| {
        let overrides = overrides.into_iter().map(|(id, value)| (id.into(), value)).collect();
        Policy::profile("openid-core", &Value::Members(overrides))
    };
    let setting = |policy: &Policy, id: &str| {
        let all = grantwise::policy::published::settings(policy);
        all.into_iter().find(|(known, _)| *known == id).and_then(|(_, value)| serde_json::to_value(value).ok())
    };
    for (id, values) in [
        ("require_pkce_public", vec![json!(false), json!(true), json!("all_clients")]),
        ("allow_implicit", vec![json!(true), json!(false), json!("code_only")]),
        ("pkce_plain", vec![json!("accept"), json!("refuse")]),
        ("foreign_access_scope", vec![json!("unknown_scope"), json!("error_page")]),
        ("token_response_scope", vec![json!("if_changed"), json!("always")]),
    ] {
        for value in values {
            let given = match &value {
                Json::Bool(flag) => Value::Boolean(*flag),
                word => Value::from(word.as_str().unwrap_or_default()),
            };
            let policy = policy(vec![(id, given)]).unwrap_or_else(|misuse| panic!("{id}: {value}: {misuse}"));
            assert_eq!(setting(&policy, id), Some(value));
        }
        assert!(policy(vec![(id, Value::from("perhaps"))]).is_err(), "{id}");
    }
    let listed = |names: &[&str]| Value::List(names.iter().map(|name| Value::from(*name)).collect());
    for names in [&["code"][..], &["code", "id_token token", "token id_token code", "none"], &[]] {
        let policy = policy(vec![("response_types_supported", listed(names))]);
        let policy = policy.unwrap_or_else(|misuse| panic!("{names:?}: {misuse}"));
        assert_eq!(setting(&policy, "response_types_supported"), Some(json!(names)));
    }
    assert!(policy(vec![("response_types_supported", listed(&["code", "pigeon"]))]).is_err());
    assert!(policy(vec![("response_types_supported", Value::from("code"))]).is_err());
    assert_eq!(
        policy(Vec::new()).ok().and_then(|policy| setting(&policy, "response_types_supported")),
        Some(Json::Null)
    );
}

/// A setting without an end is allowed, and named; no shipped profile has one.
#[test]
fn a_policy_names_what_is_risky_about_it() -> Result<(), Misuse> {
    for name in NAMES {
        assert!(Policy::profile(name, &Value::Null)?.warnings().is_empty(), "{name}");
    }
    let risky = [
        ("code_lifetime_s", Value::Null, "code_never_ends"),
        ("code_lifetime_s", Value::whole(601), "code_lives_long"),
        ("access_token_lifetime_s", Value::Null, "access_token_never_ends"),
        ("access_token_lifetime_s", Value::whole(86_401), "access_token_lives_long"),
        ("reuse_grace_s", Value::whole(61), "reuse_grace_is_long"),
        ("clock_tolerance_s", Value::whole(61), "clock_tolerance_is_wide"),
        ("public_auto_approval", "always".into(), "public_clients_are_not_asked"),
    ];
    for (setting, value, code) in risky {
        let warnings = Policy::profile("openid-core", &Value::object([(setting, value)]))?.warnings();
        let [warning] = warnings.as_slice() else { panic!("{setting}: {warnings:?}") };
        assert_eq!((warning.code.name(), warning.setting.as_ref()), (code, setting));
        assert!(is_sentence(&warning.sentence), "{}", warning.sentence);
    }
    let safe = [
        ("code_lifetime_s", 600),
        ("access_token_lifetime_s", 86_400),
        ("reuse_grace_s", 60),
        ("clock_tolerance_s", 0),
    ];
    for (setting, seconds) in safe {
        let policy = Policy::profile("openid-core", &Value::object([(setting, Value::whole(seconds))]))?;
        assert!(policy.warnings().is_empty(), "{setting}");
    }
    Ok(())
}
