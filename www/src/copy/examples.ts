import type { Decision, Mint, Minted } from "grantwise";
import { form, location } from "grantwise/engine";

/** Stand-ins for what the server would mint. The code is the one of RFC 6749, section 4.1.2. */
const EXAMPLES: Readonly<Record<Mint, string>> = {
  code: "SplxlOBeZQQYbYS6WxSbIA",
  access_token: "2YotnFZFEjr1zCsicMWpAA",
  id_token: "header.payload.signature",
};

export function minted({ response }: Decision): Minted {
  return Object.fromEntries((response?.mint ?? []).map((name) => [name, EXAMPLES[name]]));
}

/** How the answer travels to the client; null when it does not. */
export type Delivery = { kind: "redirect"; location: string } | { kind: "form"; action: string; fields: Record<string, string> };

export function delivery(decision: Decision): Delivery | null {
  if (decision.response === null) return null;
  if (decision.response.placement === "form_post") {
    const { action, fields } = form(decision, minted(decision));
    return { kind: "form", action, fields };
  }
  return { kind: "redirect", location: location(decision, minted(decision)) };
}
