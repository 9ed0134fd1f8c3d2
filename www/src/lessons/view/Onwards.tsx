import { lesson, situation } from "../store.ts";

/** The same in the playground, or in its timeline, to go on from there. */
export function Onwards({ link }: { link?: string }) {
  const it = situation.value;
  if (it === null || lesson.value === null) return null;
  const there = it.kind === "timeline" ? "timeline" : "playground";
  const to = link ?? it.link;
  return <a class="ls-onwards" href={`#${there === "timeline" && !/^view=/.test(to) ? `view=timeline&${to}` : to}`}>Open in the {there}</a>;
}
