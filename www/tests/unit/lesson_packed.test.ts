import { expect, test } from "vitest";
import { LONGEST_PACKED, MOST_BYTES, pack, unpack } from "../../src/lessons/packed.ts";

test("a lesson travels in a link and is the same there", async () => {
  const text = JSON.stringify({ title: "Ünïcode, “quotes”, 漢字 🙂", story: "the same sentence again and again. ".repeat(80) });
  const packed = await pack(text);
  expect(packed).toMatch(/^[\w-]+$/);
  expect(packed.length).toBeLessThan(text.length / 4);
  expect(await unpack(packed)).toBe(text);
});

test("what is too long is not packed, and what unpacks to too much is left", async () => {
  await expect(pack("x".repeat(MOST_BYTES + 1))).rejects.toThrow("longer than 64 KB");
  expect(await unpack(await pack("x".repeat(MOST_BYTES)))).toHaveLength(MOST_BYTES);
  // Fifty megabytes of nothing pack to fifty kilobytes.
  const bomb = await new Response(new Blob(["\0".repeat(50_000_000)]).stream().pipeThrough(new CompressionStream("deflate-raw"))).bytes();
  const packed = Buffer.from(bomb).toString("base64url");
  expect(packed.length).toBeLessThan(LONGEST_PACKED);
  await expect(unpack(packed)).rejects.toThrow("longer than 64 KB");
  await expect(unpack("a".repeat(LONGEST_PACKED + 1))).rejects.toThrow("longer than 64 KB");
});

test("what was cut off or is no lesson at all is damaged", async () => {
  const packed = await pack(JSON.stringify({ story: "a sentence that is long enough to be cut somewhere in the middle" }));
  for (const broken of [packed.slice(0, -6), `${packed.slice(0, 8)}AAAA${packed.slice(12)}`, "%%%", "", "AAAA", Buffer.from("plain text").toString("base64url")]) {
    await expect(unpack(broken), broken).rejects.toThrow(/damaged|longer than/);
  }
  // Bytes that are no text.
  const bytes = await new Response(new Blob([new Uint8Array([0xff, 0xfe, 0xc0])]).stream().pipeThrough(new CompressionStream("deflate-raw"))).bytes();
  await expect(unpack(Buffer.from(bytes).toString("base64url"))).rejects.toThrow("damaged");
});
