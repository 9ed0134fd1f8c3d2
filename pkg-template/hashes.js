// The claims that bind an ID Token to the code and the access token beside it (OpenID Connect Core 1.0, sections
// 3.1.3.6, 3.2.2.10 and 3.3.2.11). The digest is that of the platform: Web Crypto is in Node, browsers and Workers.
import { GrantwiseError } from "./errors.js";

// The hash of the algorithm that signs the ID Token. EdDSA stands for Ed25519 here: Ed448 hashes with SHAKE256, which
// Web Crypto does not have.
const HASHES = new Map([
  ...["RS256", "PS256", "ES256", "ES256K", "HS256"].map((alg) => [alg, "SHA-256"]),
  ...["RS384", "PS384", "ES384", "HS384"].map((alg) => [alg, "SHA-384"]),
  ...["RS512", "PS512", "ES512", "HS512", "EdDSA", "Ed25519"].map((alg) => [alg, "SHA-512"]),
]);

export function cHash(code, alg) { return leftHalf(code, "code", alg); }
export function atHash(accessToken, alg) { return leftHalf(accessToken, "access_token", alg); }

async function leftHalf(value, path, alg) {
  const hash = HASHES.get(alg);
  if (hash === undefined) {
    throw new GrantwiseError("wrong_value", "alg", `alg must be one of ${[...HASHES.keys()].join(", ")}`);
  }
  if (typeof value !== "string") throw new GrantwiseError("wrong_type", path, `${path} must be a string`);
  // The octets of the ASCII representation are hashed, so there has to be one.
  if (!/^[\x20-\x7e]+$/.test(value)) {
    throw new GrantwiseError("wrong_value", path, `${path} must be visible ASCII, and not empty`);
  }
  const octets = Uint8Array.from(value, (letter) => letter.charCodeAt(0));
  const digest = new Uint8Array(await crypto.subtle.digest(hash, octets));
  const half = String.fromCharCode(...digest.subarray(0, digest.length / 2));
  return btoa(half).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
