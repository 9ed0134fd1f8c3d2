// The adapter's shadow reports exactly the divergences that are known, as far as it sees them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { known } from "./differential.js";
import { Watched } from "./shadow.js";
import { SHOWN, UNSEEN } from "./shadow_kinds.js";

const WALKS = Number(process.env.SHADOW_WALKS ?? 100);

const during = async (overrides, work) => {
  const watched = await Watched.start(overrides);
  try {
    return await work(watched);
  } finally {
    await watched.stop();
  }
};

test("over some walks, the shadow reports what diverges, and nothing else", () => during({}, async (watched) => {
  const { wrong } = await watched.walk({ walks: WALKS, seed: 20 });
  assert.equal(wrong, null, JSON.stringify(wrong));
  const { compared, differences, ...rest } = watched.counts;
  assert.ok(compared > WALKS && differences > 0, JSON.stringify(watched.counts));
  assert.deepEqual(rest, { not_compared: {}, failed: 0, dropped: 0 });
}));

test("so it does in the walk of each kind", () => during({}, async (watched) => {
  for (const { id, walk } of known) {
    assert.deepEqual(await watched.wrong(walk), [], id);
  }
  assert.equal(watched.counts.failed, 0);
}));

test("each kind is one that the shadow shows, or one that it does not see, with the reason", () => {
  assert.deepEqual([...Object.keys(SHOWN), ...Object.keys(UNSEEN)].sort(), known.map(({ id }) => id).sort());
  for (const [id, reason] of Object.entries(UNSEEN)) assert.ok(reason.length > 40, id);
});

test("a knob of the shadow that is turned is found, and the walk is short", () => during({ refresh_token_rotation: "all" }, async (watched) => {
  const { wrong } = await watched.walk({ walks: 100, seed: 1 });
  assert.match(wrong?.found[0].what ?? "", /^refresh: refresh_token false, policy true/);
  assert.deepEqual(JSON.parse(wrong.walk).map(({ do: step }) => step), ["authorize", "exchange", "refresh"]);
}));
