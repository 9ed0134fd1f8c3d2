// A browser of a walk: it keeps cookies, follows redirects within the server, and posts the forms that post themselves.
import { Agent, request as send } from "node:http";

const agent = new Agent({ keepAlive: true });

/** One request; the body is text. */
export function http(address, { method = "GET", headers = {}, body = null } = {}) {
  return new Promise((resolve, reject) => {
    const length = body === null ? {} : { "content-length": Buffer.byteLength(body) };
    const outgoing = send(address, { agent, method, headers: { ...headers, ...length } }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part)).on("error", reject).on("end", () => resolve({
        status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString(),
      }));
    });
    outgoing.on("error", reject);
    outgoing.end(body ?? undefined);
  });
}

export const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** The connections that are kept, to be let go at the end. */
export const hangUp = () => agent.destroy();

export class Browser {
  #cookies = new Map(); // of name and path
  #origin;

  constructor(origin) {
    this.#origin = origin;
  }

  async open(address, options = {}) {
    const url = new URL(address, this.#origin);
    const cookie = [...this.#cookies.values()].filter(({ path }) => url.pathname.startsWith(path)).map(({ pair }) => pair).join("; ");
    const answer = await http(url, { ...options, headers: { ...options.headers, ...(cookie === "" ? {} : { cookie }) } });
    for (const line of answer.headers["set-cookie"] ?? []) this.#keep(line);
    return answer;
  }

  /** Until the browser is sent away from the server, or a page comes that is not the server's own. */
  async follow(address, options) {
    let answer = await this.open(address, options);
    for (let steps = 0; steps < 20; steps += 1) {
      const to = answer.headers.location;
      if (to !== undefined) {
        const url = new URL(to, this.#origin);
        if (url.origin !== this.#origin || url.pathname.startsWith("/interaction/")) return { ...answer, to: url };
        answer = await this.open(url);
        continue;
      }
      const form = formOf(answer.text);
      if (form === null || !form.action.startsWith(this.#origin) || !form.posts) return { ...answer, form };
      answer = await this.post(form.action, form.fields);
    }
    throw new Error(`the server sends the browser round and round: ${address}`);
  }

  post(address, fields) {
    return this.open(address, { method: "POST", headers: FORM, body: String(new URLSearchParams(fields)) });
  }

  #keep(line) {
    const [pair, ...attributes] = line.split("; ");
    const name = pair.slice(0, pair.indexOf("="));
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? "/";
    if (/; expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(`${name} ${path}`);
    else this.#cookies.set(`${name} ${path}`, { pair, path });
  }
}

/** The form of a page of the server, and whether it posts itself. */
export function formOf(html) {
  const action = /<form[^>]* action="([^"]*)"/.exec(html)?.[1];
  if (action === undefined) return null;
  const inputs = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  const fields = Object.fromEntries(inputs.map(([, name, value]) => [unescape(name), unescape(value)]));
  return { action: unescape(action), fields, posts: html.includes(".submit()") };
}

const unescape = (text) => text.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
