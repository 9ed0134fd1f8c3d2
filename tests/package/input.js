// A request that every profile can answer, and what surrounds it.

export const NOW = 1_700_000_000;

export const CLIENT = {
  client_id: "c1",
  redirect_uris: ["https://client.example/cb"],
  grant_types: ["authorization_code", "refresh_token"],
};

/** The query string of a request; null leaves a parameter out. */
export function query(changes = {}) {
  const parameters = {
    response_type: "code",
    client_id: "c1",
    redirect_uri: "https://client.example/cb",
    scope: "openid email",
    state: "s1",
    ...changes,
  };
  return new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null)).toString();
}

/** An input with a signed-in user who has granted everything that is asked. */
export function input(changes = {}) {
  return {
    request: query(),
    client: { ...CLIENT },
    session: { sub: "alice", auth_time: NOW - 60 },
    grant: { scope: "openid email" },
    now: NOW,
    ...changes,
  };
}
