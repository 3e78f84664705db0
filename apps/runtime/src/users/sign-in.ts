import { UserError } from "../errors/index.ts";
import type { SessionKind } from "../http/handlers.ts";
import type { Guessing } from "./guessing.ts";
import type { KnownDevices } from "./known-devices.ts";
import type { Passwords } from "./passwords.ts";
import type { Sessions } from "./sessions.ts";

/** An account as far as signing in is concerned. */
interface Account {
  readonly subjectId: string;
  readonly passwordHash: string;
  readonly enabled: boolean;
  /** An administrator's password is always a way in. */
  readonly isAdmin: boolean;
}

interface SignInAttempt {
  readonly kind: SessionKind;
  readonly companyId: string | null;
  /** What was typed as code or e-mail. */
  readonly name: string;
  readonly account: Account | null;
  readonly password: string;
  readonly address: string;
  readonly device: string | null;
}

export interface SignedIn {
  readonly token: string;
  readonly device: string;
}

/**
 * Checks a password and begins a session.
 *
 * Wrong passwords are counted per account *and* address; a browser that has signed in to the account before has a count of its own.
 * So nobody can lock somebody else out: neither from elsewhere, nor from the next desk.
 */
export function createSignIn(given: {
  readonly sessions: Sessions;
  readonly devices: KnownDevices;
  readonly passwords: Passwords;
  readonly guessing: Guessing;
  /** Throws `passwordsOff` where the company's people sign in by its identity provider alone. */
  readonly assertPasswordAllowed: (companyId: string, isAdmin: boolean) => Promise<void>;
}) {
  const { sessions, devices, passwords, guessing } = given;
  return async (attempt: SignInAttempt): Promise<SignedIn> => {
    const { kind, companyId, name, account, address, device } = attempt;
    const known = account !== null && (await devices.isKnown(device, account.subjectId));
    const from = known ? `device ${device}` : `address ${address}`;
    const key = `${kind}/${companyId}/${name.toLowerCase()}/${from}`;
    const isRight = await guessing.check(key, async () => {
      const urgency = known ? "known" : "anybody";
      const right = await passwords.verify(account?.passwordHash ?? null, attempt.password, urgency);
      return right && account?.enabled === true && companyId !== null;
    });
    if (!isRight || !account || companyId === null) throw new UserError("wrongCredentials");
    // Told to who knows the password only: anybody else learns nothing of the account.
    await given.assertPasswordAllowed(companyId, account.isAdmin);
    const token = await sessions.begin({ companyId, kind, subjectId: account.subjectId });
    return { token, device: await devices.remember(device, companyId, account.subjectId) };
  };
}

export type SignIn = ReturnType<typeof createSignIn>;
