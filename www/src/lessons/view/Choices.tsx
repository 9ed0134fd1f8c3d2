import { lesson, picked, predict } from "../store.ts";
import { said } from "./spoken.ts";
import { say } from "../../view/ui.ts";

/** The predictions, each a question with a few answers; a tap each. */
export function Choices() {
  return (
    <>
      {lesson.value?.predict.map(({ id, asks, choices }, at) => (
        <fieldset key={id} class="ls-choices" data-prediction={at}>
          <legend>{asks}</legend>
          {choices.map(({ text }, choice) => (
            <label key={text} class="ls-choice">
              <input
                type="radio"
                name={`predict-${at}`}
                id={`predict-${at}-${choice}`}
                checked={picked.value[at] === choice}
                onChange={() => {
                  predict(at, choice);
                  say(said.picked(text));
                }}
              />
              <kbd aria-hidden="true">{choice + 1}</kbd>
              <span>{text}</span>
            </label>
          ))}
        </fieldset>
      ))}
    </>
  );
}
