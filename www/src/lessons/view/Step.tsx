import type { ComponentChildren } from "preact";

/** A step of the lesson under its heading, which gets the focus when the step comes. */
export function Step({ title, class: name, children }: { title: string; class?: string; children: ComponentChildren }) {
  return (
    <section class={name} aria-labelledby="ls-step">
      <h3 id="ls-step" tabIndex={-1}>{title}</h3>
      {children}
    </section>
  );
}
