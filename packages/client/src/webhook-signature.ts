import type { AnyEvent } from "@cordboard/api";

/** A delivery that is not to be believed: not signed with the secret, changed on its way, or too old. */
export class WebhookRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "WebhookRefused";
  }
}

type HeadersLike = Headers | Readonly<Record<string, string | string[] | undefined>>;

interface Delivery {
  readonly headers: HeadersLike;
  /** As it came, before anybody read it as JSON. */
  readonly body: string;
}

/** Older or newer than this by its own time: somebody may be sending again what they have seen. */
const usualToleranceMs = 5 * 60_000;

/**
 * The event of a delivery that is signed with one of the secrets (Standard Webhooks 1.0), in Node and in browsers; otherwise `WebhookRefused`.
 * What comes again has the same `eventId`. What is no event (an alarm) is told by `Told`.
 */
export async function verifyWebhook<Told = AnyEvent>(
  { headers, body }: Delivery,
  secrets: string | readonly string[],
  { now = Date.now(), toleranceMs = usualToleranceMs }: { readonly now?: number; readonly toleranceMs?: number } = {},
): Promise<Told> {
  const id = headerOf(headers, "webhook-id");
  const seconds = headerOf(headers, "webhook-timestamp");
  const signatures = headerOf(headers, "webhook-signature")?.split(" ") ?? [];
  if (!id || !seconds || signatures.length === 0) throw new WebhookRefused("The delivery is not signed.");
  const at = Number(seconds) * 1_000;
  if (!Number.isFinite(at) || Math.abs(now - at) > toleranceMs) {
    throw new WebhookRefused("The delivery is too old, or from the future: check this machine's clock.");
  }
  for (const secret of typeof secrets === "string" ? [secrets] : secrets) {
    const expected = await signWebhook(secret, { id, seconds, body });
    if (signatures.some((signature) => sameText(signature, expected))) return JSON.parse(body);
  }
  throw new WebhookRefused("No signature fits: the secret is another one, or the body was changed.");
}

/** The signature of a delivery, for tests of receivers. */
export async function signWebhook(
  secret: string,
  { id, seconds, body }: { readonly id: string; readonly seconds: string; readonly body: string },
): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.replace(/^whsec_/, "")), (letter) => letter.charCodeAt(0));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
  const signed = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${id}.${seconds}.${body}`));
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(signed)))}`;
}

function headerOf(headers: HeadersLike, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return Array.isArray(value) ? value[0] : value;
}

/** In a time that does not depend on where they differ. */
function sameText(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let differing = 0;
  for (let at = 0; at < a.length; at++) differing |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return differing === 0;
}
