const UNITS = [["year", 31_536_000], ["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]] as const;

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** "one hour", "90 days", "one hour 30 minutes": two units at most, rounded down. */
export function duration(seconds: number): string {
  // A number of days stays one: people know 90 days and 365 days better than a year with a rest.
  for (const [at, [unit, size]] of UNITS.entries()) {
    if (unit === "year" && seconds % size !== 0) continue;
    const count = Math.floor(seconds / size);
    if (count === 0) continue;
    const rest = seconds - count * size;
    const next = UNITS[at + 1];
    const more = next ? Math.floor(rest / next[1]) : 0;
    return counted(count, unit) + (next && more > 0 ? ` ${counted(more, next[0])}` : "");
  }
  return "no time";
}

function counted(count: number, unit: string): string {
  return `${NUMBERS[count] ?? count} ${unit}${count === 1 ? "" : "s"}`;
}
