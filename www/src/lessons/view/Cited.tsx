import type { Source } from "../lesson.ts";

/** Where a lesson's story and facts are from. A file's address begins with https, or it is not shown as a link. */
export function Cited({ sources }: { sources: readonly Source[] }) {
  return (
    <p class="ls-sources quiet">
      From{" "}
      {sources.map(({ title, url }, at) => (
        <span key={title}>
          {at > 0 && "; "}
          {url?.startsWith("https://") ? <a href={url} rel="noopener noreferrer" target="_blank">{title}<span class="hidden"> (opens in a new tab)</span></a> : title}
        </span>
      ))}
    </p>
  );
}
