import { useEffect, useRef, useState } from "preact/hooks";
import { columns, FOOT, goesOn, HEAD, lanes, ROW, type Columns, type Lane } from "./layout.ts";
import { profileTitle } from "./profiles.ts";
import { tokensOf, type Run } from "./run.ts";
import { Bar, EndMark, Hatch, round } from "./shapes.tsx";
import { current, goTo } from "./store.ts";
import { brief, columnNote, columnObject, columnWords, ENDINGS, kindWord, resultWords } from "./words.ts";

/** How far after its step a moment is shown. */
const AFTER = 26;

/** The lives as bars over time, up to the current step; what is still to come is faint. */
export function Picture({ run, index }: { run: Run; index: number }) {
  const area = useRef<HTMLDivElement>(null);
  const room = useRoom(area);
  const at = current.value;
  const total = run.entries.length;
  const grid = columns(run.start, run.entries.map((entry) => entry.at), room, goesOn(run));
  const all = lanes(run, grid);
  const height = HEAD + all.length * ROW + FOOT;
  const x = at === 0 ? round((grid.x[0] ?? 0) / 2) : round(grid.x[at - 1] ?? 0);
  const next = grid.x[at] ?? grid.width;
  const cut = at === total ? grid.width : at === 0 ? x : x + Math.min(AFTER, (next - x) / 2);
  const hatch = `hatch-${index}`;
  useEffect(() => keepInView(area.current, x, grid.width), [x, grid.width]);

  return (
    <div class="tl-picture" data-steps>
      <ul class="tl-labels" aria-hidden="true">
        {all.map((lane) => <Label key={lane.name} lane={lane} at={at} />)}
      </ul>
      <div class="tl-scroll" ref={area} tabIndex={0} role="region" aria-label={`The picture for ${profileTitle(run.profile)}; the arrow keys go from step to step`}>
        <svg role="img" aria-label={described(run, at)} viewBox={`0 0 ${round(grid.width)} ${height}`} width={`${round(grid.width) / 16}rem`} height={`${height / 16}rem`}>
          <defs>
            <Hatch id={hatch} />
            <clipPath id={`past-${index}`}><rect x="0" y="0" width={round(cut)} height={height} /></clipPath>
          </defs>
          {all.map((lane, row) => touched(lane, at) && <rect key={lane.name} class="tl-band" x="0" y={HEAD + row * ROW} width={round(grid.width)} height={ROW} />)}
          {all.map((lane, row) => <line key={lane.name} class="tl-line" x1="0" x2={round(grid.width)} y1={HEAD + (row + 1) * ROW} y2={HEAD + (row + 1) * ROW} />)}
          <Times run={run} grid={grid} y={height - FOOT} />
          <Heads run={run} grid={grid} height={height} />
          <g class="tl-future">{all.map((lane, row) => <Bar key={lane.name} {...lane} to={shown(lane, grid)} y={middle(row)} hatch={hatch} />)}</g>
          <line class="tl-now-line" x1={x} x2={x} y1={at === 0 ? 8 : HEAD - 2} y2={height - FOOT + 4} />
          <g clip-path={`url(#past-${index})`}>{all.map((lane, row) => <Bar key={lane.name} {...lane} to={shown(lane, grid)} y={middle(row)} hatch={hatch} />)}</g>
          {all.map((lane, row) => <End key={lane.name} lane={lane} grid={grid} run={run} at={at} y={middle(row)} />)}
        </svg>
      </div>
    </div>
  );
}

function middle(row: number): number {
  return HEAD + row * ROW + ROW / 2;
}

/** Whether a lane begins or ends at the current step. */
function touched(lane: Lane, at: number): boolean {
  return at > 0 && (lane.begins === at - 1 || lane.ends === at - 1);
}

/** What lives on goes a little further than the last step. */
function shown(lane: Lane, grid: Columns): number {
  return lane.ending === "open" ? (grid.x.at(-1) ?? 0) + 34 : lane.to;
}

function Label({ lane, at }: { lane: Lane; at: number }) {
  const news = at > 0 && lane.ends === at - 1 ? "ended" : at > 0 && lane.begins === at - 1 ? "new" : "";
  const state = lane.begins >= at ? " tl-later" : lane.ends !== null && lane.ends < at ? " tl-gone" : "";
  return (
    <li class={`${touched(lane, at) ? "tl-touched" : ""}${state}`}>
      <b>{lane.kind === "session" ? "Session" : lane.name}</b>
      {lane.kind !== "session" && <span>{kindWord(lane.kind)}</span>}
      {news !== "" && <i class={`tl-${news}`}>{news === "new" ? "+ new" : "− ended"}</i>}
    </li>
  );
}

function Heads({ run, grid, height }: { run: Run; grid: Columns; height: number }) {
  const at = current.value;
  return (
    <>
      {run.entries.map((entry, index) => {
        const x = round(grid.x[index] ?? 0);
        const tone = resultWords(entry).tone;
        return (
          <g key={index} class={`tl-column tl-${tone}${index + 1 === at ? " tl-current" : ""}${entry.moment === null ? " tl-impossible" : ""}`} onClick={() => goTo(index + 1)}>
            <rect class="tl-hit" x={x - 30} y="0" width="60" height={height - FOOT} />
            <line class="tl-rule" x1={x} x2={x} y1={HEAD} y2={height - FOOT} />
            <circle cx={x} cy="16" r="12" />
            <text class="tl-count" x={x} y="20.5">{index + 1}</text>
            <text class="tl-word" x={x} y="42">{columnWords(entry.step)}</text>
            <text class="tl-object" x={x} y="55">{columnObject(entry.step)}</text>
            <text class="tl-note" x={x} y="68">{columnNote(entry)}</text>
          </g>
        );
      })}
    </>
  );
}

/** How long it is from one step to the next, below the picture. */
function Times({ run, grid, y }: { run: Run; grid: Columns; y: number }) {
  return (
    <g class="tl-times">
      {run.entries.map((entry, index) => {
        const before = run.entries[index - 1]?.at ?? run.start;
        if (entry.at <= before) return null;
        const left = round(index === 0 ? grid.start : grid.x[index - 1] ?? 0) + 5;
        const right = round(grid.x[index] ?? 0) - 5;
        return (
          <g key={index}>
            <path d={`M${left} ${y + 3}v5H${right}v-5`} />
            <text x={(left + right) / 2} y={y + 21}>{brief(entry.at - before)}</text>
          </g>
        );
      })}
    </g>
  );
}

function End({ lane, grid, run, at, y }: { lane: Lane; grid: Columns; run: Run; at: number; y: number }) {
  if (lane.kind === "id_token") return null;
  if (lane.ending === "open") {
    if (at < run.entries.length) return null;
    const x = round(shown(lane, grid));
    const left = lane.expires_at === null ? "" : `${brief(lane.expires_at - (run.entries.at(-1)?.at ?? run.start))} left`;
    return (
      <g class="tl-open">
        <path d={`M${x + 4} ${y - 5}l6 5-6 5`} />
        <text x={x + 16} y={y + 4.5}>{left || "lives on"}</text>
      </g>
    );
  }
  if (lane.ends === null || lane.ends >= at) return null;
  return (
    <>
      <EndMark ending={lane.ending} x={lane.to} y={y} />
      <text class={`tl-end-word tl-end-${lane.ending}`} x={round(lane.to) + 12} y={y + 4.5}>{ENDINGS[lane.ending].word}</text>
    </>
  );
}

/** The picture in a sentence or two, for those who do not see it. */
function described(run: Run, at: number): string {
  const entry = run.entries[at - 1];
  const lives = entry?.lives ?? [];
  const live = lives.filter(({ status, kind }) => status === "active" && kind !== "id_token").map(({ name }) => name);
  const dead = lives.filter(({ status }) => status !== "active").map(({ name, status }) => `${name} ${status}`);
  const session = (entry ? entry.session : run.session) ? "The session is open." : "No session.";
  const about = entry ? tokensOf(entry.step) : [];
  return `Lives over time, after step ${at} of ${run.entries.length}${about.length > 0 ? ` (${about.join(", ")})` : ""}. ${session} Alive: ${live.join(", ") || "nothing"}. Ended: ${dead.join(", ") || "nothing"}. The table has the same.`;
}

/** The width of the area in units of the picture; it changes with the window and with the size of the type. */
function useRoom(area: { current: HTMLDivElement | null }): number {
  const [room, setRoom] = useState(0);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const measure = () => setRoom(Math.floor((element.clientWidth / parseFloat(getComputedStyle(document.documentElement).fontSize)) * 16));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return room;
}

/** Scrolls the picture, and never the page, so that the current step is seen with what is around it. */
function keepInView(area: HTMLDivElement | null, x: number, width: number): void {
  if (!area || area.scrollWidth <= area.clientWidth) return;
  const scale = area.scrollWidth / width;
  const left = x * scale;
  const margin = Math.min(area.clientWidth / 3, 120 * scale);
  if (left - margin < area.scrollLeft || left + margin > area.scrollLeft + area.clientWidth) area.scrollLeft = left - area.clientWidth / 2;
}
