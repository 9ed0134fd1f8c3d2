import type { Knob, KnobValue } from "grantwise";
import { policy, walked } from "../engine/decided.ts";
import { matters } from "../engine/matters.ts";
import { setSetting } from "./setting.ts";
import { changePolicy, state } from "../state/store.ts";
import { Origin } from "./Origin.tsx";

/** A question on which the sources differ, with what they say on each side. */
export function KnobField({ knob, value }: { knob: Knob; value: KnobValue }) {
  const changed = policy.value.settings.has(knob.id);
  const { policy: base, overrides } = policy.value;
  const others = matters(knob, base, overrides, state.value, walked.value);
  const moving = others.some(({ moves }) => moves !== null);
  return (
    <fieldset class="knob" data-focus="input:checked" id={`setting-${knob.id}`} data-changed={changed ? "" : undefined}>
      <legend>{knob.question}</legend>
      {knob.options.map((option) => {
        const id = `knob-${knob.id}-${String(option.value)}`;
        return (
          <div class="option" key={id}>
            <input type="radio" id={id} name={`knob-${knob.id}`} checked={option.value === value} onChange={() => setSetting(knob.id, String(option.value))} />
            <label for={id}>
              {option.meaning} <code>{String(option.value)}</code>
              <Would moves={others.find(({ value: other }) => other === option.value)?.moves ?? null} />
            </label>
          </div>
        );
      })}
      <p class={moving ? "matters" : "quiet"}>{moving ? "● It matters to this request." : "○ Whatever it is, this request gets the same answer."}</p>
      <p class="quiet">{knob.evidence}</p>
      <div class="quiet">
        <code>{knob.id}</code>{" "}
        {changed
          ? <><strong class="mark">✎ changed</strong> <button type="button" onClick={() => changePolicy(knob.id, null)}>Reset</button></>
          : <Origin id={knob.id} />}
      </div>
    </fieldset>
  );
}

/** What the request at hand would get with this value. */
function Would({ moves }: { moves: string | null }) {
  return moves === null ? null : <span class="would"><span aria-hidden="true">→ </span>Then {moves}</span>;
}
