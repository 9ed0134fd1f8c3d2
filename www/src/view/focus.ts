/**
 * A button that takes itself away would leave the focus nowhere, and who uses the keyboard at the top of the page. The
 * parts of the page that have such buttons say in `data-focus` which of their elements gets it then.
 */
export function keepFocus(): void {
  let pressed: HTMLButtonElement | null = null;
  let around: HTMLElement[] = [];
  // Before the page hears of it, everything is still there.
  document.addEventListener("click", ({ target }) => {
    pressed = target instanceof Element ? target.closest("button") : null;
    if (pressed !== document.activeElement) pressed = null;
    around = [];
    for (let at = holder(pressed); at; at = holder(at.parentElement)) around.push(at);
  }, true);
  document.addEventListener("click", () => void Promise.resolve().then(() => {
    const { activeElement, body } = document;
    if (!pressed || (pressed.isConnected && !pressed.disabled) || (activeElement !== body && activeElement !== pressed)) return;
    around.filter(({ isConnected }) => isConnected).map((one) => one.querySelector<HTMLElement>(one.dataset["focus"] ?? "")).find((next) => next !== null)?.focus();
  }));
}

function holder(element: Element | null): HTMLElement | null {
  return element?.closest<HTMLElement>("[data-focus]") ?? null;
}
