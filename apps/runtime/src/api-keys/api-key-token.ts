import { randomBytes } from "node:crypto";

/** What a program sends: the key's id, and a secret of 256 random bits. The prefix lets scanners of source code find one that was left in it. */
export const makeToken = (apiKeyId: string): string => `${apiKeyId}_${randomBytes(32).toString("base64url")}`;

const form = /^(key_[0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;

/** Whether it is meant as an API key, whole or not: nothing else that is sent as a token begins so. */
export const isApiKeyToken = (token: string): boolean => token.startsWith("key_");

/** Its two halves, or `null`: not a whole one. */
export function readToken(token: string): { readonly apiKeyId: string; readonly secret: string } | null {
  const [, apiKeyId, secret] = form.exec(token) ?? [];
  return apiKeyId === undefined || secret === undefined ? null : { apiKeyId, secret };
}
