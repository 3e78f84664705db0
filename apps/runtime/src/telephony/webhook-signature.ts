import { createHmac, timingSafeEqual } from "node:crypto";

export type SignatureCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: "missing" | "malformed" | "tooOld" | "fromTheFuture" | "wrong" };

/**
 * Checks `Jambonz-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">` (jambonz 0.9.8, read: `_generateSigHeader`).
 *
 * `body` must be the bytes as they came, before any JSON parser. `now` and `maxAgeMs` in milliseconds; a clock of jambonz that is ahead
 * by more than `maxAgeMs` is refused as well, or an old signature could be kept for later. Never throws.
 */
export function checkWebhookSignature(request: {
  readonly header: string | undefined;
  readonly body: Uint8Array | string;
  readonly secret: string;
  readonly now: number;
  readonly maxAgeMs: number;
}): SignatureCheck {
  const { header, body, secret, now, maxAgeMs } = request;
  if (!header) return { ok: false, reason: "missing" };
  const parts = header.split(",").map((part) => part.trim());
  const time = parts.find((part) => part.startsWith("t="))?.slice(2) ?? "";
  const signatures = parts
    .filter((part) => /^v1=[0-9a-f]{64}$/i.test(part))
    .map((part) => Buffer.from(part.slice(3), "hex"));
  if (!/^\d{1,12}$/.test(time) || signatures.length === 0 || secret === "") return { ok: false, reason: "malformed" };
  const expected = createHmac("sha256", secret).update(`${time}.`).update(body).digest();
  // Every signature is compared, so that the time taken says nothing about which one was near.
  const right = signatures.filter((signature) => timingSafeEqual(signature, expected)).length > 0;
  if (!right) return { ok: false, reason: "wrong" };
  const age = now - Number(time) * 1_000;
  if (age > maxAgeMs) return { ok: false, reason: "tooOld" };
  return age < -maxAgeMs ? { ok: false, reason: "fromTheFuture" } : { ok: true };
}
