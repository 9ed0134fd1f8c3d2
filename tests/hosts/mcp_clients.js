// Two clients of the MCP TypeScript SDK, that of its first version and that of its second, and the person who uses them.
import * as second from "@modelcontextprotocol/client";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { PASSWORD } from "./support.js";

/** By version: how each of them is made. */
export const VERSIONS = {
  "sdk 1": { Client, Transport: StreamableHTTPClientTransport },
  "client 2": { Client: second.Client, Transport: second.StreamableHTTPClientTransport },
};
export const CALLBACK = "http://localhost:9/callback";

/** What a program keeps for the SDK. */
class Kept {
  redirectUrl = CALLBACK;
  clientMetadata = {
    client_name: "Pocket <Notes>", redirect_uris: [CALLBACK], grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"], token_endpoint_auth_method: "none",
  };
  asked = [];
  kept = {};

  state = () => "a state";
  clientInformation = () => this.kept.client;
  saveClientInformation = (client) => { this.kept.client = client; };
  tokens = () => this.kept.tokens;
  saveTokens = (tokens) => { this.kept.tokens = tokens; };
  codeVerifier = () => this.kept.verifier;
  saveCodeVerifier = (verifier) => { this.kept.verifier = verifier; };
  discoveryState = () => this.kept.discovery;
  saveDiscoveryState = (discovery) => { this.kept.discovery = discovery; };
  redirectToAuthorization = (address) => { this.asked.push(address); };
  invalidateCredentials = (what) => { if (what !== "verifier") delete this.kept.tokens; };
}

/** A program with the SDK in it. `mcp` is connected from the moment that it is allowed to. */
export class Program {
  #version;
  #address;
  #transport = null;
  keeps = new Kept();
  mcp = null;

  constructor(version, address) {
    this.#version = VERSIONS[version];
    this.#address = address;
  }

  /** Connects anew; it throws an `UnauthorizedError` where the browser is needed first. */
  async connect() {
    this.#transport = new this.#version.Transport(this.#address, { authProvider: this.keeps });
    this.mcp = new this.#version.Client({ name: "pocket", version: "1.0.0" });
    await this.mcp.connect(this.#transport);
    return this;
  }

  /** The address that the person's browser goes to. */
  get asking() {
    return this.keeps.asked.at(-1);
  }

  /** What came back to the program's own address. */
  finish(back) {
    const parameters = new URL(back).searchParams;
    return this.#version.Client === Client ? this.#transport.finishAuth(parameters.get("code")) : this.#transport.finishAuth(parameters);
  }

  async says(name, given = {}) {
    return (await this.mcp.callTool({ name, arguments: given })).content[0].text;
  }

  /** The access token is over, as far as the program can tell. */
  loseAccessToken() {
    this.keeps.kept.tokens = { ...this.keeps.kept.tokens, access_token: "over" };
  }
}

export const interaction = ({ text }) => /name="interaction" value="([\w-]{43})"/.exec(text)?.[1] ?? "";
export const answer = (browser, page, what, more = {}) => browser.post("/answer", { interaction: interaction(page), answer: what, ...more });

/** The person signs in where that is asked, and comes to the page of consent. */
export async function toConsent(browser, address) {
  const page = await browser.get(address);
  return /Sign in/.test(page.text) ? answer(browser, page, "sign_in", { user: "alice", password: PASSWORD }) : page;
}

/** The person allows it; where the browser is sent then. */
export async function allowed(browser, address) {
  const page = await toConsent(browser, address);
  return (page.headers.location ? page : await answer(browser, page, "allow")).headers.location;
}

/** A program that the person has allowed to read. */
export async function allowedProgram(version, server, browser) {
  const program = new Program(version, server.address);
  await program.connect().then(() => { throw new Error("nobody was asked"); }, () => {});
  await program.finish(await allowed(browser, program.asking));
  return program.connect();
}
