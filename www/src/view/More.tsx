import type { FieldName } from "../state/fields.ts";
import { FIELDS, FIELD_NAMES } from "../state/fields.ts";
import { changeCircumstances, isChanged, state } from "../state/store.ts";
import { FieldLine } from "./FieldLine.tsx";

interface Group {
  title: string;
  fields: readonly FieldName[];
}

/** Everything that the sentence has no room for. */
const GROUPS: readonly Group[] = [
  { title: "The client", fields: ["client.refresh_grant", "client.response_types", "client.redirect_uri", "client.known", "client.first_party", "client.redirect_identity", "client.default_max_age", "client.publishing_status", "client.user_type"] },
  { title: "The session", fields: ["session.age", "session.left", "session.accounts"] },
  { title: "What was approved before", fields: ["grant", "grant.how", "grant.age", "grant.left", "grant.owner", "grant.first_code_exchanged", "grant.project_shared", "grant.id"] },
  { title: "What the person does", fields: ["login", "login.as", "account", "consent.remember", "consent.time_limit"] },
  { title: "Another condition for processing", fields: ["condition", "condition.offline", "condition.scope"] },
  { title: "What the server knows", fields: ["server.consent_screen_available", "server.consent_valid", "server.user_may_have_offline", "server.admin_restricted", "server.launch", "server.client_eligible"] },
  { title: "The id_token_hint, if one is sent", fields: ["hint", "hint.expired", "hint.issued_here"] },
];

export function More() {
  const changed = FIELD_NAMES.filter(isChanged);
  return (
    <div class="more">
      {GROUPS.map(({ title, fields }) => (
        <fieldset key={title}>
          <legend>{title}</legend>
          {fields.map((name) => <FieldLine key={name} name={name} />)}
        </fieldset>
      ))}
      <p>
        <button
          type="button"
          disabled={changed.length === 0}
          onClick={() => changeCircumstances(Object.fromEntries(FIELD_NAMES.map((name) => [name, FIELDS[name].initial])))}
        >
          Reset all circumstances
        </button>
        {" "}{state.value.circumstances.session === "none" ? "With nobody signed in, what was approved before counts once its owner signs in." : ""}
      </p>
    </div>
  );
}
