// The shortest walk that still shows a divergence: whole steps are left out, and then what a step says.

/** `shows(walk)` says whether a walk still shows it. */
export async function shortest(walk, shows) {
  let best = walk;
  for (let smaller = true; smaller;) {
    smaller = false;
    for (const candidate of candidates(best)) {
      if (!await shows(candidate)) continue;
      best = candidate;
      smaller = true;
      break;
    }
  }
  return best;
}

/** Everything that is one thing less. */
function* candidates(walk) {
  for (let number = walk.length - 1; number >= 0; number -= 1) yield walk.toSpliced(number, 1);
  for (const [number, step] of walk.entries()) for (const less of lesser(step)) yield walk.with(number, less);
}

function* lesser(step) {
  for (const name of Object.keys(step)) {
    if (name === "do" || name === "seconds" || name === "request") continue;
    if (name === "client" && step.do === "authorize") {
      if (step.client !== "web") yield { ...step, client: "web" };
      continue;
    }
    if (name === "answer") continue;
    yield without(step, name);
  }
  if (step.request === undefined) return;
  for (const name of Object.keys(step.request)) {
    if (name === "response_type" && step.request.response_type !== "code") yield { ...step, request: { ...step.request, response_type: "code" } };
    if (name !== "response_type") yield { ...step, request: without(step.request, name) };
  }
  const scopes = step.request.scope?.split(" ") ?? [];
  if (scopes.length < 2) return;
  for (const scope of scopes) yield { ...step, request: { ...step.request, scope: scopes.filter((one) => one !== scope).join(" ") } };
}

const without = (object, name) => Object.fromEntries(Object.entries(object).filter(([other]) => other !== name));
