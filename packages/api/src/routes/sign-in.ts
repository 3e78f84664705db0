/**
 * Signing in by the company's own identity provider (OpenID Connect, authorization code with PKCE). The browser goes to `signIn.start`, from there
 * to the issuer, comes back to `signIn.callback`, and is led to the page that it came from with a ticket; that page redeems it
 * (`session.redeem`, `desk.redeem`), and only it can: it alone has the verifier whose hash it gave at the start.
 */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions, userRoles } from "../roles.ts";
import { CompanyCode, Id, Rev, Texts } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const Claim = Type.String({ pattern: "^[\\w.:/-]{1,200}$", examples: ["sub"] });

/** Whom a group of the issuer makes of somebody who signs in for the first time. */
export const SignInGroup = Type.Object(
  {
    /** As the issuer's claim has it; `*`: everybody. */
    group: Type.String({ minLength: 1, maxLength: 200 }),
    as: Type.Enum([...userRoles, "operator"]),
    /** Of operators: the queues that they may serve. */
    queueIds: Type.Array(Id, { uniqueItems: true, maxItems: 100, default: [] }),
  },
  closed,
);
export type SignInGroup = Static<typeof SignInGroup>;

const fields = {
  enabled: Type.Boolean(),
  /** What the button says. */
  buttonText: Type.String({ minLength: 1, maxLength: 60, pattern: "\\S" }),
  /** The issuer's address, to which `/.well-known/openid-configuration` is added. */
  issuer: Type.String({ pattern: "^(https?://\\S+)?$", maxLength: 500, examples: ["https://login.example.com"] }),
  clientId: Type.String({ maxLength: 200 }),
  /** Asked of the issuer; `openid` is always asked for. */
  scopes: Type.String({ pattern: "^[\\x21-\\x7e]+( [\\x21-\\x7e]+)*$", maxLength: 300 }),
  /**
   * `email`: whoever has the verified address is that user or operator, and is known by `idClaim` from then on. `externalId`: only who has the
   * value of `idClaim` as external id.
   */
  match: Type.Enum(["email", "externalId"]),
  /** The claim that names a person once and for all. */
  idClaim: Claim,
  /** An address of which the issuer does not say whether it is verified counts as verified. */
  trustsUnstatedEmail: Type.Boolean(),
  /** The issuer asks for the password each time, whoever signed in there before: for desks that people share. */
  asksEachTime: Type.Boolean(),
  /** Makes users and operators of people who are not known yet; the first group that fits decides. */
  creates: Type.Boolean(),
  groupsClaim: Claim,
  groups: Type.Array(SignInGroup, { maxItems: 50 }),
  /** Passwords are no way in any more, but for administrators, who keep theirs. */
  providerOnly: Type.Boolean(),
};

export const SignInSettings = Type.Object(
  {
    ...fields,
    rev: Type.Integer({ minimum: 0 }),
    /** The secret itself is never shown. */
    hasClientSecret: Type.Boolean(),
    /** To be registered at the issuer. */
    redirectUri: Type.String(),
  },
  { ...closed, title: "SignInSettings" },
);
export type SignInSettings = Static<typeof SignInSettings>;

export const SignInSettingsFields = Type.Object(
  {
    ...fields,
    /** Absent: the one that is kept stays; null: none (a public client). */
    clientSecret: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 500 }))),
  },
  closed,
);
export type SignInSettingsFields = Static<typeof SignInSettingsFields>;

/** What a sign-in page may offer. */
export const SignInWays = Type.Object(
  {
    /** Several companies are carried, and none was named. */
    companyNeeded: Type.Boolean(),
    /** What the button says; null: there is none. */
    button: nullable(Type.String()),
    /** Only administrators may sign in by password. */
    providerOnly: Type.Boolean(),
  },
  { ...closed, title: "SignInWays" },
);
export type SignInWays = Static<typeof SignInWays>;

export const SignInFinding = Type.Object(
  { level: Type.Enum(["ok", "warning", "error"]), text: Texts },
  { ...closed, title: "SignInFinding" },
);
export type SignInFinding = Static<typeof SignInFinding>;

/** What the page that redeems a ticket sends. */
export const TicketBody = {
  ticket: Type.String({ pattern: "^[\\w-]{43}$", examples: ["t".repeat(43)] }),
  verifier: Type.String({ pattern: "^[\\w-]{43}$", examples: ["v".repeat(43)] }),
};

/** What can come of a sign-in at the issuer, told when the ticket is redeemed. */
export const signInOutcomes = [
  "signInOver",
  "signInIssuerUnreachable",
  "signInIssuerRefused",
  "signInAnswerRefused",
  "signInClockWrong",
  "signInUnknown",
  "signInEmailMissing",
  "signInEmailUnverified",
  "signInEmailTaken",
  "signInDisabled",
  "signInNotSetUp",
  "companyNeeded",
  "tlsNeeded",
] as const;

const settingsRoute = { roles: permissions.signIn.write, scope: "none", path: "/api/sign-in/settings" } as const;

export const signInRoutes = {
  "signIn.ways": defineRoute({
    id: "signIn.ways",
    method: "GET",
    path: "/api/sign-in",
    roles: "anyone",
    summary: "How people of a company sign in: by password, by the company’s identity provider.",
    request: { query: Type.Object({ company: Type.Optional(CompanyCode) }, closed) },
    response: SignInWays,
    errors: [],
  }),
  "signIn.start": defineRoute({
    id: "signIn.start",
    method: "GET",
    path: "/api/sign-in/start",
    roles: "anyone",
    summary: "Leads a browser to the company’s identity provider.",
    request: {
      query: Type.Object(
        {
          company: Type.Optional(CompanyCode),
          /** The page that asks, to which it leads back. */
          page: Type.Enum(["designer", "agent", "calls"]),
          /** In a window of its own, which tells the page and closes. */
          popup: Type.Optional(Type.Boolean()),
          /** Base64url of the verifier’s SHA-256. */
          challenge: Type.String({ pattern: "^[\\w-]{43}$" }),
        },
        closed,
      ),
    },
    response: "redirect",
    errors: [],
  }),
  "signIn.callback": defineRoute({
    id: "signIn.callback",
    method: "GET",
    path: "/api/sign-in/callback",
    roles: "anyone",
    summary: "Where the identity provider leads a browser back to.",
    request: { query: Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 8_000 })) },
    response: "redirect",
    errors: [],
  }),
  "signIn.settings": defineRoute({
    ...settingsRoute,
    id: "signIn.settings",
    method: "GET",
    summary: "Reads how people sign in by the company’s identity provider.",
    request: {},
    response: SignInSettings,
    errors: [],
  }),
  "signIn.change": defineRoute({
    ...settingsRoute,
    id: "signIn.change",
    method: "PUT",
    summary:
      "Changes how people sign in by the company’s identity provider; the client secret can be written, never read.",
    request: {
      body: Type.Object({ ...SignInSettingsFields.properties, rev: Type.Union([Type.Literal(0), Rev]) }, closed),
    },
    response: SignInSettings,
    errors: ["changedMeanwhile", "signInSettingsRefused"],
  }),
  "signIn.test": defineRoute({
    ...settingsRoute,
    id: "signIn.test",
    method: "POST",
    path: "/api/sign-in/settings/test",
    summary: "Asks the identity provider, with the settings as they are saved, and says what is wrong.",
    request: {},
    response: Type.Object({ findings: Type.Array(SignInFinding) }, closed),
    audited: false,
    errors: [],
  }),
} as const;
