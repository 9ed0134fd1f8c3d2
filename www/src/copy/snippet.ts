import type { Overrides, ProfileName } from "grantwise";
import type { Walk } from "../engine/walk.ts";
import { delivery, minted } from "./examples.ts";

/** A program for Node that makes the same decision with the package. */
export function snippet(profile: ProfileName, overrides: Overrides, { input, decision }: Walk): string {
  const delivered = delivery(decision);
  const sends = delivered?.kind === "redirect" ? "location" : delivered?.kind === "form" ? "form" : null;
  const chosen = Object.keys(overrides).length === 0 ? "" : `, ${literal(overrides, "")}`;
  const mint = minted(decision);
  const args = Object.keys(mint).length === 0 ? "decision" : `decision, ${literal(mint, "")}`;
  return [
    `import { Policy${sends ? `, ${sends}` : ""} } from "grantwise";`,
    "",
    `const policy = Policy.profile(${JSON.stringify(profile)}${chosen});`,
    `const decision = policy.authorize(${literal(input, "")});`,
    "",
    "console.log(decision.outcome);",
    "console.log(decision.summary);",
    ...(sends === null ? [] : [`console.log(${sends}(${args})${sends === "form" ? ".html" : ""});`]),
    "",
  ].join("\n");
}

/** As a person would write it: short objects in one line, names without quotation marks where they need none. */
export function literal(value: unknown, indent: string): string {
  if (Array.isArray(value)) return list(value.map((one) => literal(one, `${indent}  `)), "[", "]", indent);
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).filter(([, one]) => one !== undefined);
    return list(members.map(([name, one]) => `${key(name)}: ${literal(one, `${indent}  `)}`), "{", "}", indent);
  }
  return JSON.stringify(value);
}

function key(name: string): string {
  return /^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name);
}

function list(parts: string[], open: string, close: string, indent: string): string {
  if (parts.length === 0) return open + close;
  const space = open === "{" ? " " : "";
  const short = `${open}${space}${parts.join(", ")}${space}${close}`;
  if (short.length + indent.length <= 80 && !short.includes("\n")) return short;
  return `${open}\n${parts.map((part) => `${indent}  ${part},\n`).join("")}${indent}${close}`;
}
