import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface Properties {
  /** What is shown. The mark appears when it becomes another. */
  value: string;
  as?: "span" | "div" | "li" | "p" | "td";
  class?: string;
  children: ComponentChildren;
}

/** Marks what moved in the answer for a moment, so that an eye finds it. */
export function Moved({ value, as = "span", children, ...rest }: Properties): JSX.Element {
  const element = useRef<HTMLElement>(null);
  const before = useRef(value);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    const target = element.current;
    if (!target) return;
    target.dataset.moved = "";
    const done = setTimeout(() => delete target.dataset.moved, 1600);
    return () => {
      clearTimeout(done);
      delete target.dataset.moved;
    };
  }, [value]);
  const Tag = as as "span";
  return <Tag ref={element} {...rest}>{children}</Tag>;
}
