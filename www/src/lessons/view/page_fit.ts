import { useLayoutEffect, useRef } from "preact/hooks";

/** What a page of A4 within its margins is high, in the page's own unit, with a little to spare. */
const PAGE = 74;

/** How much smaller a sheet is printed at each step; the style sheet has the same numbers. */
const ZOOMS = [1, 0.9, 0.82, 0.74, 0.66, 0.58, 0.5] as const;

/**
 * Prints a sheet as small as it must be for one page, and no smaller. On paper everything is as many of the page's units
 * wide and high as it is here, so it is measured here, as wide as paper is, before anybody prints.
 */
export function usePageFit(what: unknown) {
  const sheet = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = sheet.current;
    if (!element) return;
    const fit = (): void => {
      const unit = parseFloat(getComputedStyle(document.documentElement).fontSize);
      element.dataset.measured = "";
      for (const [step, zoom] of ZOOMS.entries()) {
        element.dataset.dense = String(step);
        if ((element.scrollHeight / unit) * zoom <= PAGE) break;
      }
      delete element.dataset.measured;
    };
    fit();
    // The code is drawn later than the words.
    const drawn = new MutationObserver(fit);
    drawn.observe(element, { childList: true, subtree: true });
    return () => drawn.disconnect();
  }, [what]);
  return sheet;
}
