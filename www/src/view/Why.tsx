import { sourcesOf } from "../engine/catalogue.ts";
import { walked } from "../engine/decided.ts";
import { Moved } from "./moved.tsx";
import { Sources } from "./Sources.tsx";

/** The rules that decided, in their order, each with its strength and where it is said. */
export function Why() {
  const { trace } = walked.value.decision;
  if (trace.length === 0) return <p class="quiet">No rule had anything to say.</p>;
  return (
    <ol class="trace">
      {trace.map(({ rule, statement, strength }) => (
        <Moved as="li" key={rule} value={rule}>
          <p>{statement} <b class={`strength ${strength.toLowerCase()}`}>{strength === "vendor" ? "vendor's way" : strength}</b></p>
          <div class="quiet"><Sources sources={sourcesOf(rule)} /></div>
        </Moved>
      ))}
    </ol>
  );
}
