// Both servers on loopback: the authorization server, and the desk with the clients.
import { createServer } from "node:http";

// What oidc-provider says of development is no news here.
for (const method of ["info", "warn"]) {
  const say = console[method];
  console[method] = (text, ...more) => (String(text).startsWith("oidc-provider ") ? undefined : say(text, ...more));
}
const { AuthorizationServer } = await import("./authorization_server.js");
const { Desk, sampleClients } = await import("./desk.js");

const listening = (port) => new Promise((resolve, reject) => {
  const server = createServer();
  server.on("error", reject).listen(port, "127.0.0.1", () => resolve(server));
});

/** `port` is the desk's; the authorization server takes the next one, or any where it is 0. */
export async function start({ port = 0, profile = "openid-core" } = {}) {
  const [clientsAt, serverAt] = [await listening(port), await listening(port === 0 ? 0 : port + 1)];
  const origin = `http://127.0.0.1:${clientsAt.address().port}`;
  const clients = sampleClients(origin);
  const server = await AuthorizationServer.start({ server: serverAt, clients, desk: origin, profile });
  const desk = new Desk({ origin, clients, server });
  clientsAt.on("request", (req, res) => desk.handle(req, res));
  const stop = () => Promise.all([clientsAt, serverAt].map((one) => new Promise((resolve) => {
    one.close(resolve);
    one.closeAllConnections();
  })));
  return { origin, issuer: server.origin, stop };
}
