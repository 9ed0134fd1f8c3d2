// Plain pages: no script, one stylesheet whose hash the policy of the page names, light and dark as the person has it.
import { createHash } from "node:crypto";
import { Refused, escape } from "./package.js";

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; --line: light-dark(#767676, #8a8a8a); --back: light-dark(#fff, #16181d); --text: light-dark(#1b1b1b, #ececec); --link: light-dark(#0b57d0, #9cc2ff); }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; background: var(--back); color: var(--text); }
a { color: var(--link); }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
section, fieldset { border: 1px solid var(--line); border-radius: .4rem; padding: .6rem 1rem; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
button, select, input { font: inherit; padding: .3rem .7rem; max-width: 100%; }
input[type=checkbox] { width: 1.1rem; height: 1.1rem; }
label { display: inline-block; margin: .2rem .8rem .2rem 0; }
form { margin: .5rem 0; }
form.inline { display: inline; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 0 1rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
`;
const STYLE_HASH = `sha256-${createHash("sha256").update(STYLE).digest("base64")}`;

/** `goesTo` are the origins to which a form may lead in the end. */
export const headersOf = (...goesTo) => ({
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "content-security-policy": `default-src 'none'; style-src '${STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'; form-action ${["'self'", ...goesTo].join(" ")}`,
});

export const document = (title, body) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escape(title)}</h1>${body}</main></body></html>`;

export const send = (res, status, title, body, ...goesTo) => res.writeHead(status, headersOf(...goesTo)).end(document(title, body));

export const go = (res, address) => res.writeHead(303, { "cache-control": "no-store", "referrer-policy": "no-referrer", location: address }).end();

/** The fields of a form; what is no form, or too long for one, is refused. */
export async function fieldsOf(req) {
  if (!/^application\/x-www-form-urlencoded(;|$)/i.test(req.headers["content-type"] ?? "")) throw new Refused(415, "This is no form");
  const parts = [];
  let length = 0;
  for await (const part of req) {
    length += part.length;
    if (length > 16_384) throw new Refused(413, "This is too long");
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString());
}

/** What an endpoint threw, as a page. */
export function failed(res, error) {
  if (!(error instanceof Refused)) console.error(error);
  if (res.headersSent) return res.destroy();
  return send(res, error.status ?? 500, error instanceof Refused ? error.message : "Something went wrong", "");
}
