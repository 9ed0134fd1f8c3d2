// What the store throws. None of it reaches a client: the server answers 503, and nothing was handed out.

/** The store could not do what it was asked for. What it had begun is undone, but for `uncertain`, which says so. */
export class StoreError extends Error {
  constructor(code, message, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
Object.defineProperty(StoreError.prototype, "name", { value: "StoreError" });

/** Another call was faster: what was read is no longer so. It is caught here, and decided again. */
export class Conflict extends Error {}

/** The answer to a COMMIT was lost: it may have happened. It is caught here, and looked up. */
export class Uncertain extends Error {}

/** What a driver threw. It is told in the words of the store before anybody sees it. */
export class Failed extends Error {
  constructor(cause) {
    super(cause?.message ?? String(cause), { cause });
  }
}

/** Whatever a driver throws is its own failure; what else comes is a fault of somebody else's code. */
export async function ofDriver(ask) {
  try {
    return await ask();
  } catch (cause) {
    throw new Failed(cause);
  }
}
