import type { Edit } from "../lesson.ts";

/** What the last hint does, in words: "Set prompt to consent, remove access_type". */
export function doingWords(edit: Edit): string {
  const words = Object.entries(edit).map(([name, value]) => {
    const bare = name.replace(/^(request|policy)\./, "");
    if (value === null) return `remove ${bare}`;
    if (name === "do") return Array.isArray(value) ? `make the steps ${value.map((one) => one.split("?")[0]).join(", ")}` : `make the only step ${String(value)}`;
    return `set ${bare} to ${Array.isArray(value) ? value.join(" and ") : String(value)}`;
  });
  const text = words.join(", ");
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
