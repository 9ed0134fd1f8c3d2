// From a compiled module to the engine that the interface uses. Every entry point ends here.
import * as engine from "./grantwise_page.js";
import { bind as use } from "./api.js";

export function bind(module) {
  engine.initSync({ module });
  use(engine);
}
