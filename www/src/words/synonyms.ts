import type { ConfigurationKeyId, KnobId } from "grantwise";

/** What people call things, and the settings that they mean by it. */
export interface Synonym {
  /** In small letters; each finds the same. */
  phrases: readonly string[];
  settings: readonly (KnobId | ConfigurationKeyId)[];
}

export const SYNONYMS: readonly Synonym[] = [
  { phrases: ["sign out", "signs out", "signed out", "log out", "logs out", "logout", "logoff", "single logout"], settings: ["logout_revokes_offline", "account_switch_ends_session"] },
  { phrases: ["timeout", "time out", "session expiry", "session ends", "idle session"], settings: ["session_timeout_marks", "session_dead_at_exchange", "access_token_lifetime"] },
  { phrases: ["7 days", "seven days", "one week", "a week", "testing mode", "publishing status"], settings: ["testing_project_limit"] },
  { phrases: ["30 days", "thirty days", "a month", "one month", "inactive", "inactivity", "unused"], settings: ["idle_limit_30_days", "refresh_token_policy", "refresh_token_idle_lifetime_s", "offline_refresh_token_idle_lifetime_s"] },
  { phrases: ["remember me", "remember", "don't ask again", "do not ask again", "keep my choice", "checkbox"], settings: ["remember_consent", "saved_consent_is_condition", "remembered_consent_suffices_for_offline", "saved_consent_max_age_s", "refused_scopes"] },
  { phrases: ["skip consent", "no consent", "trusted app", "trusted client", "first party", "own app", "internal app", "without a screen", "silent"], settings: ["auto_approval", "consent_required", "first_party_skips_consent", "native_auto_approval", "public_auto_approval", "client_side_auto_approval"] },
  { phrases: ["always ask", "ask every time", "re-consent", "reconsent", "consent again", "force consent", "approval_prompt"], settings: ["offline_without_consent", "native_explicit_consent", "legacy_approval_prompt", "prompt_consent_on_trusted_client"] },
  { phrases: ["stay signed in", "keep me signed in", "background access", "background", "while away", "permanent access", "long lived", "access_type"], settings: ["offline_request", "refresh_token_without_offline", "default_refresh_token_binding", "offline_refresh_token_lifetime"] },
  { phrases: ["missing refresh token", "no refresh token", "refresh token missing", "second time", "only the first time", "returning user"], settings: ["refresh_token_on_auto_approval", "first_refresh_token_rule", "refresh_token_without_offline", "issue_refresh_tokens", "plain_oauth_refresh_token"] },
  { phrases: ["rotate", "rotation", "one-time use", "one time use", "reuse", "replay", "stolen token", "grace period"], settings: ["refresh_token_rotation", "reuse_grace_s"] },
  { phrases: ["token lifetime", "expiry", "expires", "expiration", "expires_in", "ttl", "how long"], settings: ["access_token_lifetime_s", "access_token_lifetime", "code_lifetime_s", "refresh_token_absolute_lifetime_s", "offline_refresh_token_absolute_lifetime_s", "offline_refresh_token_lifetime"] },
  { phrases: ["90 days", "max age", "maximum lifetime", "hard limit"], settings: ["offline_refresh_token_absolute_lifetime_s", "refresh_token_absolute_lifetime_s"] },
  { phrases: ["24 hours", "one day", "single-page app", "single page app", "spa", "browser app", "javascript app"], settings: ["browser_refresh_token_absolute_lifetime_s", "browser_requires_online_access", "refresh_token_rotation"] },
  { phrases: ["password", "password reset", "new password", "changed password"], settings: ["password_change_revokes_offline", "password_change_rule"] },
  { phrases: ["disconnect", "remove access", "remove app", "revoke", "unlink", "connected apps", "uninstall"], settings: ["revocation_cascades_to_grant", "user_revocation_clears_consent", "supports_access_token_revocation", "access_token_revocation_revokes_refresh_token"] },
  { phrases: ["switch account", "account chooser", "choose account", "several accounts", "multiple accounts"], settings: ["must_select_account", "account_switch_ends_session"] },
  { phrases: ["mobile", "phone app", "desktop", "installed app", "native app", "ios", "android"], settings: ["native_explicit_consent", "native_offline_by_default", "native_auto_approval", "access_type_on_native", "include_granted_scopes_excludes"] },
  { phrases: ["implicit", "implicit flow", "token flow", "response_type=token", "front channel"], settings: ["allow_implicit", "client_side_auto_approval", "access_type_offline_in_token_flow", "hybrid_offline", "client_side_errors"] },
  { phrases: ["pkce", "code verifier", "code challenge", "s256"], settings: ["require_pkce_public", "pkce_plain"] },
  { phrases: ["incremental", "add scopes", "more scopes", "earlier scopes", "scope creep", "include_granted_scopes"], settings: ["supports_include_granted_scopes", "include_granted_scopes_public", "new_scope_under_auto_approval", "old_refresh_token_after_increment", "grant_model"] },
  { phrases: ["silent authentication", "silent renew", "iframe", "prompt=none"], settings: ["prompt_none_error_code", "prompt_none_with_offline", "require_hint_with_none", "max_age_zero_with_none"] },
  { phrases: ["admin", "administrator", "blocked by admin", "workspace"], settings: ["admin_restriction_error"] },
  { phrases: ["health", "fhir", "ehr", "smart on fhir"], settings: ["smart_launch", "smart_online_access_standalone"] },
];

/** Small letters, and one space between words. */
export function plainWords(text: string): string {
  return text.toLowerCase().replaceAll(/[\s\-–]+/g, " ").trim();
}

/** The settings that somebody means by words that stand in no question. Half a phrase finds it, too. */
export function meant(wanted: string): Set<string> {
  const words = plainWords(wanted);
  if (words.length < 3) return new Set();
  const found = SYNONYMS.filter(({ phrases }) => phrases.some((phrase) => {
    const plain = plainWords(phrase);
    return plain.startsWith(words) || ` ${words} `.includes(` ${plain} `);
  }));
  return new Set(found.flatMap(({ settings }) => settings));
}
