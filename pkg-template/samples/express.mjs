// An authorization server with Express, on SQLite in a file: `node express.mjs` (Node 22.5 or later, for `node:sqlite`).
import { DatabaseSync } from "node:sqlite";
import express from "express";
import { openStore, sql } from "grantwise/store";
import { endpoints, policy } from "./endpoints.mjs";
import { mount } from "./express_routes.mjs";

const store = await openStore(policy, sql(new DatabaseSync(process.env.DATABASE ?? "grantwise.db")));
setInterval(() => store.sweep().catch(console.error), 60_000).unref();

const app = express();
app.disable("x-powered-by");
mount(app, endpoints(store));

const server = app.listen(Number(process.env.PORT ?? 3000), "localhost", () => {
  console.log(`http://localhost:${server.address().port}/authorize`);
});
