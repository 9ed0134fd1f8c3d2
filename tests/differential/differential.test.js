// The runner itself: it finds a knob that is turned, shrinks what it finds, and its list is true.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Differential, known } from "./differential.js";
import { FILE, document } from "./document.js";
import { shortest } from "./shrink.js";
import { walkOf } from "./walks.js";

const during = async (overrides, work) => {
  const differential = await Differential.start(overrides);
  try {
    return await work(differential);
  } finally {
    await differential.stop();
  }
};

test("every kind that is listed still shows in its walk", () => during({}, async (differential) => {
  assert.deepEqual(await differential.stale(), []);
}));

test("some walks show nothing that is not listed", () => during({}, async (differential) => {
  const { steps, unknown } = await differential.walk({ walks: 60, seed: 20 });
  assert.deepEqual(unknown, []);
  assert.ok(steps > 200);
}));

test("a knob that is turned is found, and the walk is short", () => during({ refresh_token_rotation: "all" }, async (differential) => {
  const { unknown } = await differential.walk({ walks: 100, seed: 1 });
  const found = unknown.find(({ found: [first] }) => first.do === "refresh" && first.at.startsWith("refresh_token"));
  assert.deepEqual(found?.walk.map(({ do: step }) => step), ["authorize", "exchange", "refresh"]);
}));

test("a list that says too much fails", () => during({ access_token_revocation_revokes_refresh_token: false }, async (differential) => {
  assert.ok((await differential.stale()).some(({ id }) => id === "token_that_is_over"));
}));

test("the same seed gives the same walks, and another gives others", () => {
  assert.deepEqual(walkOf(3, 14), walkOf(3, 14));
  assert.notDeepEqual(walkOf(3, 14), walkOf(4, 14));
});

test("a walk is shrunk to what shows the divergence", async () => {
  const walk = walkOf(1, 2).concat({ do: "logout", answer: "no", client: "web" });
  assert.deepEqual(await shortest(walk, (one) => one.some(({ do: step }) => step === "logout")), [{ do: "logout", answer: "no" }]);
});

test("each kind has a reason, a source and whose it is", () => {
  for (const { id, reason, source, side } of known) {
    assert.ok(reason.length > 40 && source.startsWith("lib/") && ["profile", "server", "either"].includes(side), id);
  }
});

test("docs/divergences.md is up to date", () => {
  assert.equal(readFileSync(FILE, "utf8"), document(), "`node tests/differential/document.js` writes it");
});
