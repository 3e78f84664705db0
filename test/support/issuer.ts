import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

/** How the issuer behaves; a test changes it as it goes. */
export interface IssuerConduct {
  /** Who signs in, as the ID token says. */
  claims: Record<string, unknown>;
  /** Answers the browser with this error instead of a code. */
  refuses: string | null;
  /** Its clock is so far from ours. Milliseconds; for the tokens and the `Date` header. */
  clockOffsetMs: number;
  /** Signs with a key that it does not publish. */
  forges: boolean;
  /** Says another nonce than it was given. */
  forgetsNonce: boolean;
  /** Claims that only its user info has. */
  userInfo: Record<string, unknown>;
}

export interface TestIssuer {
  readonly url: string;
  readonly conduct: IssuerConduct;
  /** The paths it was asked, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

export const issuerClient = { clientId: "cordboard", clientSecret: "what only the two of them know" };

/**
 * A small OpenID Connect issuer on loopback: it signs everybody in at once as whoever `conduct.claims` says, checks client, redirect address and PKCE,
 * and signs real tokens. It stands in for a company's identity provider; it has no page and no password.
 */
export async function startIssuer(): Promise<TestIssuer> {
  const [key, forged] = await Promise.all([generateKeyPair("RS256"), generateKeyPair("RS256")]);
  const publicKey = { ...(await exportJWK(key.publicKey)), kid: "one", alg: "RS256", use: "sig" };
  const codes = new Map<string, { readonly nonce: string; readonly challenge: string; readonly redirectUri: string }>();
  const asked: string[] = [];
  const conduct: IssuerConduct = {
    claims: { sub: "person-1", email: "ines@example.com", email_verified: true, name: "Inès Martin" },
    refuses: null,
    clockOffsetMs: 0,
    forges: false,
    forgetsNonce: false,
    userInfo: {},
  };
  let url = "";

  const json = (response: ServerResponse, value: object, status = 200) => {
    response.statusCode = status;
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(value));
  };

  const authorize = (query: URLSearchParams, response: ServerResponse) => {
    const redirectUri = query.get("redirect_uri") ?? "";
    const back = new URL(redirectUri);
    back.searchParams.set("state", query.get("state") ?? "");
    if (conduct.refuses !== null) back.searchParams.set("error", conduct.refuses);
    else {
      const code = randomBytes(16).toString("hex");
      const challenge = query.get("code_challenge") ?? "";
      codes.set(code, { nonce: query.get("nonce") ?? "", challenge, redirectUri });
      back.searchParams.set("code", code);
    }
    response.writeHead(302, { Location: back.href }).end();
  };

  const token = async (body: URLSearchParams, authorization: string, response: ServerResponse) => {
    const [id, secret] = Buffer.from(authorization.replace("Basic ", ""), "base64")
      .toString()
      .split(":")
      .map((part) => decodeURIComponent(part.replaceAll("+", " ")));
    if (id !== issuerClient.clientId || secret !== issuerClient.clientSecret) {
      return json(response, { error: "invalid_client" }, 400);
    }
    const given = codes.get(body.get("code") ?? "");
    codes.delete(body.get("code") ?? "");
    const verified = createHash("sha256")
      .update(body.get("code_verifier") ?? "")
      .digest("base64url");
    if (given?.challenge !== verified || given.redirectUri !== body.get("redirect_uri")) {
      return json(response, { error: "invalid_grant" }, 400);
    }
    const now = Math.floor((Date.now() + conduct.clockOffsetMs) / 1_000);
    const idToken = await new SignJWT({ ...conduct.claims, nonce: conduct.forgetsNonce ? "another" : given.nonce })
      .setProtectedHeader({ alg: "RS256", kid: "one" })
      .setIssuer(url)
      .setAudience(issuerClient.clientId)
      .setIssuedAt(now)
      .setExpirationTime(now + 300)
      .sign((conduct.forges ? forged : key).privateKey);
    json(response, { access_token: "for the user info", token_type: "Bearer", expires_in: 300, id_token: idToken });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    asked.push(pathname);
    response.setHeader("Date", new Date(Date.now() + conduct.clockOffsetMs).toUTCString());
    switch (pathname) {
      case "/.well-known/openid-configuration":
        return json(response, {
          ...{ issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token` },
          ...{ jwks_uri: `${url}/keys`, userinfo_endpoint: `${url}/userinfo` },
          ...{ response_types_supported: ["code"], subject_types_supported: ["public"] },
          ...{ id_token_signing_alg_values_supported: ["RS256"], code_challenge_methods_supported: ["S256"] },
          scopes_supported: ["openid", "profile", "email"],
        });
      case "/keys":
        return json(response, { keys: [publicKey] });
      case "/authorize":
        return authorize(searchParams, response);
      case "/token":
        return token(new URLSearchParams(await textOf(request)), request.headers.authorization ?? "", response);
      case "/userinfo":
        return json(response, { sub: conduct.claims.sub, ...conduct.userInfo });
      default:
        response.writeHead(404).end();
    }
  };

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  return {
    url,
    conduct,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString("utf8");
}
