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

/** How many requests may wait for a slot: beyond it the answer is "too many" at once, so that guessing cannot starve the calls. */
const longestQueue = 200;

/**
 * Hashes and checks passwords, at most half of the cores at a time: the same process carries calls.
 * An account that does not exist takes as long as one that does.
 */
export function createPasswords(cost: PasswordCost = usualCost) {
  const options = { algorithm: 2, parallelism: 1, ...cost } as const;
  const slots = Math.max(1, Math.floor(availableParallelism() / 2));
  const waiting: (() => void)[] = [];
  let busy = 0;
  let decoy: Promise<string> | undefined;

  async function inSlot<Result>(work: () => Promise<Result>): Promise<Result> {
    if (busy >= slots) {
      if (waiting.length >= longestQueue) throw new UserError("tooManyRequests", { retryAfterSeconds: 5 });
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else busy += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  }

  return {
    hash: (password: string): Promise<string> => inSlot(() => hash(password, options)),
    /** False for `null`, after the same work. */
    async verify(stored: string | null, password: string): Promise<boolean> {
      decoy ??= hash("decoy", options);
      const against = stored ?? (await decoy);
      const right = await inSlot(() => verify(against, password));
      return stored !== null && right;
    },
  };
}

export type Passwords = ReturnType<typeof createPasswords>;

/** Refuses what anybody would try first: the person's own name, code or address, or one sign repeated. */
export function assertPasswordStrong(password: string, about: readonly string[]): void {
  const plain = password.toLowerCase();
  const known = about.map((word) => word.toLowerCase()).filter((word) => word.length >= 3);
  const tooFew = new Set(plain).size < 4;
  if (tooFew || common.has(plain) || known.some((word) => plain.startsWith(word) && plain.length - word.length < 5)) {
    throw new UserError("weakPassword");
  }
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
