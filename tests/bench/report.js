// What the bench found, for machines and for people.

import { ratio, rounded, summary } from "./measure.js";

/** The row that all others are compared with. */
const BASE = "package_query";

export function asJson({ rows, laps, cold, sizes }) {
  return `${JSON.stringify({ rows: rows.map(({ id }) => summary(id, laps.get(id))), cold, ...sizes }, null, 2)}\n`;
}

export function asText(results) {
  return `${table(results.rows, results.laps)}\n`;
}

/** Microseconds of a call, and how many times one from the raw query. */
export function table(rows, laps) {
  const base = laps.get(BASE);
  const lines = rows.map(({ id, what }) => {
    const { us_median: median, us_min: least, us_max: most } = summary(id, laps.get(id));
    const times = base === undefined ? "" : rounded(ratio(laps.get(id), base));
    return `| ${what} | \`${id}\` | ${median} | ${least} | ${most} | ${times} |`;
  });
  return [
    "| what | id | median, µs | least | most | times `package_query` |",
    "|---|---|---:|---:|---:|---:|",
    ...lines,
  ].join("\n");
}
