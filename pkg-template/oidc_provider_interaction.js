// The page between: what it shows, and what the person did on it. Both stay at the server, with oidc-provider's interaction.
import { AdapterError } from "./oidc_provider_errors.js";
import { now } from "./oidc_provider_situation.js";

const SIGN_IN = new Set(["login", "reauthenticate", "select_account"]);
const RESULTS = {
  login: ["done", "failed", "denied"],
  reauthenticate: ["done", "failed", "denied"],
  select_account: ["done", "none_chosen"],
  consent: ["approved", "denied", "impossible"],
};

export class Interactions {
  #shared;

  constructor(shared) {
    this.#shared = shared;
  }

  /** What the page of this browser is about. */
  async page(req, res) {
    const { uid, prompt, params, lastSubmission } = await this.#shared.provider().interactionDetails(req, res);
    const { outcome, consent, summary } = this.#shownBy(prompt);
    return { uid, outcome, consent, summary, client_id: params.client_id, params, prompt, lastSubmission };
  }

  /**
   * What the person did; the browser goes on from there. `done` needs the `accountId` of who signed in, after the password was
   * checked; `approved` may have the `scope` that was left ticked. What was shown is what was kept, never what the browser says.
   */
  async answer(req, res, { result, accountId, acr, amr, remember_session = true, scope, remember, time_limit }) {
    const provider = this.#shared.provider();
    const { prompt, lastSubmission } = await provider.interactionDetails(req, res);
    const { outcome: screen, consent: shown } = this.#shownBy(prompt);
    if (!RESULTS[screen].includes(result)) {
      throw new AdapterError("wrong_answer", `The page ${screen} takes ${RESULTS[screen].join(", ")}, and not ${result}`);
    }
    const at = now();
    const answer = screen === "consent" ? { screen, result, shown, scope, remember, time_limit, at } : { screen, result, at };
    for (const [name, value] of Object.entries(answer)) if (value === undefined) delete answer[name];
    const answers = [...lastSubmission?.grantwise?.answers ?? [], answer];
    const login = SIGN_IN.has(screen) && result === "done"
      ? { login: { accountId: needed(accountId), acr, amr, remember: remember_session, ts: at } } : {};
    await provider.interactionFinished(req, res, { ...login, grantwise: { answers } }, { mergeWithLastSubmission: true });
  }

  #shownBy({ details }) {
    if (details?.grantwise === undefined) {
      throw new AdapterError("foreign_interaction", "This interaction was not started by the adapter's interactions.policy");
    }
    return details.grantwise;
  }
}

function needed(accountId) {
  if (typeof accountId === "string" && accountId !== "") return accountId;
  throw new AdapterError("wrong_answer", "Somebody signed in: `accountId` says who");
}
