import { lesson, picked, right } from "../store.ts";

/** What was predicted beside what the engine says: right or not so by a word and a shape. */
export function Verdict() {
  return (
    <dl class="ls-verdict">
      {lesson.value?.predict.map(({ id, asks, choices }, at) => {
        const mine = picked.value[at] ?? null;
        const its = right.value[at] ?? -1;
        const verdict = mine === null ? "none" : mine === its ? "right" : "wrong";
        return (
          <div key={id} data-verdict={verdict}>
            <dt>{asks}</dt>
            {mine !== null && (
              <dd class="ls-mine">
                <span class="quiet">You predicted</span>{" "}
                <span>{choices[mine]?.text} <b class="ls-mark"><span aria-hidden="true">{verdict === "right" ? "✓" : "✕"}</span> {verdict === "right" ? "right" : "not so"}</b></span>
              </dd>
            )}
            <dd class="ls-its"><span class="quiet">The engine says</span> <b>{choices[its]?.text ?? "none of these"}</b></dd>
          </div>
        );
      })}
    </dl>
  );
}
