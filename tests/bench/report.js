// What the bench found, for machines and for people.

import { readFileSync, writeFileSync } from "node:fs";
import { ratio, summary } from "./measure.js";

/** The row that all others are compared with. */
const BASE = "package_query";

/** The lines of the documentation between which the tables stand. */
const BEGIN = "<!-- bench: begin. `cargo xtask bench` writes what follows. -->\n";
const END = "<!-- bench: end -->\n";

export function asJson({ rows, laps, space, cold, growth, sizes, about }) {
  const ofRows = rows.map(({ id }) => summary(id, laps.get(id)));
  const ofCold = cold.map(({ what, ...figures }) => figures);
  const ofGrowth = growth.map(({ id, points }) => ({ id, points }));
  const ofSpace = space.map(({ what, ...figures }) => figures);
  return `${JSON.stringify({ rows: ofRows, space: ofSpace, cold: ofCold, ...sizes, growth: ofGrowth, about }, null, 2)}\n`;
}

export function asMarkdown({ rows, laps, space, cold, growth, sizes, about }) {
  return [
    conditions(about),
    rowTable(rows, laps),
    space.length > 0 ? spaceTable(space) : null,
    cold.length > 0 ? coldTable(cold) : null,
    sizeTable(sizes),
    growth.length > 0 ? growthTables(growth) : null,
  ].filter((part) => part !== null).join("\n\n") + "\n";
}

/** Puts the tables into a file of the documentation. */
export function write(file, results) {
  const text = readFileSync(file, "utf8");
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from === -1 || to < from) throw new Error(`${file} lacks the lines between which the tables stand`);
  writeFileSync(file, `${text.slice(0, from)}${BEGIN}\n${asMarkdown(results)}\n${text.slice(to)}`);
}

function conditions(about) {
  const versions = Object.entries(about.versions).map(([name, version]) => `${name} ${version}`).join(", ");
  return [
    `${about.processor}, ${about.cores} cores, ${about.memory_gb} GB, ${about.platform}; Node ${about.node} (V8 ${about.v8}).`,
    `${about.inputs} different requests under \`${about.profile}\`, ${about.lengths.join(" to ")} characters each`,
    `(fingerprint \`${about.fingerprint}\`); ${about.rounds} rounds, ${about.clock === "wall" ? "time on the clock" : "processor time"}.`,
    `${versions}.`,
  ].join("\n");
}

/** Microseconds of a call, and how many times one of the package from the raw query. */
function rowTable(rows, laps) {
  const base = laps.get(BASE);
  const lines = rows.map(({ id, what }) => {
    const { us_median: middle, us_min: least, us_max: most } = summary(id, laps.get(id));
    const times = base === undefined ? "" : short(ratio(laps.get(id), base));
    return `| ${what} | \`${id}\` | ${short(middle)} | ${short(least)} | ${short(most)} | ${times} |`;
  });
  return table(`| one decision | id | median, µs | least | most | times \`${BASE}\` |`, "|---|---|---:|---:|---:|---:|", lines);
}

function spaceTable(space) {
  const lines = space.map(({ id, what, ms_median: middle, ms_min: least, ms_max: most }) =>
    `| ${what} | \`${id}\` | ${short(middle)} | ${short(least)} | ${short(most)} |`);
  return table("| every situation there is | id | median, ms | least | most |", "|---|---|---:|---:|---:|", lines);
}

function coldTable(cold) {
  const lines = cold.map(({ id, what, ms_over_empty: middle, ms_min: least, ms_max: most }) =>
    `| ${what} | \`${id}\` | ${short(middle)} | ${short(least)} | ${short(most)} |`);
  return table("| a process until its first decision, over an empty one | id | median, ms | least | most |", "|---|---|---:|---:|---:|", lines);
}

function sizeTable({ wasm }) {
  const lines = wasm.map(({ file, bytes, gzip_bytes: gzip, brotli_bytes: brotli }) => `| \`${file}\` | ${bytes} | ${gzip} | ${brotli} |`);
  return table("| engine | bytes | gzip | brotli |", "|---|---:|---:|---:|", lines);
}

/** Where growth is linear, the time grows as much as the size in the last step, or less. */
function growthTables(growth) {
  const lines = growth.map(({ what, points }) => {
    const cells = points.map(({ size, us_median: time, refused }) => `${size}: ${short(time)}${refused ? " (refused)" : ""}`);
    const [before, last] = points.slice(-2);
    const times = last.us_median / before.us_median;
    return `| ${what} | ${cells.join(", ")} | ${short(times)} for ${short(last.size / before.size)} |`;
  });
  return table("| growth with | µs of a call | the last step: times the time for times the size |", "|---|---|---|", lines);
}

function table(head, line, lines) {
  return [head, line, ...lines].join("\n");
}

/** Three digits that count. */
function short(number) {
  return Math.abs(number) >= 1000 ? String(Math.round(number)) : String(Number(number.toPrecision(3)));
}
