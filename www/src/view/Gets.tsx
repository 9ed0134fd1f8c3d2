import type { AccessToken, RefreshToken } from "grantwise";
import type { ComponentChildren } from "preact";
import { clientName, walked } from "../engine/decided.ts";
import { duration } from "../words/duration.ts";
import { lifetimeWords, rotationWords } from "../words/tokens.ts";
import { breaks } from "./breaks.tsx";
import { Moved } from "./moved.tsx";

/** Two lanes: what passes through the browser, and what goes from server to server. */
export function Gets() {
  const { decision } = walked.value;
  if (decision.outcome === "error") return <Refused />;
  if (decision.outcome !== "issue") return null;
  const { front_channel: front, token_endpoint: back } = decision.tokens;
  return (
    <div class="lanes">
      <Lane title="Through the browser">
        {front.code && <Chip name="code" kind="pass">redeemed once, at the token endpoint</Chip>}
        {front.access_token && <Access token={front.access_token} />}
        {front.id_token && <Chip name="ID Token" kind="token">who signed in</Chip>}
        {!front.code && !front.access_token && !front.id_token && <Chip name="nothing" kind="none">an empty answer</Chip>}
      </Lane>
      <Lane title="Over the back channel">
        {back ? (
          <>
            <Access token={back.access_token} />
            {back.id_token && <Chip name="ID Token" kind="token">who signed in</Chip>}
            <Refresh token={back.refresh_token} />
          </>
        ) : (
          <Chip name="nothing" kind="none">no code, so nothing to redeem and no refresh token</Chip>
        )}
      </Lane>
      <Granted />
    </div>
  );
}

function Refused() {
  const { decision } = walked.value;
  const { error } = decision;
  if (!error) return null;
  return (
    <div class="lanes">
      <Lane title="Through the browser">
        {decision.response
          ? <Chip name={error.code ?? "error"} kind="refused">{error.description}</Chip>
          : <Chip name="nothing" kind="none">the error stays on a page at the server</Chip>}
      </Lane>
      <Lane title="Over the back channel">
        <Chip name="nothing" kind="none">no code, so no token</Chip>
      </Lane>
    </div>
  );
}

function Lane({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="lane" aria-label={title}>
      <h4>{title}</h4>
      <ul>{children}</ul>
    </section>
  );
}

interface ChipProperties {
  name: string;
  kind: "pass" | "token" | "lasting" | "none" | "refused";
  children: ComponentChildren;
}

const MARKS: Readonly<Record<ChipProperties["kind"], string>> = { pass: "→", token: "●", lasting: "∞", none: "∅", refused: "✕" };

function Chip({ name, kind, children }: ChipProperties) {
  const words = Array.isArray(children) ? children.join("") : String(children);
  return (
    <Moved as="li" class={`chip ${kind}`} value={`${name} ${kind} ${words}`}>
      <span aria-hidden="true" class="shape">{MARKS[kind]}</span>
      <b>{name}</b> <span>{children}</span>
    </Moved>
  );
}

function Access({ token }: { token: AccessToken }) {
  const life = token.expires_in === null ? "lifetime left to the server" : duration(token.expires_in);
  const binding = token.binding === "session" ? "ends with the session" : "outlives the session";
  return <Chip name="access token" kind="token">{`${life}, ${binding}`}</Chip>;
}

function Refresh({ token }: { token: RefreshToken | null }) {
  if (!token) return <Chip name="no refresh token" kind="none">{`${clientName.value} comes back through the browser`}</Chip>;
  const binding = token.binding === "session" ? "ends with the session" : "outlives the session";
  const life = lifetimeWords(token.lifetime);
  const words = [binding, life === binding ? "" : life, rotationWords(token)].filter((one) => one !== "");
  return <Chip name="refresh token" kind={token.binding === "session" ? "token" : "lasting"}>{words.join(", ")}</Chip>;
}

function Granted() {
  const { scope } = walked.value.decision;
  const lost = scope.requested.filter((one) => !scope.granted.includes(one));
  const added = scope.granted.filter((one) => !scope.requested.includes(one));
  return (
    <p class="granted">
      Scope granted:{" "}
      {scope.granted.length === 0 && "none"}
      {scope.granted.map((one) => <span key={one}><code class={added.includes(one) ? "new" : ""}>{breaks(one)}</code>{added.includes(one) ? " (added) " : " "}</span>)}
      {lost.map((one) => <span key={one}><code class="lost">{breaks(one)}</code> (not granted) </span>)}
      {scope.must_report && <small>The client is told, because it differs from what was asked.</small>}
    </p>
  );
}
