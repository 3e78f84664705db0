import { createHmac, randomBytes } from "node:crypto";

/** A secret as Standard Webhooks writes it: `whsec_` and 192 random bits in base64. */
export const makeSecret = (): string => `whsec_${randomBytes(24).toString("base64")}`;

/**
 * The headers of a delivery by Standard Webhooks 1.0: HMAC-SHA256 over id, time and body, so that a receiver knows who sent it, that it is
 * whole, and how old it is. With two secrets there are two signatures; one that fits is enough.
 */
export function signedHeaders(
  secrets: readonly string[],
  { id, at, body }: { readonly id: string; readonly at: number; readonly body: string },
): Record<string, string> {
  const seconds = String(Math.floor(at / 1000));
  const signature = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": signature.join(" ") };
}
