import { effect } from "@preact/signals";
import { Component, type ComponentChildren } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { state } from "../state/store.ts";

/** What nobody foresaw: the answer goes, and it is said, so that no answer of another question stands there. */
export class Boundary extends Component<{ children: ComponentChildren }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static override getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render() {
    const { error } = this.state;
    return error === null ? this.props.children : <Failed error={error} again={() => this.setState({ error: null })} />;
  }
}

function Failed({ error, again }: { error: unknown; again: () => void }) {
  // With the change itself: whatever is asked from now on is tried again, however soon it comes.
  useLayoutEffect(() => {
    document.getElementById("failed")?.focus();
    const failed = state.peek();
    const stop = effect(() => { if (state.value !== failed) again(); });
    addEventListener("popstate", again);
    return () => {
      stop();
      removeEventListener("popstate", again);
    };
  }, []);
  return (
    <main class="failure"><div role="alert">
      <h1 id="failed" tabIndex={-1}>This could not be decided</h1>
      <p>The page failed at this question, so it shows no answer. That is a fault of the page, not of the request.</p>
      <p><code>{String(error)}</code></p>
      <p><label>This link leads to the same fault. Send it as a report; it holds the question and no secret:<textarea readOnly rows={4} value={location.href} onFocus={(event) => event.currentTarget.select()} /></label></p>
      <p><button type="button" onClick={() => history.back()}>Back to what was before</button> <a href="#">Begin anew</a></p>
    </div></main>
  );
}
