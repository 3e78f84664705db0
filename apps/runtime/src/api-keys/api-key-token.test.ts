import { expect, test } from "vitest";
import { isApiKeyToken, makeToken, readToken } from "./api-key-token.ts";

const apiKeyId = `key_${"0a".repeat(16)}`;

test("a token gives back its key and a secret of 256 bits, another one each time", () => {
  const [one, other] = [makeToken(apiKeyId), makeToken(apiKeyId)];
  expect(isApiKeyToken(one)).toBe(true);
  const read = readToken(one);
  expect(read?.apiKeyId).toBe(apiKeyId);
  expect(Buffer.from(read?.secret ?? "", "base64url")).toHaveLength(32);
  expect(readToken(other)?.secret).not.toBe(read?.secret);
});

test.each([
  ["cut short", (token: string) => token.slice(0, -1)],
  ["too long", (token: string) => `${token}A`],
  ["without its secret", (token: string) => token.slice(0, apiKeyId.length)],
  ["of an id that is none", (token: string) => token.replace("key_0a", "key_0A")],
  ["with something before it", (token: string) => ` ${token}`],
  ["with a line after it", (token: string) => `${token}\n`],
])("one that is %s is no whole token", (_, change) => {
  expect(readToken(change(makeToken(apiKeyId)))).toBeNull();
});

test("what a browser sends for a session is not taken for a key", () => {
  expect(isApiKeyToken(`ses_${"0a".repeat(16)}`)).toBe(false);
  expect(isApiKeyToken("")).toBe(false);
});
