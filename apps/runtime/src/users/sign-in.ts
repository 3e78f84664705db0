import { RateLimiterMemory } from "rate-limiter-flexible";
import { UserError } from "../errors/index.ts";
import type { SessionKind } from "../http/handlers.ts";
import type { KnownDevices } from "./known-devices.ts";
import type { Passwords } from "./passwords.ts";
import type { Sessions } from "./sessions.ts";

/** An account as far as signing in is concerned. */
interface Account {
  readonly subjectId: string;
  readonly passwordHash: string;
  readonly enabled: boolean;
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

export interface GuessingLimits {
  readonly attempts: number;
  readonly windowSeconds: number;
  readonly pauseSeconds: number;
}

/** Ten wrong ones within ten minutes make that address wait five minutes for that account. */
const defaultGuessingLimits: GuessingLimits = { attempts: 10, windowSeconds: 600, pauseSeconds: 300 };

/**
 * Checks a password and begins a session.
 *
 * Wrong passwords are counted per account *and* address; a browser that has signed in to the account before has a count of its own.
 * So nobody can lock somebody else out: neither from elsewhere, nor from the next desk. Counts live in this process's memory: with several
 * runtimes an attacker has as many tries more, which argon2 makes dear.
 */
export function createSignIn(given: {
  readonly sessions: Sessions;
  readonly devices: KnownDevices;
  readonly passwords: Passwords;
  readonly limits?: GuessingLimits;
}) {
  const { sessions, devices, passwords, limits = defaultGuessingLimits } = given;
  const wrong = new RateLimiterMemory({
    points: limits.attempts,
    duration: limits.windowSeconds,
    blockDuration: limits.pauseSeconds,
  });
  return async (attempt: SignInAttempt): Promise<SignedIn> => {
    const { kind, companyId, name, account, address, device } = attempt;
    const known = account !== null && (await devices.isKnown(device, account.subjectId));
    const from = known ? `device ${device}` : `address ${address}`;
    const key = `${kind}/${companyId}/${name.toLowerCase()}/${from}`;
    const state = await wrong.get(key);
    if (state && state.consumedPoints >= limits.attempts) throw tooManyAttempts(state.msBeforeNext);
    const right = await passwords.verify(account?.passwordHash ?? null, attempt.password);
    if (!right || !account?.enabled || companyId === null) {
      const after = await wrong.penalty(key);
      if (after.consumedPoints >= limits.attempts) await wrong.block(key, limits.pauseSeconds);
      throw new UserError("wrongCredentials");
    }
    await wrong.delete(key);
    const token = await sessions.begin({ companyId, kind, subjectId: account.subjectId });
    return { token, device: await devices.remember(device, companyId, account.subjectId) };
  };
}

export type SignIn = ReturnType<typeof createSignIn>;

function tooManyAttempts(waitMs: number): UserError {
  return new UserError("tooManyAttempts", { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });
}
