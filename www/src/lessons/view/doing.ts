import { FIELDS, type Field, type FieldName } from "../../state/fields.ts";
import { get } from "../../state/request_text.ts";
import { read as readDecision } from "../../state/fragment.ts";
import { fieldWords } from "../../words/fields.ts";
import type { Task } from "../lesson.ts";
import { stepsDoing } from "./doing_steps.ts";
import { valueWords } from "./value_words.ts";
import { settingWords, titleOf } from "./words.ts";

/** What the last hint does, with each control called as the page calls it: "Add prompt=consent to the request". */
export function doingWords({ shows, hints }: Task): string {
  const words = Object.entries(hints.do).flatMap(([name, value]) => {
    if (shows.kind === "timeline" && name === "do") return stepsDoing(shows.link, value === null ? [] : [value].flat());
    const text = value === null ? null : [value].flat().join(" and ");
    if (name === "profile") return [`choose the profile ${titleOf(text ?? "")}`];
    if (name.startsWith("policy.") && text !== null) return [settingPhrase(name.slice("policy.".length), text)];
    if (Object.hasOwn(FIELDS, name)) return [fieldPhrase(name as FieldName, text)];
    return [parameterPhrase(shows.link, name.replace(/^(request|policy)\./, ""), text)];
  });
  const text = words.join("; ");
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`.replace(/([^.?!])$/, "$1.");
}

function settingPhrase(id: string, written: string): string {
  const { asks, answer } = settingWords(id, written);
  return `answer “${asks}” with “${answer}”`;
}

/** A circumstance by the label of its field: the name in the link stands nowhere on the page. */
function fieldPhrase(name: FieldName, written: string | null): string {
  const { label, options } = fieldWords(name);
  const { kind, initial }: Field = FIELDS[name];
  if (kind === "flag") return `${(written ?? String(initial)) === "true" ? "tick" : "untick"} “${label}”`;
  if (written === null || written === "") return `empty “${label}”`;
  return kind === "choice" ? `choose “${options?.[written] ?? written}” at “${label}”` : `write ${written} at “${label}”`;
}

/** Whether a parameter is there already is not for the reader to find out. */
function parameterPhrase(link: string, name: string, value: string | null): string {
  if (value === null) return `remove ${name} from the request`;
  const old = get(readDecision(link).state.request, name);
  return old === null ? `add ${name}=${value} to the request` : valueWords(name, old, value);
}
