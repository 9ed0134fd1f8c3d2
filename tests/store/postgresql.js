// A PostgreSQL of its own in a temporary folder, over a socket in it. Nothing of the machine's own servers is touched.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { folder } from "./support.js";

/** Where the programs are. There is no test of PostgreSQL without them. */
function programs() {
  const told = process.env.GRANTWISE_POSTGRESQL;
  const versions = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql").sort((a, b) => b - a) : [];
  const places = [...(told ? [told] : []), ...versions.map((version) => `/usr/lib/postgresql/${version}/bin`), ...(process.env.PATH ?? "").split(":")];
  const found = places.find((place) => existsSync(join(place, "initdb")) && existsSync(join(place, "postgres")));
  if (found === undefined) throw new Error("the tests need PostgreSQL (initdb and postgres): apt-get install postgresql");
  return found;
}

/** PostgreSQL does not run as root. */
function somebody() {
  if (process.getuid() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    const ids = ["-u", "-g"].map((which) => Number(spawnSync("id", [which, name], { encoding: "utf8" }).stdout.trim()));
    if (ids.every((id) => id > 0)) return { uid: ids[0], gid: ids[1] };
  }
  throw new Error("there is no user under whom PostgreSQL could run");
}

export class Server {
  #bin = programs();
  #user = somebody();
  #process = null;
  place = folder();

  /** What `pg` takes to connect. */
  get address() {
    return { host: this.place, port: 5432, user: "grantwise", database: "postgres" };
  }

  async start() {
    const data = join(this.place, "data");
    if (!existsSync(data)) {
      chmodSync(this.place, 0o755);
      if (this.#user.uid !== undefined) chownSync(this.place, this.#user.uid, this.#user.gid);
      const made = spawnSync(join(this.#bin, "initdb"), ["-D", data, "-A", "trust", "-U", "grantwise", "--no-locale", "-E", "UTF8"], { ...this.#user, encoding: "utf8" });
      if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${made.error ?? ""}`);
    }
    this.#process = spawn(join(this.#bin, "postgres"), ["-D", data, "-k", this.place, "-c", "listen_addresses=", "-c", "max_connections=60"], {
      ...this.#user, stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    await new Promise((resolve, reject) => {
      this.#process.stderr.setEncoding("utf8").on("data", (text) => {
        said = (said + text).slice(-4000);
        if (said.includes("ready to accept connections")) resolve();
      });
      this.#process.once("exit", (code) => reject(new Error(`postgres ended with ${code}: ${said}`)));
    });
  }

  /** SIGINT ends it in order; SIGQUIT at once, as a crash does: what was committed is found in its log afterwards. */
  async stop(signal = "SIGINT") {
    const ended = new Promise((resolve) => { this.#process.once("exit", resolve); });
    this.#process.kill(signal);
    await ended;
  }

  async remove() {
    await this.stop();
    rmSync(this.place, { recursive: true });
  }
}
