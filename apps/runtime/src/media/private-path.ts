import { createHmac, timingSafeEqual } from "node:crypto";

/** What a private path is made for: whose audio it is, and until when it may be fetched. */
export interface PrivateGrant {
  readonly companyId: string;
  /** The name of the file in the path: its hash, and from where on it is opened. */
  readonly sha256: string;
  /** UTC ms. */
  readonly expiresAt: number;
}

/**
 * The secret part of a private path, `<companyId>-<expiry>-<mac>`. It is in the path because the telephone system mangles queries; it
 * opens one file, for a short time, and nothing else.
 */
export function privateSecret(key: Uint8Array, { companyId, sha256, expiresAt }: PrivateGrant): string {
  const expiry = expiresAt.toString(36);
  return `${companyId}-${expiry}-${mac(key, companyId, expiry, sha256).toString("base64url")}`;
}

/** Whose file a secret opens, or `null` when it is not ours, for another file, or no longer valid. */
export function openPrivateSecret(key: Uint8Array, secret: string, sha256: string, now: number): string | null {
  const [, companyId, expiry, given] = /^(co_[0-9a-f]{32})-([0-9a-z]{1,10})-([\w-]{43})$/.exec(secret) ?? [];
  if (companyId === undefined || expiry === undefined || given === undefined) return null;
  const expected = mac(key, companyId, expiry, sha256);
  const received = Buffer.from(given, "base64url");
  if (received.length !== expected.length || !timingSafeEqual(received, expected)) return null;
  return Number.parseInt(expiry, 36) > now ? companyId : null;
}

const mac = (key: Uint8Array, ...parts: readonly string[]) =>
  createHmac("sha256", key).update(parts.join("/")).digest();
