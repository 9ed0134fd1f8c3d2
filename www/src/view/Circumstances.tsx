import { walked, clientName } from "../engine/decided.ts";
import { hasGrant, isPublic } from "../engine/situation.ts";
import { get } from "../state/request_text.ts";
import { changeCircumstances, state } from "../state/store.ts";
import { duration } from "../words/duration.ts";
import { Inline } from "./Inline.tsx";
import { Later } from "./later.ts";
import { opened, reveal } from "./ui.ts";

/** The circumstances, as a sentence with choices in it. */
export function Circumstances() {
  const c = state.value.circumstances;
  const set = changeCircumstances;
  return (
    <div class="row" id="circumstances">
      <h2>Circumstances</h2>
      <div class="content">
        <p class="sentence">
          <b>{clientName.value}</b> is a{" "}
          <Inline id="inline-client" label="Kind of client" value={c.client} choose={(client) => set({ client })} options={{ web: "web application", native: "native app", browser: "single-page app" }} />{" "}
          that{" "}
          <Inline
            id="inline-public"
            label="Whether the client can keep a secret"
            value={isPublic(c) ? "public" : "confidential"}
            disabled={c.client === "browser"}
            choose={(kind) => set({ "client.public": kind === "public" })}
            options={{ confidential: "can keep a secret", public: "cannot keep a secret" }}
            then="."
          />{" "}
          <SignedIn />{" "}
          <Granted />{" "}
          Asked, Alice{" "}
          <Inline
            id="inline-consent"
            label="What Alice answers on the consent screen"
            value={c.consent}
            choose={(consent) => set({ consent, "consent.scope": consent === "some" ? somePart() : "" })}
            options={{ approved: "approves", some: "approves a part", denied: "refuses", impossible: "cannot answer" }}
            then="."
          />
        </p>
      </div>
      <details data-focus="summary" open={opened.more.value} onToggle={(event) => { opened.more.value = event.currentTarget.open; }}>
        <summary id="more-summary">more of them</summary>
        {opened.more.value && <Later part="More" />}
      </details>
    </div>
  );
}

const AGES = [60, 300, 1200, 3600, 86_400, 604_800];

function SignedIn() {
  const c = state.value.circumstances;
  const age = c["session.age"] ?? 0;
  const ages = [...new Set([...AGES, age])].sort((one, two) => one - two);
  const options: Record<string, string> = { none: "nobody is signed in" };
  for (const one of ages) options[String(one)] = `Alice is signed in, since ${duration(one)} ago`;
  const value = c.session === "none" ? "none" : String(age);
  const several = c.session === "active" && (c["session.accounts"] ?? 1) > 1;
  return (
    <>
      At the server,{" "}
      <Inline
        id="inline-session"
        label="Who is signed in"
        value={value}
        choose={(chosen) => changeCircumstances(chosen === "none" ? { session: "none" } : { session: "active", "session.age": Number(chosen) })}
        options={options}
        then={several ? "," : "."}
      />
      {several && <> with {c["session.accounts"]} accounts.</>}
    </>
  );
}

function Granted() {
  const { circumstances: c, request } = state.value;
  const asked = get(request, "scope") ?? "";
  const online = asked.split(" ").filter((scope) => scope !== "offline_access").join(" ");
  const owner = c["grant.owner"] === "alice" ? "Alice" : "Bob";
  const options: Record<string, string> = { "": "nothing" };
  for (const scope of [online, asked, "openid", c.grant]) if (scope !== "") options[scope] = scope;
  options["other…"] = "other scopes…";
  return (
    <>
      Before, {owner} had approved{" "}
      <Inline
        id="inline-grant"
        label="What was approved before"
        value={c.grant}
        choose={(chosen) => {
          if (chosen === "other…") reveal("more", "field-grant");
          else changeCircumstances(chosen === "" ? { grant: "", "grant.offline": false } : { grant: chosen, ...(chosen.includes("offline_access") ? { "grant.offline": true } : {}) });
        }}
        options={options}
        then={hasGrant(state.value) ? "," : "."}
      />
      {hasGrant(state.value) && <GrantDetails />}
    </>
  );
}

function GrantDetails() {
  const c = state.value.circumstances;
  const kept = c["grant.status"] === "revoked" ? "revoked" : c["grant.remembered"] ? "remembered" : "forgotten";
  return (
    <>
      {" "}
      <Inline
        label="Whether offline access was part of it"
        value={String(c["grant.offline"])}
        choose={(offline) => changeCircumstances({ "grant.offline": offline === "true" })}
        options={{ false: "while present only", true: "with offline access" }}
        then=","
      />
      {" and "}
      <Inline
        label="What became of that approval"
        value={kept}
        choose={(chosen) => changeCircumstances({ "grant.status": chosen === "revoked" ? "revoked" : "active", "grant.remembered": chosen !== "forgotten" })}
        options={{ remembered: "it is on record", forgotten: "it was not kept", revoked: "it was revoked since" }}
        then="."
      />
    </>
  );
}

/** All but the last of what is asked, as a beginning; the rest is chosen on the screen. */
function somePart(): string {
  const shown = walked.value.steps.findLast(({ screen }) => screen === "consent")?.decision.consent;
  const scopes = shown?.scopes.map(({ scope }) => scope) ?? (get(state.value.request, "scope") ?? "").split(" ");
  return scopes.slice(0, Math.max(1, scopes.length - 1)).join(" ");
}
