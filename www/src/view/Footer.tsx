import { version } from "grantwise/engine";
import { counts } from "virtual:summary";

export function Footer() {
  return (
    <footer>
      <p>
        Grantwise {version}: {counts.rules} rules, {counts.knobs} questions, {counts.profiles} profiles. Everything is decided in this browser;
        the page can reach no other address, and the link keeps its content behind the #, which browsers do not send.
        It works without a network after the first visit.
      </p>
    </footer>
  );
}
