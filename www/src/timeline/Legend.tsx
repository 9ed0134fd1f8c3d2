import type { Life } from "grantwise/simulation";
import type { Ending } from "./layout.ts";
import { Bar, EndMark, Hatch } from "./shapes.tsx";
import { ENDINGS } from "./words.ts";

const BARS: readonly { kind: Life["kind"] | "session"; binding: Life["binding"]; words: string }[] = [
  { kind: "session", binding: null, words: "session" },
  { kind: "refresh_token", binding: "offline", words: "refresh token" },
  { kind: "access_token", binding: "offline", words: "access token" },
  { kind: "code", binding: null, words: "code" },
  { kind: "id_token", binding: null, words: "ID Token: says who signed in, opens nothing" },
  { kind: "refresh_token", binding: "session", words: "hatched: ends with the session; solid: outlives it" },
];

export function Legend() {
  return (
    <ul class="tl-legend" aria-label="What the picture shows">
      {BARS.map(({ kind, binding, words }, at) => (
        <li key={words}>
          <svg aria-hidden="true" viewBox="0 0 36 20" width="2.25rem" height="1.25rem">
            <defs><Hatch id={`legend-${at}`} /></defs>
            <Bar kind={kind} binding={binding} from={kind === "id_token" ? 18 : 2} to={34} y={10} hatch={`legend-${at}`} />
          </svg>
          {words}
        </li>
      ))}
      {(Object.keys(ENDINGS) as Exclude<Ending, "open">[]).map((ending) => (
        <li key={ending}>
          <svg aria-hidden="true" viewBox="0 0 20 20" width="1.25rem" height="1.25rem"><EndMark ending={ending} x={10} y={10} /></svg>
          {ENDINGS[ending].word}
        </li>
      ))}
    </ul>
  );
}
