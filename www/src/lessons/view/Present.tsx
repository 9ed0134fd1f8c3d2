import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { appearance } from "../../view/appearance.ts";
import { say } from "../../view/ui.ts";
import { slideAt, slidesOf, turn } from "../slides.ts";
import { attempt, go, lesson, linkTo, number, picked, place, right } from "../store.ts";
import { link, openNotes } from "../windows.ts";
import { covered } from "./presenter.ts";
import { KEYS } from "./presenter_keys.ts";
import { QrCode } from "./QrCode.tsx";
import { SLIDE_VIEWS } from "./Slides.tsx";
import { said } from "./spoken.ts";
import { titles } from "./titles.ts";

/** A lesson before a room: one idea on each screen, without scrolling. */
export function Present() {
  const it = lesson.value;
  const stage = useFit();
  useLayoutEffect(() => link(), []);
  const { slide } = place.value;
  useEffect(() => {
    if (it !== null) say(spoken());
  }, [it, slide]);
  if (it === null) return null;
  const slides = slidesOf(it);
  const at = slideAt();
  const View = SLIDE_VIEWS[slide];
  const hidden = covered.value !== "no";
  return (
    <div class="ls-present" data-covered={covered.value}>
      <main class="ls-stage" ref={stage} data-slide={slide} inert={hidden}>
        <div class="ls-slide"><View it={it} /></div>
      </main>
      <nav class="ls-control" aria-label="The presentation" inert={hidden}>
        <p><b>{it.title}</b> <span>{titles.lesson(number.value)}</span></p>
        <details class="ls-keys">
          <summary>Keys</summary>
          <dl>
            {KEYS.map(({ shown, what }) => <div key={what}><dt>{shown}</dt><dd>{what}</dd></div>)}
            <div><dt>1 to 5</dt><dd>a hand more for a choice</dd></div>
            <div><dt>p, t</dt><dd>large type, theme</dd></div>
          </dl>
        </details>
        <button type="button" onClick={openNotes} aria-keyshortcuts="n">Notes</button>
        <button type="button" onClick={() => { covered.value = "code"; }} aria-keyshortcuts="q">QR code</button>
        <button type="button" onClick={() => go({ mode: "study" })} aria-keyshortcuts="Escape">Leave</button>
        <button type="button" onClick={() => turn(-1)} aria-keyshortcuts="PageUp">Back</button>
        <span class="ls-count" aria-label={`Screen ${at + 1} of ${slides.length}`}>{at + 1} / {slides.length}</span>
        <button type="button" class="primary" onClick={() => turn(1)} aria-keyshortcuts="PageDown">Forward</button>
      </nav>
      {hidden && <Cover />}
    </div>
  );
}

/** Nothing at all, or the lesson's link for the room. */
function Cover() {
  const shown = covered.value;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => element.current?.focus(), [shown]);
  const link = new URL(linkTo({ mode: "study", slide: "question", predicted: [] }), location.href).href;
  return (
    <div class={`ls-cover ls-${shown}`} ref={element} tabIndex={-1} role="dialog" aria-label={shown === "blank" ? "Blank" : "The lesson as a link"} onClick={() => { covered.value = "no"; }}>
      {shown === "code" && (
        <>
          <QrCode link={link} what={lesson.value?.title ?? "the lesson"} />
          <p class="ls-link">{link.length < 200 ? link : "The link is long: it carries the whole lesson."}</p>
        </>
      )}
    </div>
  );
}

function spoken(): string {
  const it = lesson.peek();
  if (it === null) return "";
  switch (place.peek().slide) {
    case "question": return said.question(it, number.peek());
    case "predict": case "predict-2": return it.predict[place.peek().slide === "predict" ? 0 : 1]?.asks ?? "";
    case "reveal": return said.reveal(it, picked.peek(), right.peek());
    case "change": return said.change(it);
    case "remember": return said.remember(it);
    default: return "";
  }
}

/** So many steps smaller can a screen become until all of it is seen. */
const STEPS = 9;

/** Makes what stands on the screen as small as it must be to be seen without scrolling, and no smaller. */
function useFit() {
  const stage = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = stage.current;
    if (!element) return;
    const fit = (): void => {
      for (let step = 0; step <= STEPS; step += 1) {
        element.dataset.fit = String(step);
        if (element.scrollHeight <= element.clientHeight + 1 && element.scrollWidth <= element.clientWidth + 1) break;
      }
    };
    fit();
    const sized = new ResizeObserver(fit);
    sized.observe(element);
    const drawn = new MutationObserver(fit);
    drawn.observe(element, { childList: true, subtree: true, characterData: true });
    return () => {
      sized.disconnect();
      drawn.disconnect();
    };
  }, [place.value.slide, lesson.value, appearance.size.value, attempt.value]);
  return stage;
}
