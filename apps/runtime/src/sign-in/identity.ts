import type { ErrorCode, ScreenLanguage, SignInGroup, SignInSettings, Texts } from "@cordboard/api";

/** Who somebody is to the issuer, as far as that matters here. */
export interface Identity {
  /** The value of the claim that names them once and for all. */
  readonly externalId: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly name: string | null;
  /** What they are called there in one word. */
  readonly userName: string | null;
  readonly language: ScreenLanguage | null;
  readonly groups: readonly string[];
}

/** A user or operator, as far as signing in is concerned. */
export interface Account {
  readonly accountId: string;
  readonly externalId: string | null;
  readonly enabled: boolean;
}

export type Judged =
  | { readonly kind: "known"; readonly accountId: string; readonly bind: boolean }
  /** Nobody's yet. */
  | { readonly kind: "unknown" }
  | { readonly kind: "refused"; readonly code: ErrorCode; readonly details: Readonly<Record<string, unknown>> };

type ReadBy = Pick<SignInSettings, "idClaim" | "groupsClaim" | "trustsUnstatedEmail">;

/** Reads the claims of an ID token that was checked (and of the user info that belongs to it). Null: the claim that names the person is not there. */
export function readIdentity(claims: Readonly<Record<string, unknown>>, by: ReadBy): Identity | null {
  const named = claims[by.idClaim];
  const externalId = typeof named === "string" || typeof named === "number" ? String(named).trim() : "";
  if (externalId === "" || externalId.length > 200) return null;
  const email = wordOf(claims.email)?.toLowerCase() ?? null;
  const whole = [claims.given_name, claims.family_name].flatMap((part) => wordOf(part) ?? []).join(" ");
  const locale = wordOf(claims.locale)?.toLowerCase().slice(0, 2);
  const groups: unknown = claims[by.groupsClaim];
  return {
    externalId,
    email: email !== null && /^[^\s@]+@[^\s@]+$/.test(email) && email.length <= 254 ? email : null,
    // Some issuers say it as a word.
    emailVerified:
      claims.email_verified === true ||
      claims.email_verified === "true" ||
      (claims.email_verified === undefined && by.trustsUnstatedEmail),
    name: wordOf(claims.name) ?? (whole || null),
    userName: wordOf(claims.preferred_username),
    language: locale === "fr" || locale === "en" ? locale : null,
    groups: (Array.isArray(groups) ? groups : [groups]).filter((group) => typeof group === "string"),
  };
}

/**
 * Which account an identity is. Whoever is known by the external id is that account, whatever the addresses say. A verified address leads to an
 * account only while that is bound to nobody: an address that is given to somebody else one day gives them no account.
 */
export function judgeIdentity(
  identity: Identity,
  match: SignInSettings["match"],
  found: { readonly byId: readonly Account[]; readonly byEmail: readonly Account[] },
): Judged {
  const [known] = found.byId;
  if (known) return use(known, false);
  if (match === "externalId") return { kind: "unknown" };
  const { email, emailVerified } = identity;
  if (email === null) return { kind: "refused", code: "signInEmailMissing", details: {} };
  if (!emailVerified) return { kind: "refused", code: "signInEmailUnverified", details: { email } };
  const [named, another] = found.byEmail;
  if (!named) return { kind: "unknown" };
  if (another || named.externalId !== null) return { kind: "refused", code: "signInEmailTaken", details: { email } };
  return use(named, true);
}

function use({ accountId, enabled }: Account, bind: boolean): Judged {
  return enabled ? { kind: "known", accountId, bind } : { kind: "refused", code: "signInDisabled", details: {} };
}

/** What the groups make of somebody who comes for the first time, at this door; null: nothing. The order of the rules decides. */
export function groupFor(
  { groups }: Pick<Identity, "groups">,
  rules: readonly SignInGroup[],
  kind: "user" | "operator",
): SignInGroup | null {
  const fits = ({ group, as }: SignInGroup) =>
    (as === "operator") === (kind === "operator") && (group === "*" || groups.includes(group));
  return rules.find(fits) ?? null;
}

/** How they are named to themselves when they are refused. */
export const shownName = ({ email, userName, name, externalId }: Identity): string =>
  email ?? userName ?? name ?? externalId;

/** Codes to try for a new operator, the likeliest first: a name as it is at the issuer, then with a number. */
export function operatorCodes({
  userName,
  email,
  externalId,
}: Pick<Identity, "userName" | "email" | "externalId">): string[] {
  const [stem = ""] = [userName, email, externalId].flatMap((word) => {
    const plain = (word ?? "")
      .split("@", 1)[0]
      ?.normalize("NFD")
      .replace(/[^A-Za-z0-9._-]/g, "")
      .slice(0, 28);
    return plain || [];
  });
  const first = stem || "operator";
  return [first, ...Array.from({ length: 99 }, (_, index) => `${first}${index + 2}`)];
}

/** The page's word for who is missing. */
export const whereWords: Readonly<Record<"user" | "operator", Texts>> = {
  user: {
    fr: "utilisateur (page des administrateurs et responsables)",
    en: "user (the page of administrators and supervisors)",
  },
  operator: { fr: "opérateur", en: "operator" },
};

const wordOf = (value: unknown): string | null =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : null;
