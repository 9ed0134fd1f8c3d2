// An authorization server with Express, on SQLite in a file: `node express.mjs` (Node 22.5 or later, for `node:sqlite`).
import { DatabaseSync } from "node:sqlite";
import express from "express";
import { openStore, sql } from "grantwise/store";
import { endpoints, failed, policy } from "./endpoints.mjs";

const store = await openStore(policy, sql(new DatabaseSync(process.env.DATABASE ?? "grantwise.db")));
setInterval(() => store.sweep().catch(console.error), 60_000).unref();

const app = express();
app.disable("x-powered-by");
// A form as text: the policy reads it, and a parameter that is sent twice is still there twice.
app.use(express.text({ type: "application/x-www-form-urlencoded", limit: 16_384 }));
for (const [route, endpoint] of Object.entries(endpoints(store))) {
  const [method, path] = route.split(" ");
  app[method.toLowerCase()](path, async (req, res) => {
    const query = req.originalUrl.slice(req.path.length + 1);
    const isForm = method === "GET" || typeof req.body === "string";
    send(res, isForm ? await endpoint({ req, query, body: req.body ?? "" }).catch(failed) : { status: 415, headers: {}, text: "" });
  });
}
app.use((error, req, res, next) => send(res, { status: error.status ?? 500, headers: {}, text: "" }));

const send = (res, { status, headers, text }) => res.writeHead(status, headers).end(text);

const server = app.listen(Number(process.env.PORT ?? 3000), "localhost", () => {
  console.log(`http://localhost:${server.address().port}/authorize`);
});
