/** Values of a parameter that are worth offering. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  response_type: ["code", "token", "id_token", "id_token token", "code id_token", "code token", "code id_token token", "none"],
  scope: ["openid", "openid profile", "openid profile email", "openid profile offline_access", "openid online_access"],
  prompt: ["none", "login", "consent", "select_account", "login consent", "force", "auto"],
  access_type: ["offline", "online"],
  approval_prompt: ["force", "auto"],
  include_granted_scopes: ["true", "false"],
  max_age: ["0", "300", "3600"],
  response_mode: ["query", "fragment", "form_post"],
  code_challenge_method: ["S256", "plain"],
  display: ["page", "popup", "touch", "wap"],
  grant_management_action: ["create", "merge", "replace"],
};
