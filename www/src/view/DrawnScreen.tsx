import type { Step } from "../engine/walk.ts";
import { ConsentScreen } from "./ConsentScreen.tsx";
import { AccountScreen, SignInScreen } from "./SignInScreen.tsx";

/** A screen as the person sees it. */
export function DrawnScreen({ step }: { step: Step }) {
  switch (step.screen) {
    case "login":
    case "reauthenticate": return <SignInScreen step={step} />;
    case "select_account": return <AccountScreen />;
    case "consent": return <ConsentScreen step={step} />;
  }
}
