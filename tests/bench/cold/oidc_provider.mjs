import { Provider } from "oidc-provider";

if (typeof Provider !== "function") throw new Error("there is no Provider");
const { user, system } = process.cpuUsage();
console.log(user + system);
