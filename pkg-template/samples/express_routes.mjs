// Endpoints of endpoints.mjs in an app of Express.
import express from "express";
import { failed } from "./endpoints.mjs";

export function mount(app, endpoints) {
  // A form as text: the policy reads it, and a parameter that is sent twice is still there twice.
  const form = express.text({ type: "application/x-www-form-urlencoded", limit: 16_384 });
  for (const [route, endpoint] of Object.entries(endpoints)) {
    const [method, path] = route.split(" ");
    app[method.toLowerCase()](path, form, async (req, res) => {
      const query = req.originalUrl.slice(req.path.length + 1);
      const isForm = method === "GET" || typeof req.body === "string";
      send(res, isForm ? await endpoint({ req, query, body: req.body ?? "" }).catch(failed) : { status: 415, headers: {}, text: "" });
    });
  }
  app.use((error, req, res, next) => send(res, { status: error.status ?? 500, headers: {}, text: "" }));
}

const send = (res, { status, headers, text }) => res.writeHead(status, headers).end(text);
