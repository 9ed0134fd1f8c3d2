import type { Problem } from "../lesson.ts";

/** As many as one reads at once; the rest are mended with them, or come next. */
const MOST = 12;

/** What is wrong with a file, each with its place. */
export function Problems({ problems, what }: { problems: readonly Problem[]; what: string }) {
  return (
    <div role="alert">
      {problems.length > 0 && (
        <div class="notes ls-problems">
          <div>
            <p>{what}</p>
            <ul>
              {problems.slice(0, MOST).map(({ place, says }) => <li key={place + says}>{place !== "" && <><code>{place}</code> </>}{says}</li>)}
              {problems.length > MOST && <li>And {problems.length - MOST} more.</li>}
            </ul>
          </div>
        </div>
      )}
    </div>
  );
}
