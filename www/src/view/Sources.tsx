import type { Source } from "grantwise";

/** Links to where it is said. */
export function Sources({ sources }: { sources: readonly Source[] }) {
  return (
    <>
      {sources.map(({ title, section, address }, at) => (
        <span key={`${title}${section}`}>
          {at > 0 && "; "}
          <a href={address} rel="noopener noreferrer" target="_blank">{title}{section && `, ${section}`}<span class="hidden"> (opens in a new tab)</span></a>
        </span>
      ))}
    </>
  );
}
