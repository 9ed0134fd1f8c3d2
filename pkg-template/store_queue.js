// One after the other: a connection has one transaction at a time, and so has a memory.

export class Queue {
  #last = Promise.resolve();

  /** Runs `work` when all that came before is done, however it ended. */
  run(work) {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}
