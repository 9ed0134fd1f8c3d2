// How the bench measures: every row runs laps in turns with all the others, so that a slow moment of the machine hits
// them alike, and the order changes from round to round. A lap is one pass over the row's inputs.

/** What keeps results from being thrown away unseen. */
export let sink = 0;

export function consumed(number) {
  sink = (sink + number) | 0;
}

/**
 * What a lap is measured with, in nanoseconds: the clock on the wall, or the time that this process had a processor.
 * The second is for machines that do other work, too; it counts the threads with which Node collects garbage.
 */
const CLOCKS = {
  wall: () => Number(process.hrtime.bigint()),
  processor: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) * 1000;
  },
};

let clock = CLOCKS.wall;

export function measureWith(name) {
  clock = CLOCKS[name];
}

/** A lap repeats its inputs until it took about so long, so that a clock's steps do not show. */
const SHORTEST_LAP_NS = 50e6;

/** A clock that goes in steps may say that a short lap took no time at all. */
const LARGEST_STEP = 16;

/**
 * `rows` have an id and `lap(passes)`, which gives (or promises) `{ calls, ns }`: how many calls so many passes over
 * the inputs made, and how long they took. Gives for each id the microseconds of a call in every round.
 */
export async function interleaved(rows, { rounds, warmUp, shortest = SHORTEST_LAP_NS, progress = () => {} }) {
  const laps = new Map(rows.map(({ id }) => [id, []]));
  const passes = new Map(rows.map(({ id }) => [id, 1]));
  for (let round = -warmUp; round < rounds; round += 1) {
    progress(round, rounds);
    const from = Math.abs(round) % rows.length;
    for (const { id, lap } of [...rows.slice(from), ...rows.slice(0, from)]) {
      globalThis.gc?.();
      const { calls, ns } = await lap(passes.get(id));
      if (round >= 0) laps.get(id).push(ns / calls / 1000);
      else passes.set(id, Math.max(1, Math.round(passes.get(id) * Math.min(shortest / Math.max(ns, 1), LARGEST_STEP))));
    }
  }
  return laps;
}

/** A lap over inputs, of which `call` gives a number. */
export function lapOver(inputs, call) {
  return (passes) => {
    const begin = clock();
    let sum = 0;
    for (let pass = 0; pass < passes; pass += 1) {
      for (let index = 0; index < inputs.length; index += 1) sum += call(inputs[index]);
    }
    const ns = clock() - begin;
    consumed(sum);
    return { calls: inputs.length * passes, ns };
  };
}

/** The same where `call` promises the number. */
export function asyncLapOver(inputs, call) {
  return async (passes) => {
    const begin = clock();
    let sum = 0;
    for (let pass = 0; pass < passes; pass += 1) {
      for (let index = 0; index < inputs.length; index += 1) sum += await call(inputs[index]);
    }
    const ns = clock() - begin;
    consumed(sum);
    return { calls: inputs.length * passes, ns };
  };
}

/** A lap over inputs that `make` makes before each pass, while no clock runs. */
export function freshLapOver(make, call) {
  return (passes) => {
    const whole = { calls: 0, ns: 0 };
    for (let pass = 0; pass < passes; pass += 1) {
      const { calls, ns } = lapOver(make(), call)(1);
      whole.calls += calls;
      whole.ns += ns;
    }
    return whole;
  };
}

export function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The row as `--json` prints it. */
export function summary(id, laps) {
  return { id, us_median: rounded(median(laps)), us_min: rounded(Math.min(...laps)), us_max: rounded(Math.max(...laps)) };
}

/** How many times one row takes as long as another: the median of the ratios within a round. */
export function ratio(laps, others) {
  return median(laps.map((lap, round) => lap / others[round]));
}

/** Four digits that count. */
export function rounded(number) {
  return Number(number.toPrecision(4));
}
