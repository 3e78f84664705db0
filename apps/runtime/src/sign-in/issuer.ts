import type { Configuration } from "openid-client";
import { UserError } from "../errors/index.ts";
import type { OutgoingHttp } from "../outgoing-http/index.ts";
import type { Clock } from "../ports/index.ts";
import { guardedFetch } from "./guarded-fetch.ts";
import { CLOCK_TOLERANCE_S, issuerError } from "./issuer-errors.ts";

/** What the issuer knows of us, secret opened. */
export interface IssuerClient {
  readonly companyId: string;
  /** With it changes all the rest. */
  readonly rev: number;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly scopes: string;
  readonly asksEachTime: boolean;
}

/** What one attempt to sign in keeps to itself until the browser comes back. */
export interface Challenges {
  readonly state: string;
  readonly nonce: string;
  /** PKCE's verifier. */
  readonly codeVerifier: string;
}

export interface IssuersGiven {
  readonly http: OutgoingHttp;
  readonly clock: Clock;
  readonly privateHosts: (companyId: string) => Promise<readonly string[]>;
  readonly redirectUri: string;
}

/** So long what an issuer says of itself, keys included, is believed; a key that is not among them is asked for at once. */
const FRESH_MS = 10 * 60_000;

/** It is asked for when somebody signs in by it, not at every start. */
const library = () => import("openid-client");

/**
 * The issuers of the companies: where a browser is led, and who came back. Tokens are checked by `openid-client`, signatures included; what is asked of
 * an issuer goes by the product's one way out.
 */
export function createIssuers({ http, clock, privateHosts, redirectUri }: IssuersGiven) {
  const known = new Map<string, { readonly rev: number; readonly until: number; readonly config: Configuration }>();

  async function discover(client: IssuerClient, heard?: (answer: Response) => void): Promise<Configuration> {
    const oidc = await library();
    const { clientSecret } = client;
    const authentication: Parameters<typeof oidc.discovery>[3] = (server, ...rest) => {
      if (clientSecret === null) return oidc.None()(server, ...rest);
      const posts = server.token_endpoint_auth_methods_supported?.includes("client_secret_post") === true;
      return (posts ? oidc.ClientSecretPost : oidc.ClientSecretBasic)(clientSecret)(server, ...rest);
    };
    const plain = client.issuer.startsWith("http:");
    return oidc.discovery(
      new URL(client.issuer),
      client.clientId,
      { [oidc.clockTolerance]: CLOCK_TOLERANCE_S },
      authentication,
      {
        [oidc.customFetch]: guardedFetch(http, await privateHosts(client.companyId), heard),
        // Only an issuer inside the company's own network has such an address: see settings.ts.
        execute: [oidc.enableNonRepudiationChecks, ...(plain ? [oidc.allowInsecureRequests] : [])],
      },
    );
  }

  async function configured(client: IssuerClient): Promise<Configuration> {
    const { companyId, rev } = client;
    const kept = known.get(companyId);
    if (kept?.rev === rev && clock.now() < kept.until) return kept.config;
    const config = await discover(client);
    known.set(companyId, { rev, until: clock.now() + FRESH_MS, config });
    return config;
  }

  return {
    discover,
    /** Where a browser is led. Throws what says why the issuer cannot be used. */
    async addressFor(client: IssuerClient, { state, nonce, codeVerifier }: Challenges): Promise<string> {
      const oidc = await library();
      try {
        const config = await configured(client);
        const address = oidc.buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope: withOpenid(client.scopes),
          ...{ state, nonce, code_challenge_method: "S256" },
          code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
          ...(client.asksEachTime && { prompt: "login" }),
        });
        return address.href;
      } catch (cause) {
        throw issuerError(cause, client.issuer);
      }
    },
    /**
     * The claims of whoever came back with this query: of the ID token, and of the user info for those that are `wanted` and not in it. Throws what
     * says why they are not believed.
     */
    async claimsOf(
      client: IssuerClient,
      query: Readonly<Record<string, string>>,
      { state, nonce, codeVerifier }: Challenges,
      wanted: readonly string[],
    ): Promise<Readonly<Record<string, unknown>>> {
      const oidc = await library();
      try {
        const config = await configured(client);
        const tokens = await oidc.authorizationCodeGrant(
          config,
          new URL(`${redirectUri}?${new URLSearchParams(query)}`),
          {
            pkceCodeVerifier: codeVerifier,
            expectedState: state,
            expectedNonce: nonce,
            idTokenExpected: true,
          },
        );
        const claims = tokens.claims();
        if (!claims) throw new UserError("signInAnswerRefused", { why: "no ID token" });
        const complete = wanted.every((name) => claims[name] !== undefined);
        if (complete || config.serverMetadata().userinfo_endpoint === undefined) return claims;
        return { ...(await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims };
      } catch (cause) {
        // Keys and endpoints may have changed since they were asked for.
        known.delete(client.companyId);
        throw cause instanceof UserError ? cause : issuerError(cause, client.issuer);
      }
    },
  };
}

export type Issuers = ReturnType<typeof createIssuers>;

/** Without `openid` it would not be OpenID Connect. */
export const withOpenid = (scopes: string): string =>
  [...new Set(["openid", ...scopes.split(" ").filter(Boolean)])].join(" ");
