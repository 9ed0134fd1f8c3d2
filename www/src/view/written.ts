import type { Fate, ParameterFate } from "../engine/fates.ts";

export interface WrittenWord {
  text: string;
  kind: "name" | "space" | Fate;
}

/** One parameter as it is written: its name, and the words of its value, each with its own fate. */
export function written(text: string, { pair, words, fate }: ParameterFate): WrittenWord[] {
  const whole = text.slice(pair.start, pair.end);
  const equals = whole.indexOf("=");
  if (equals < 0) return [{ text: whole, kind: "name" }];
  const name: WrittenWord = { text: whole.slice(0, equals + 1), kind: "name" };
  const value = whole.slice(equals + 1);
  if (words.length < 2) return [name, { text: value, kind: words[0]?.fate === "used" ? fate : (words[0]?.fate ?? fate) }];
  let at = 0;
  const pieces = value.split(/(\+|%20| )/).filter((piece) => piece !== "").map((piece): WrittenWord => {
    if (/^(\+|%20| )$/.test(piece)) return { text: piece, kind: "space" };
    return { text: piece, kind: words[at++]?.fate ?? fate };
  });
  return [name, ...pieces];
}
