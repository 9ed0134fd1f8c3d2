import type { Ending, Lane } from "./layout.ts";

const PATHS: Readonly<Record<Exclude<Ending, "open">, string>> = {
  revoked: "M-5-5 5 5M5-5-5 5",
  expired: "M0-9V9",
  superseded: "M-5-5 0 0-5 5M2-5 7 0 2 5",
  used: "M-5 0-1 5 6-5",
};

/** The end of a life, by its shape. A wider stroke in the colour of the page keeps it apart from what is behind. */
export function EndMark({ ending, x, y }: { ending: Exclude<Ending, "open">; x: number; y: number }) {
  const at = `translate(${round(x)} ${round(y)})`;
  return (
    <g transform={at} class={`tl-end tl-end-${ending}`}>
      <path d={PATHS[ending]} class="tl-halo" />
      <path d={PATHS[ending]} />
    </g>
  );
}

const THICK: Readonly<Record<Lane["kind"], number>> = { session: 6, refresh_token: 18, access_token: 12, code: 6, id_token: 0 };

/** A life as a bar: the kind by thickness, what it is bound to by pattern. */
export function Bar({ kind, binding, from, to, y, hatch }: Pick<Lane, "kind" | "binding" | "from" | "to"> & { y: number; hatch: string }) {
  if (kind === "id_token") return <path d={`M${round(from)} ${y - 6}l6 6-6 6-6-6z`} class="tl-bar tl-id_token" />;
  const thick = THICK[kind];
  const box = { x: round(from), y: y - thick / 2, width: round(Math.max(2, to - from)), height: thick, rx: Math.min(3, thick / 2) };
  return (
    <>
      <rect {...box} class={`tl-bar tl-${kind}`} />
      {binding === "session" && <rect {...box} fill={`url(#${hatch})`} class={`tl-hatched tl-${kind}`} />}
    </>
  );
}

export function Hatch({ id }: { id: string }) {
  return (
    <pattern id={id} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="3.4" height="7" class="tl-stripe" />
    </pattern>
  );
}

export function round(number: number): number {
  return Math.round(number * 10) / 10;
}
