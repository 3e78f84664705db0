import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { UserError } from "../errors/index.ts";

/** What a guess costs: memory in KiB, and how often it is gone through. */
export interface PasswordCost {
  readonly memoryCost: number;
  readonly timeCost: number;
}

/** OWASP's parameters for argon2id (19 MiB, 2 passes): 20 to 40 ms of one core. */
const usualCost: PasswordCost = { memoryCost: 19_456, timeCost: 2 };

/**
 * Who waits for a slot, the most urgent first: a caller who keyed a code is on the line; a browser that signed in to the account before is no guesser's.
 * Each has a line of its own, so that those who guess can hold up those who guess, and hardly anybody else.
 */
const urgencies = ["caller", "known", "anybody"] as const;
type Urgency = (typeof urgencies)[number];

/**
 * How many may wait in each line: all operators of a large centre who sign in in the same minute. Beyond it the answer is "too many" at once, so that
 * what is waited for is not given up before it comes.
 */
const longestLine = 500;

/**
 * Hashes and checks passwords, at most half of the cores at a time: the same process carries calls.
 * An account that does not exist takes as long as one that does.
 */
export function createPasswords(cost: PasswordCost = usualCost) {
  const options = { algorithm: 2, parallelism: 1, ...cost } as const;
  const slots = Math.max(1, Math.floor(availableParallelism() / 2));
  const lines: Readonly<Record<Urgency, (() => void)[]>> = { caller: [], known: [], anybody: [] };
  let busy = 0;
  let decoy: Promise<string> | undefined;

  async function inSlot<Result>(urgency: Urgency, work: () => Promise<Result>): Promise<Result> {
    if (busy >= slots) {
      const line = lines[urgency];
      if (line.length >= longestLine) throw new UserError("tooManyRequests", { retryAfterSeconds: 5 });
      await new Promise<void>((resolve) => line.push(resolve));
    } else busy += 1;
    try {
      return await work();
    } finally {
      const next = urgencies
        .map((one) => lines[one])
        .find((line) => line.length > 0)
        ?.shift();
      if (next) next();
      else busy -= 1;
    }
  }

  return {
    /** Of a new password: who gives one is signed in already. */
    hash: (password: string): Promise<string> => inSlot("known", () => hash(password, options)),
    /** False for `null`, after the same work. */
    async verify(stored: string | null, password: string, urgency: Urgency = "anybody"): Promise<boolean> {
      decoy ??= hash("decoy", options);
      const against = stored ?? (await decoy);
      const right = await inSlot(urgency, () => verify(against, password));
      return stored !== null && right;
    },
  };
}

export type Passwords = ReturnType<typeof createPasswords>;

/** Refuses what anybody would try first. */
export function assertPasswordStrong(password: string, about: readonly string[]): void {
  if (isPasswordWeak(password, about)) throw new UserError("weakPassword");
}

/** Whether anybody would try that first: the person's own name, code or address, or one sign repeated. */
export function isPasswordWeak(password: string, about: readonly string[]): boolean {
  const plain = password.toLowerCase();
  const known = about.map((word) => word.toLowerCase()).filter((word) => word.length >= 3);
  const tooFew = new Set(plain).size < 4;
  return tooFew || common.has(plain) || known.some((word) => plain.startsWith(word) && plain.length - word.length < 5);
}

const common = new Set([
  "1234567890",
  "0123456789",
  "motdepasse",
  "motdepasse1",
  "password12",
  "password123",
  "passwordpassword",
  "azertyuiop",
  "qwertyuiop",
  "cordboard1",
  "changemenow",
]);
