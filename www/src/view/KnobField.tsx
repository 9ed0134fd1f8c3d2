import type { Knob, KnobValue } from "grantwise";
import { changePolicy, state } from "../state/store.ts";
import { Origin } from "./Origin.tsx";

/** A question on which the sources differ, with what they say on each side. */
export function KnobField({ knob, value }: { knob: Knob; value: KnobValue }) {
  const changed = Object.hasOwn(state.value.policy, knob.id);
  return (
    <fieldset class="knob" data-changed={changed ? "" : undefined}>
      <legend>{knob.question}</legend>
      {knob.options.map((option) => {
        const id = `knob-${knob.id}-${String(option.value)}`;
        return (
          <div class="option" key={id}>
            <input type="radio" id={id} name={`knob-${knob.id}`} checked={option.value === value} onChange={() => changePolicy(knob.id, String(option.value))} />
            <label for={id}>{option.meaning} <code>{String(option.value)}</code></label>
          </div>
        );
      })}
      <p class="quiet">{knob.evidence}</p>
      <p class="quiet">
        <code>{knob.id}</code>{" "}
        {changed
          ? <><strong class="mark">✎ changed</strong> <button type="button" onClick={() => changePolicy(knob.id, null)}>Reset</button></>
          : <Origin id={knob.id} />}
      </p>
    </fieldset>
  );
}
