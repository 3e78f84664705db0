import fc from "fast-check";
import { expect, test } from "vitest";
import { openGrant, sealGrant } from "./grant.ts";

const key = Buffer.alloc(32, 1);
const grant = fc.record({
  companyId: fc.stringMatching(/^co_[0-9a-f]{32}$/),
  recordingId: fc.stringMatching(/^rec_[0-9a-f]{32}$/),
  part: fc.stringMatching(/^[0-9a-f-]{10,30}$/),
  maxMs: fc.integer({ min: 1, max: 600_000 }),
  silenceMs: fc.option(fc.integer({ min: 500, max: 20_000 })),
  validUntil: fc.integer({ min: 1, max: 4e12 }),
});

test("a grant is read back as it was sealed, until it is no longer valid, and by nobody else", () => {
  fc.assert(
    fc.property(grant, (given) => {
      const sealed = sealGrant(key, given);
      expect(openGrant(key, sealed, given.validUntil - 1)).toEqual(given);
      expect(openGrant(key, sealed, given.validUntil)).toBeNull();
      expect(openGrant(Buffer.alloc(32, 2), sealed, 0)).toBeNull();
      // What travels in a `listen`'s metadata is escaped by nobody.
      expect(sealed).toMatch(/^[\w.-]+$/);
    }),
  );
});

test("no change of it is taken", () => {
  fc.assert(
    fc.property(grant, fc.nat(), fc.stringMatching(/^[\w.-]$/), (given, place, sign) => {
      const sealed = sealGrant(key, given);
      const at = place % (sealed.length - 1);
      const changed = sealed.slice(0, at) + sign + sealed.slice(at + 1);
      if (changed !== sealed) expect(openGrant(key, changed, 0)).toBeNull();
    }),
  );
});
