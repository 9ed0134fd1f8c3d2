// The same server with Fastify, on PostgreSQL for many nodes where DATABASE_URL names one, and else on SQLite in a file.
import fastify from "fastify";
import { openStore, sql } from "grantwise/store";
import { endpoints, failed, policy } from "./endpoints.mjs";

const client = process.env.DATABASE_URL
  ? new (await import("pg")).default.Pool({ connectionString: process.env.DATABASE_URL })
  : new (await import("node:sqlite")).DatabaseSync(process.env.DATABASE ?? "grantwise.db");
if (process.env.DATABASE_URL) client.on("error", console.error); // of a connection that nobody uses
const store = await openStore(policy, sql(client));
setInterval(() => store.sweep().catch(console.error), 60_000).unref();

const app = fastify({ bodyLimit: 16_384, routerOptions: { maxParamLength: 100 } });
app.removeAllContentTypeParsers();
// A form as text: the policy reads it, and a parameter that is sent twice is still there twice.
app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (request, body, done) => done(null, body));
for (const [route, endpoint] of Object.entries(endpoints(store))) {
  const [method, url] = route.split(" ");
  app.route({
    method,
    url,
    async handler({ raw, body }, reply) {
      const isForm = method === "GET" || typeof body === "string";
      const query = raw.url.slice(url.length + 1);
      const { status, headers, text } = isForm ? await endpoint({ req: raw, query, body: body ?? "" }).catch(failed)
        : { status: 415, headers: {}, text: "" };
      return reply.code(status).headers(headers).send(text);
    },
  });
}
app.setErrorHandler((error, request, reply) => reply.code(error.statusCode ?? 500).send(""));

await app.listen({ port: Number(process.env.PORT ?? 3000), host: "localhost" });
console.log(`http://localhost:${app.server.address().port}/authorize`);
