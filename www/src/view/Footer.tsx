import { knobs, profiles, rules, version } from "grantwise";

export function Footer() {
  return (
    <footer>
      <p>
        Grantwise {version}: {rules.length} rules, {knobs.length} questions, {profiles.length} profiles. Everything is decided in this browser;
        the page can reach no other address, and the link keeps its content behind the #, which browsers do not send.
        It works without a network after the first visit.
      </p>
    </footer>
  );
}
