import type { KnobId } from "grantwise";
import type { BelongsTo } from "grantwise/explore";
import { signal, type Signal } from "@preact/signals";
import { parse } from "../state/request_text.ts";
import { state } from "../state/store.ts";
import { Attention, attention, FIRST_FIELD, findSetting, goTo, opened, pointed, reveal } from "./ui.ts";

/** Where on the page something is set. */
export interface Place {
  /** The element that is marked. */
  id: string;
  /** The one that gets the focus. */
  focus: string;
  /** The panel that holds it; null where it is always there. */
  panel: keyof typeof opened | null;
  /** The parameter of the request that it is. */
  parameter: string | null;
  /** What has to be looked for, so that it is drawn. */
  setting: string | null;
}

const field = (name: string): Place => ({ id: `field-${name}`, focus: `field-${name}`, panel: "more", parameter: null, setting: null });
const inline = (name: string): Place => ({ id: `inline-${name}`, focus: `inline-${name}`, panel: null, parameter: null, setting: null });

/** Members of what a decision rests on, and where the page sets them. A configuration key is not listed. */
const PLACES: Readonly<Record<string, Place>> = {
  "registration:client_id": field("client.known"),
  "registration:application_type": inline("client"),
  "registration:token_endpoint_auth_method": inline("public"),
  "registration:redirect_uris": field("client.redirect_uri"),
  "registration:response_types": field("client.response_types"),
  "registration:grant_types": field("client.refresh_grant"),
  "registration:publishing_status": field("client.publishing_status"),
  "record:session": inline("session"),
  "record:session.accounts": field("session.accounts"),
  "record:grant": inline("grant"),
  "record:grant.scope": inline("grant"),
  "record:grant.how": field("grant.how"),
  "record:grant.first_code_exchanged": field("grant.first_code_exchanged"),
  "now:login": field("login"),
  "now:select_account": field("account"),
  "now:consent": inline("consent"),
  "now:consent.shown": inline("consent"),
  "now:consent.scope": inline("consent"),
  "now:consent.remember": field("consent.remember"),
  "now:consent.time_limit": field("consent.time_limit"),
  "server:trust.first_party": field("client.first_party"),
  "server:conditions": field("condition"),
  "server:circumstances.launch": field("server.launch"),
  "server:circumstances.client_eligible": field("server.client_eligible"),
  "server:circumstances.user_may_have_offline": field("server.user_may_have_offline"),
  "server:circumstances.admin_restricted": field("server.admin_restricted"),
  "server:circumstances.consent_screen_available": field("server.consent_screen_available"),
  "server:circumstances.consent_valid": field("server.consent_valid"),
};

/** Where a fact is set; null where the page has no field for it. */
export function placeOf({ group, member }: BelongsTo): Place | null {
  if (group === "request") return { id: `parameter-${member}`, focus: `parameter-${member}`, panel: "form", parameter: member, setting: null };
  const known = PLACES[`${group}:${member}`];
  if (known) return known;
  return group === "server" && !member.includes(".") ? settingPlace(member, `key-${member}`) : null;
}

export function knobPlace(knob: KnobId, value: unknown): Place {
  return settingPlace(knob, `knob-${knob}-${String(value)}`);
}

function settingPlace(id: string, focus: string): Place {
  return { id: `setting-${id}`, focus, panel: "policy", parameter: null, setting: id };
}

const SUMMARIES = { form: "form-summary", more: "more-summary", policy: "policy-summary" } as const;

/** What is marked as one. */
const BOXES = ".field, .knob, .glue, .line";

let marked: Element | null = null;
const facts = new Attention<Place>();

/** Marks the place of a fact on the page; what is folded is marked where it unfolds. */
export function mark(by: "pointer" | "focus", place: Place | null): void {
  facts.set(by, place);
  const now = facts.now.value;
  marked?.removeAttribute("data-marked");
  marked = now && elementOf(now);
  marked?.setAttribute("data-marked", "");
  const at = place === null ? -1 : sentAt(place);
  attention.set(by, at >= 0 ? at : null);
}

/** Marks for a moment what somebody moved there by a button. */
export function flash(places: readonly Place[]): void {
  for (const one of places.map(elementOf)) {
    one?.setAttribute("data-moved", "");
    setTimeout(() => one?.removeAttribute("data-moved"), 1600);
  }
}

function sentAt({ parameter }: Place): number {
  return parameter === null ? -1 : parse(state.value.request).pairs.findIndex(({ name }) => name === parameter);
}

function elementOf(place: Place): Element | null {
  const there = document.getElementById(place.id);
  if (there?.checkVisibility()) return there.closest(BOXES) ?? there;
  // A parameter that is sent stands in the request itself.
  const at = sentAt(place);
  const chips = document.querySelectorAll(".chips > li > button");
  // Of very many, the last one is the button that draws them all.
  if (at >= 0) return chips[at] ?? chips[chips.length - 1] ?? null;
  return place.panel !== null && place.panel in SUMMARIES ? document.getElementById(SUMMARIES[place.panel as keyof typeof SUMMARIES]) : null;
}

/** Puts the focus where something is set, and unfolds what it is folded in. */
export function visit(place: Place): void {
  const at = sentAt(place);
  const pair = parse(state.value.request).pairs[at];
  if (pair) {
    goTo(FIRST_FIELD, "center");
    (document.getElementById(FIRST_FIELD) as HTMLTextAreaElement | null)?.setSelectionRange(pair.start, pair.end);
  } else if (place.panel === null) {
    goTo(place.focus, "center");
  } else {
    if (place.setting !== null) findSetting.value = place.setting;
    if (place.parameter !== null) wantedParameter.value = place.parameter;
    reveal(place.panel, place.focus);
  }
}

/** A parameter that is not sent, and whose line the form is to have. */
export const wantedParameter = signal<string | null>(null);

/** The ids of what is under the pointer or has the focus, so that a sentence can see whether it rests on that. */
const touched = { pointer: signal<ReadonlySet<string>>(new Set()), focus: signal<ReadonlySet<string>>(new Set()) };

/** Follows the pointer and the focus over the question until it is told to stop; a pointer at rest takes no focus away. */
export function followTouch(): () => void {
  const over = ({ target }: Event) => see(touched.pointer, target);
  const into = ({ target }: Event) => see(touched.focus, target);
  document.addEventListener("pointerover", over);
  document.addEventListener("focusin", into);
  return () => {
    document.removeEventListener("pointerover", over);
    document.removeEventListener("focusin", into);
  };
}

function see(by: Signal<ReadonlySet<string>>, target: EventTarget | null): void {
  const box = target instanceof Element ? target.closest(`.question :is(${BOXES})`) : null;
  const ids = box === null ? [] : [box.id, ...Array.from(box.querySelectorAll("[id]"), ({ id }) => id)];
  if (ids.length > 0 || by.value.size > 0) by.value = new Set(ids);
}

/** Whether what is touched, or the parameter that is pointed at, is this place. */
export function isTouched(place: Place): boolean {
  const at = pointed.value;
  if (place.parameter !== null && at !== null && parse(state.value.request).pairs[at]?.name === place.parameter) return true;
  return touched.pointer.value.has(place.id) || touched.focus.value.has(place.id);
}
