// The clock of this process, which the server and the profile read. It moves when a walk says so, and never by itself.

/** Where every walk begins; seconds. */
export const START = 1_800_000_000;

let now = START * 1000;

/** `Date.now()` and `new Date()` of everything in this process, the server included: nothing has to sleep. */
export class Stopped extends Date {
  constructor(...given) {
    if (given.length === 0) super(now);
    else super(...given);
  }

  static now() {
    return now;
  }
}

export const clock = {
  stop() {
    globalThis.Date = Stopped;
  },
  set(seconds) {
    now = seconds * 1000;
  },
  pass(seconds) {
    now += seconds * 1000;
  },
  now: () => now / 1000,
};
