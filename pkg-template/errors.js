// What every engine of the package shares: its error, and what freezes its answers.
export class GrantwiseError extends Error {
  constructor(code, path, message) {
    super(message);
    this.code = code;
    this.path = path;
  }
}
Object.defineProperty(GrantwiseError.prototype, "name", { value: "GrantwiseError" });

export const misuse = (code, path, message) => new GrantwiseError(code, path, message);

export function freeze(value) {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
