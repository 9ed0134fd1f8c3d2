// What differs between two things that were seen.

/** Every place at which the sides differ, with what each has there. */
export function differences(step, { stock, profile }) {
  const found = [];
  compare("", stock, profile, found);
  return found.map(({ at, ...values }) => ({ do: step.do, at, ...values }));
}

function compare(at, stock, profile, found) {
  if (isObject(stock) && isObject(profile)) {
    for (const name of new Set([...Object.keys(stock), ...Object.keys(profile)])) {
      compare(at === "" ? name : `${at}.${name}`, stock[name] ?? null, profile[name] ?? null, found);
    }
  } else if (JSON.stringify(stock) !== JSON.stringify(profile)) {
    found.push({ at, stock, profile });
  }
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
