// A real OpenID provider (panva's oidc-provider) for the browser stories.
//
//   node server.mjs PORT CALLBACK,CALLBACK PEOPLE.json
//
// PEOPLE.json is read at every login: [{"sub": "…", "pesel": "…", "acr": "…"}]. Its own
// login page has a button for each person, and one for each way to break off.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import * as oidc from "oidc-provider";

const Provider = oidc.Provider ?? oidc.default;
const [port, callbacks, file] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const people = () => JSON.parse(readFileSync(file, "utf8"));

const provider = new Provider(issuer, {
  clients: [{
    client_id: "zamiast",
    client_secret: "secret-of-the-stories",
    redirect_uris: callbacks.split(","),
    grant_types: ["authorization_code"],
    response_types: ["code"],
  }],
  pkce: { required: () => true },
  scopes: ["openid", "pesel"],
  claims: { openid: ["sub"], pesel: ["pesel", "given_name"], acr: null },
  conformIdTokenClaims: false,
  acrValues: ["high", "low"],
  cookies: { keys: ["only for tests"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (ctx, interaction) => `/who/${interaction.uid}` },
  findAccount: (ctx, sub) => ({
    accountId: sub,
    claims: () => ({ ...people().find((one) => one.sub === sub), sub }),
  }),
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid pesel");
    await grant.save();
    return grant;
  },
});

async function who(request, response) {
  const asked = new URL(request.url, issuer).searchParams;
  if (asked.has("error")) {
    const error = asked.get("error");
    return provider.interactionFinished(request, response, { error, error_description: "" });
  }
  const chosen = people().find((one) => one.sub === asked.get("sub"));
  if (chosen) {
    const login = { accountId: chosen.sub, acr: chosen.acr, remember: false };
    return provider.interactionFinished(request, response, { login });
  }
  const links = people().map((one) => `<p><a href="?sub=${encodeURIComponent(one.sub)}">${one.sub}</a></p>`);
  for (const error of ["access_denied", "server_error", "invalid_scope"]) {
    links.push(`<p><a href="?error=${error}">${error}</a></p>`);
  }
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end(`<!doctype html><title>Who are you?</title>${links.join("")}`);
}

const answer = provider.callback();
createServer((request, response) => {
  if (request.url.startsWith("/who/")) {
    who(request, response).catch((error) => { response.statusCode = 500; response.end(String(error)); });
  } else {
    answer(request, response);
  }
}).listen(Number(port), "127.0.0.1");
