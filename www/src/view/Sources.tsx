import type { Source } from "grantwise";

/** Where it is said: one place as a link, several behind their number, so that they do not outweigh what is said. */
export function Sources({ sources }: { sources: readonly Source[] }) {
  if (sources.length < 2) return <SourceLinks sources={sources} />;
  return (
    <details class="sources">
      <summary>{sources.length} sources</summary>
      <SourceLinks sources={sources} />
    </details>
  );
}

export function SourceLinks({ sources }: { sources: readonly Source[] }) {
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
