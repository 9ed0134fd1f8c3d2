import type { Step } from "../engine/walk.ts";
import { changeCircumstances, state } from "../state/store.ts";
import { personName } from "../words/screens.ts";

/** The sign-in screen: a picture of it, and what the person does there. */
export function SignInScreen({ step }: { step: Step }) {
  const c = state.value.circumstances;
  const again = step.screen === "reauthenticate";
  return (
    <div class="screen">
      <h4>{again ? "Sign in again" : "Sign in"}</h4>
      <p>
        <label for="screen-user">User</label>
        <select id="screen-user" value={c["login.as"]} onChange={(event) => changeCircumstances({ "login.as": event.currentTarget.value === "bob" ? "bob" : "alice" })}>
          <option value="alice">Alice</option>
          <option value="bob">Bob</option>
        </select>
      </p>
      <p class="password" aria-hidden="true"><span>Password</span> <span class="dots">••••••••</span></p>
      <div class="buttons" role="group" aria-label={`What ${personName(c["login.as"])} does`}>
        <button type="button" aria-pressed={c.login === "denied"} onClick={() => changeCircumstances({ login: "denied" })}>Give up</button>
        <button type="button" aria-pressed={c.login === "failed"} onClick={() => changeCircumstances({ login: "failed" })}>Cannot sign in</button>
        <button type="button" class="primary" aria-pressed={c.login === "done"} onClick={() => changeCircumstances({ login: "done" })}>Sign in</button>
      </div>
    </div>
  );
}

const CHOICES = [["alice", "Alice"], ["bob", "Bob"], ["none_chosen", "Chooses nothing"]] as const;

export function AccountScreen() {
  const c = state.value.circumstances;
  return (
    <div class="screen">
      <h4>Choose an account</h4>
      <div class="accounts" role="group" aria-label="What the person chooses">
        {CHOICES.map(([value, words]) => (
          <button type="button" key={value} aria-pressed={c.account === value} onClick={() => changeCircumstances({ account: value })}>{words}</button>
        ))}
      </div>
    </div>
  );
}
