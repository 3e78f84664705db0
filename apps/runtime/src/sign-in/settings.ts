import type { SignInSettings, SignInSettingsFields, SignInWays, Texts } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, isDuplicate, type Scope } from "../access/index.ts";
import type { Companies } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import { mayBeAsked } from "../outgoing-http/index.ts";
import type { Sealer } from "../sealing/index.ts";
import type { IssuerClient } from "./issuer.ts";
import { type SignInDocument, signInCollections } from "./model.ts";

export interface SignInSettingsGiven {
  readonly connection: Connection;
  readonly sealer: Sealer;
  readonly companies: Pick<Companies, "forSignIn" | "severalExist">;
  readonly redirectUri: string;
  readonly privateHosts: (companyId: string) => Promise<readonly string[]>;
  /** Whether an administrator who may sign in has a password of their own. */
  readonly adminHasPassword: (companyId: string) => Promise<boolean>;
}

/** Nobody's, until an administrator says otherwise: only passwords. */
const first: Omit<SignInDocument, "_id" | "companyId"> = {
  rev: 0,
  enabled: false,
  buttonText: "OpenID Connect",
  issuer: "",
  clientId: "",
  clientSecret: null,
  scopes: "openid profile email",
  match: "email",
  idClaim: "sub",
  trustsUnstatedEmail: false,
  asksEachTime: false,
  creates: false,
  groupsClaim: "groups",
  groups: [],
  providerOnly: false,
};

/** How the people of each company sign in by its identity provider. */
export function createSignInSettings(given: SignInSettingsGiven) {
  const { sealer, companies, redirectUri } = given;
  const { settings } = signInCollections(given.connection);
  const of = async (companyId: string): Promise<SignInDocument> =>
    (await settings.findOne({ _id: companyId })) ?? { _id: companyId, companyId, ...first };
  const shown = ({ _id, companyId, clientSecret, ...fields }: SignInDocument): SignInSettings => ({
    ...fields,
    groups: fields.groups.map((group) => ({ ...group, queueIds: [...group.queueIds] })),
    hasClientSecret: clientSecret !== null,
    redirectUri,
  });
  const client = (document: SignInDocument): IssuerClient => {
    const { companyId, rev, issuer, clientId, clientSecret, scopes, asksEachTime } = document;
    const secret = clientSecret === null ? null : sealer.open(clientSecret);
    return { companyId, rev, issuer, clientId, clientSecret: secret, scopes, asksEachTime };
  };

  async function assertUsable(companyId: string, fields: SignInSettingsFields): Promise<void> {
    const { enabled, issuer, clientId, creates, groups } = fields;
    if (issuer !== "") assertIssuer(issuer, await given.privateHosts(companyId));
    if (!enabled) return;
    if (issuer === "") throw refused("il manque l’adresse de l’émetteur", "the issuer’s address is missing");
    if (clientId.trim() === "") throw refused("il manque l’identifiant du client", "the client’s id is missing");
    if (creates && groups.length === 0) {
      throw refused(
        "pour créer des comptes il faut au moins un groupe (« * » : tout le monde)",
        "to create accounts it takes at least one group (“*”: everybody)",
      );
    }
    if (!(await given.adminHasPassword(companyId))) {
      throw refused(
        "aucun administrateur actif n’a de mot de passe : si le service d’identité tombait, plus personne n’entrerait. Donnez-en un à l’un d’eux",
        "no active administrator has a password: if the identity provider failed, nobody could get in. Give one of them a password",
      );
    }
  }

  return {
    of,
    client,
    async get(scope: Scope): Promise<SignInSettings> {
      demand(scope, "read", "signIn");
      return shown(await of(scope.companyId));
    },
    async change(
      scope: Scope,
      rev: number,
      { clientSecret, ...fields }: SignInSettingsFields,
    ): Promise<SignInSettings> {
      demand(scope, "write", "signIn");
      const { companyId } = scope;
      await assertUsable(companyId, fields);
      const before = await of(companyId);
      if (before.rev !== rev) throw new UserError("changedMeanwhile");
      // What was told to one issuer is not told to another one.
      const kept = fields.issuer === before.issuer ? before.clientSecret : null;
      const sealed = clientSecret === undefined ? kept : clientSecret && sealer.seal(clientSecret);
      const after: SignInDocument = { ...before, ...fields, clientSecret: sealed, rev: rev + 1 };
      try {
        if (rev === 0) await settings.insertOne(after);
        else {
          const { _id, ...set } = after;
          if ((await settings.updateOne({ _id, rev }, { $set: set })).matchedCount === 0) {
            throw new UserError("changedMeanwhile");
          }
        }
      } catch (cause) {
        throw isDuplicate(cause) ? new UserError("changedMeanwhile") : cause;
      }
      scope.changed?.({ resource: "signIn", targetId: companyId, targetName: null, before, after });
      return shown(after);
    },
    /** What a sign-in page may offer. A company that there is not offers what one without an identity provider does. */
    async ways(code: string | undefined): Promise<SignInWays> {
      if (code === undefined && (await companies.severalExist())) {
        return { companyNeeded: true, button: null, providerOnly: false };
      }
      const company = await companies.forSignIn(code);
      const found = company && (await of(company.companyId));
      return found?.enabled
        ? { companyNeeded: false, button: found.buttonText, providerOnly: found.providerOnly }
        : { companyNeeded: false, button: null, providerOnly: false };
    },
    /** Throws `passwordsOff` where this account's password is no way in. An administrator's always is: nobody can lock everybody out. */
    async assertPasswordAllowed(companyId: string, isAdmin: boolean): Promise<void> {
      if (isAdmin) return;
      const { enabled, providerOnly, buttonText } = await of(companyId);
      if (enabled && providerOnly) throw new UserError("passwordsOff", { button: buttonText });
    },
  };
}

export type SignInSettingsService = ReturnType<typeof createSignInSettings>;

const refused = (fr: string, en: string) =>
  new UserError("signInSettingsRefused", { problem: { fr, en } satisfies Texts });

/** Tokens travel over it: https, or the company's own network. */
function assertIssuer(written: string, privateHosts: readonly string[]): void {
  if (!URL.canParse(written)) throw refused("l’émetteur n’est pas une adresse", "the issuer is no address");
  const { protocol, hostname, username, password, search, hash } = new URL(written);
  if (username || password || search || hash) {
    throw refused(
      "l’adresse de l’émetteur ne peut avoir ni nom, ni mot de passe, ni paramètres",
      "the issuer’s address can have no user name, no password and no parameters",
    );
  }
  const host = hostname.replace(/^\[|\]$/g, "");
  const reach = mayBeAsked(host, privateHosts);
  if (reach === "private") {
    throw refused(
      `« ${host} » est une adresse privée : inscrivez-la d’abord (page « Webhooks », partie « Ouverture »)`,
      `“${host}” is a private address: list it first (page “Webhooks”, part “Opening”)`,
    );
  }
  if (protocol === "http:" && reach !== "listed") {
    throw refused(
      "hors du réseau de la société, l’émetteur doit être en https",
      "outside the company’s own network the issuer takes https",
    );
  }
}
