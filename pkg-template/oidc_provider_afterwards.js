// What is done after the answers: together, while no request is under way, and in pieces that hold up nothing for long.

/** So many wait; what comes then is dropped. */
const MOST = 1000;

/** So many at once, or what came in so many milliseconds: one after the other they take a fraction of what each takes alone. */
const TOGETHER = 64;
const GATHERED_MS = 100;

/** While requests are under way it is put off, but not more often: for a second. */
const PUT_OFF = 10;

/** After so many milliseconds whatever else came has its turn. */
const PIECE_MS = 1;

export class Afterwards {
  #works = [];
  #failed;
  #underWay = 0;
  #timer = null;
  #putOff = 0;
  #isRunning = false;

  /** `failed` is told what was thrown. */
  constructor(failed) {
    this.#failed = failed;
  }

  /** A request has come; `sent` is called when its answer has gone out, or when nobody waits for it any more. */
  during(response, sent) {
    this.#underWay += 1;
    let isOver = false;
    const over = () => {
      if (isOver) return;
      isOver = true;
      this.#underWay -= 1;
      sent();
      this.#begin();
    };
    response.once("finish", over);
    response.once("close", over);
  }

  /** Is done when there is time; false where too much waits for that. */
  add(work) {
    if (this.#works.length >= MOST) return false;
    this.#works.push(work);
    this.#begin();
    return true;
  }

  /** Is done after all that came so far, and soon. Resolves to what comes of it. */
  run(work) {
    return new Promise((resolve, reject) => {
      this.#works.push(() => Promise.resolve().then(work).then(resolve, reject));
      this.#start();
    });
  }

  #begin() {
    if (this.#isRunning || this.#works.length === 0) return;
    if (this.#underWay === 0 && this.#works.length >= TOGETHER) this.#start();
    else this.#timer ??= setTimeout(() => this.#look(), GATHERED_MS);
  }

  #look() {
    this.#timer = null;
    this.#putOff += 1;
    if (this.#underWay === 0 || this.#putOff >= PUT_OFF) this.#start();
    else this.#begin();
  }

  #start() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#putOff = 0;
    clearTimeout(this.#timer);
    this.#timer = null;
    setImmediate(() => this.#all());
  }

  async #all() {
    let until = performance.now() + PIECE_MS;
    for (let work = this.#works.shift(); work !== undefined; work = this.#works.shift()) {
      try {
        await work();
      } catch (error) {
        this.#failed(error);
      }
      if (performance.now() < until) continue;
      await new Promise((resolve) => { setImmediate(resolve); });
      until = performance.now() + PIECE_MS;
    }
    this.#isRunning = false;
  }
}
