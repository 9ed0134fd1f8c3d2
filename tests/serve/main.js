import { start } from "./serve.js";
import { USERS } from "./authorization_server.js";

const { origin, issuer } = await start({ port: Number(process.env.PORT ?? 3000), profile: process.env.PROFILE ?? "openid-core" });
console.log(`${origin}/ is the desk: two clients, their tokens, what lives and why`);
console.log(`${issuer}/.well-known/openid-configuration is the authorization server`);
for (const [user, password] of USERS) console.log(`${user} signs in with ${password}`);
