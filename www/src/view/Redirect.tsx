import { walked } from "../engine/decided.ts";
import { delivery } from "../copy/examples.ts";
import { breaks } from "./breaks.tsx";
import { Later } from "./later.ts";
import { Moved } from "./moved.tsx";
import { opened } from "./ui.ts";

/** What exactly travels to the client, with example values for what the server would mint. */
export function Redirect() {
  const { decision } = walked.value;
  const delivered = delivery(decision);
  return (
    <div class="redirect">
      <h3>The exact answer</h3>
      {delivered === null && <p class="quiet">Nothing travels to the client: the server shows a page of its own.</p>}
      {delivered?.kind === "redirect" && <Moved as="p" class="location" value={delivered.location}><span class="quiet">Location: </span><Broken address={delivered.location} /></Moved>}
      {delivered?.kind === "form" && (
        <div class="location">
          <p><span class="quiet">A page that posts to </span>{delivered.action}</p>
          <ul>{Object.entries(delivered.fields).map(([name, value]) => <li key={name}><b>{name}</b>={value}</li>)}</ul>
        </div>
      )}
      <details data-focus="summary" open={opened.more_parameters.value} onToggle={(event) => { opened.more_parameters.value = event.currentTarget.open; }}>
        <summary id="one-more">What would one more parameter change?</summary>
        {opened.more_parameters.value && <Later part="OneMore" />}
      </details>
      <details>
        <summary>The whole decision as JSON</summary>
        <pre tabIndex={0} aria-label="The decision as JSON">{JSON.stringify(decision, null, 2)}</pre>
      </details>
    </div>
  );
}

/** Breaks lines before parameters and not within them. */
function Broken({ address }: { address: string }) {
  return <>{address.split(/(?=[?&#])/).map((part, at) => <span key={at}>{at > 0 && <wbr />}{at === 0 ? breaks(part) : <Parameter text={part} />}</span>)}</>;
}

function Parameter({ text }: { text: string }) {
  const [, joint = "", name = "", value = ""] = /^([?&#])([^=]*)(.*)$/s.exec(text) ?? [];
  return <>{joint}<b>{breaks(name)}</b>{breaks(value)}</>;
}
