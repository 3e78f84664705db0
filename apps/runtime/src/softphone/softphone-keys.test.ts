import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { createSoftphoneKeys, type Digest } from "./softphone-keys.ts";

const hour = 3_600_000;
let at = 100 * hour;
const keys = createSoftphoneKeys({ key: new Uint8Array(32).fill(7), now: () => at });
const md5 = (text: string) => createHash("md5").update(text).digest("hex");

/** What a SIP library sends for this password: with `qop`, or as old telephones do. */
function registers(username: string, password: string, old = false): Digest {
  const asked = { username, realm: "pbx.example.com", nonce: "n1", uri: "sip:pbx.example.com", method: "REGISTER" };
  const who = md5(`${username}:${asked.realm}:${password}`);
  const what = md5(`${asked.method}:${asked.uri}`);
  if (old) return { ...asked, response: md5(`${who}:n1:${what}`) };
  return { ...asked, qop: "auth", nc: "00000001", cnonce: "c1", response: md5(`${who}:n1:00000001:c1:auth:${what}`) };
}

test("a password lets its user in, in both forms of the digest, and nobody else", () => {
  const { password } = keys.issue("softphone-1");
  expect(keys.holds(registers("softphone-1", password))).toBe(true);
  expect(keys.holds(registers("softphone-1", password, true))).toBe(true);
  expect(keys.holds(registers("softphone-2", password))).toBe(false);
  expect(keys.holds(registers("softphone-1", `${password}x`))).toBe(false);
  expect(keys.holds({ ...registers("softphone-1", password), method: "INVITE" })).toBe(false);
  expect(keys.holds({ ...registers("softphone-1", password), response: "" })).toBe(false);
});

test("it holds for the stretch after its own, whatever process is asked, and not for ever", () => {
  const begun = at;
  const { password, renewAfterMs } = keys.issue("softphone-1");
  const other = createSoftphoneKeys({ key: new Uint8Array(32).fill(7), now: () => at });
  at = begun + hour;
  expect(other.issue("softphone-1").password).not.toBe(password);
  expect(other.holds(registers("softphone-1", password))).toBe(true);
  expect(renewAfterMs).toBeLessThan(hour);
  at = begun + 2 * hour;
  expect(other.holds(registers("softphone-1", password))).toBe(false);
  at = begun;
});

test("another browser of the same operator is another user, the same one is the same", () => {
  expect(keys.userOf("op_1", "browser-a")).toBe(keys.userOf("op_1", "browser-a"));
  expect(keys.userOf("op_1", "browser-a")).not.toBe(keys.userOf("op_1", "browser-b"));
  expect(keys.userOf("op_1", "browser-a")).not.toBe(keys.userOf("op_2", "browser-a"));
  expect(keys.userOf("op_1", "browser-a")).toMatch(/^softphone-[0-9a-f]{24}$/);
});
