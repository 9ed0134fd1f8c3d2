import { Policy, location } from "grantwise";

const policy = Policy.profile("openid-core", { issuer: "https://as.example" });

const input = {
  // As it arrived: a URL, a query string, URLSearchParams, or names with values.
  request: "https://as.example/authorize?response_type=code&client_id=calendar&state=af0ifjsldkj"
    + "&redirect_uri=https%3A%2F%2Fcalendar.example%2Fcb&scope=openid+email+offline_access",
  // As it is registered. A client that does not register the grant type refresh_token never gets one.
  client: {
    client_id: "calendar",
    redirect_uris: ["https://calendar.example/cb"],
    grant_types: ["authorization_code", "refresh_token"],
  },
  session: { sub: "alice", auth_time: 1_700_000_000 - 60 },
  grant: null, // what Alice granted this client before
  now: 1_700_000_000, // seconds; Grantwise reads no clock
};

// Alice has not granted anything yet, so a page is shown.
const first = policy.authorize(input);
console.log(`${first.outcome}: ${first.summary}`);
for (const { param, value, reason } of first.ignored) console.log(`  ignored ${param}=${value}: ${reason}`);

// With prompt=consent the page is about offline access, too. A server gives each page an unguessable id of its own.
const asking = { ...input, request: `${input.request}&prompt=consent`, interaction: "f1cKq0mrTn2o1Vh0xuYtPA" };
const { consent } = policy.authorize(asking);

// Alice approves it, and the same call goes on from there.
const answer = { screen: "consent", result: "approved", shown: consent, interaction: asking.interaction, at: asking.now };
const last = policy.authorize({ ...asking, answers: [answer] });
console.log(`${last.outcome}: ${last.summary}`);
console.log(`  ${location(last, { code: "SplxlOBeZQQYbYS6WxSbIA" })}`);
