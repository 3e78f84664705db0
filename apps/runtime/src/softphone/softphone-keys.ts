import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** How long one password is given out, ms. It holds until the end of the following stretch, so that nobody is cut off at a change. */
const STRETCH_MS = 60 * 60_000;

/** The parts of a digest (RFC 2617) as jambonz posts them. */
export interface Digest {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly method: string;
  readonly qop?: string | undefined;
  readonly nc?: string | undefined;
  readonly cnonce?: string | undefined;
}

/**
 * Passwords of softphones: made anew every hour from the installation's key, and kept nowhere. Whichever process is asked, and whether the store
 * answers or not, it knows which password a SIP user has just now; whoever presents one got it from us within the last two hours.
 */
export function createSoftphoneKeys({ key, now }: { readonly key: Uint8Array; readonly now: () => number }) {
  const hmac = (...parts: readonly (string | number)[]) =>
    createHmac("sha256", key).update(JSON.stringify(parts)).digest();
  const passwordIn = (user: string, stretch: number) => hmac("password", user, stretch).toString("base64url");
  const stretchOf = (at: number) => Math.floor(at / STRETCH_MS);

  return {
    /**
     * The SIP user of an operator's telephone in one browser: another browser is another user, so that calls go to the one that was chosen last,
     * whatever the others still have registered.
     */
    userOf: (operatorId: string, browserId: string): string =>
      `softphone-${hmac("user", operatorId, browserId).toString("hex").slice(0, 24)}`,
    /** The password of now, and in how many ms a newer one is to be asked for. */
    issue: (user: string): { readonly password: string; readonly renewAfterMs: number } => ({
      password: passwordIn(user, stretchOf(now())),
      renewAfterMs: STRETCH_MS / 2,
    }),
    /** Whether the digest was made with a password that we gave out and that still holds. */
    holds(digest: Digest): boolean {
      const stretch = stretchOf(now());
      return [stretch, stretch - 1]
        .map((one) => isSame(responseTo(digest, passwordIn(digest.username, one)), digest.response))
        .some((right) => right);
    },
  };
}

export type SoftphoneKeys = ReturnType<typeof createSoftphoneKeys>;

/** What a telephone answers to a challenge (RFC 2617, MD5, with and without `qop`). */
function responseTo({ username, realm, nonce, uri, method, qop, nc, cnonce }: Digest, password: string): string {
  const who = md5(`${username}:${realm}:${password}`);
  const what = md5(`${method}:${uri}`);
  return md5(qop ? [who, nonce, nc, cnonce, qop, what].join(":") : [who, nonce, what].join(":"));
}

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
