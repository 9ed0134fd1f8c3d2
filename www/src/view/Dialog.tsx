import type { ComponentChildren } from "preact";
import type { Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

interface Properties {
  open: Signal<boolean>;
  title: string;
  class?: string;
  children: ComponentChildren;
}

/** The browser's own dialog: it holds the focus, closes with Escape and gives the focus back. */
export function Dialog({ open, title, class: name, children }: Properties) {
  const element = useRef<HTMLDialogElement>(null);
  const isOpen = open.value;
  // With the change itself and not after it: no key and no click falls in between.
  useLayoutEffect(() => {
    const dialog = element.current;
    if (!dialog || dialog.open === isOpen) return;
    if (isOpen) dialog.showModal();
    else dialog.close();
  }, [isOpen]);
  const id = `dialog-${title.toLowerCase().replaceAll(/\W+/g, "-")}`;
  return (
    <dialog
      ref={element}
      class={name}
      aria-labelledby={id}
      onClose={() => { open.value = false; }}
      onClick={(event) => { if (event.target === event.currentTarget) open.value = false; }}
    >
      <div class="inside">
        <header>
          <h2 id={id}>{title}</h2>
          <button type="button" onClick={() => { open.value = false; }}>Close</button>
        </header>
        {isOpen && children}
      </div>
    </dialog>
  );
}
