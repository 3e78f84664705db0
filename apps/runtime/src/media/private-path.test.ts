import fc from "fast-check";
import { expect, test } from "vitest";
import { openPrivateSecret, privateSecret } from "./private-path.ts";

const key = Buffer.alloc(32, 1);
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const grant = fc.record({
  companyId: hex(32).map((digits) => `co_${digits}`),
  sha256: hex(64),
  expiresAt: fc.integer({ min: 1, max: 4e12 }),
});

test("a secret opens its own file until it expires, and says whose it is", () => {
  fc.assert(
    fc.property(grant, (given) => {
      const secret = privateSecret(key, given);
      expect(openPrivateSecret(key, secret, given.sha256, given.expiresAt - 1)).toBe(given.companyId);
      expect(openPrivateSecret(key, secret, given.sha256, given.expiresAt)).toBeNull();
    }),
  );
});

test("it opens nothing else, and no change of it does", () => {
  fc.assert(
    fc.property(grant, grant, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (given, other, place, sign) => {
      const secret = privateSecret(key, given);
      if (other.sha256 !== given.sha256) expect(openPrivateSecret(key, secret, other.sha256, 0)).toBeNull();
      expect(openPrivateSecret(Buffer.alloc(32, 2), secret, given.sha256, 0)).toBeNull();
      const at = place % secret.length;
      const changed = secret.slice(0, at) + sign + secret.slice(at + 1);
      // The last sign of the code carries two bits that mean nothing.
      if (changed !== secret && at < secret.length - 1) {
        expect(openPrivateSecret(key, changed, given.sha256, 0)).toBeNull();
      }
    }),
  );
});
