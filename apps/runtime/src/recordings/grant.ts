import { createHmac, timingSafeEqual } from "node:crypto";

/** What may be sent to the audio endpoint: one part of one recording, once, and no longer than agreed. */
export interface RecordingGrant {
  readonly companyId: string;
  readonly recordingId: string;
  /** The name of the part; also what makes the grant good for one use only (see folder.ts). */
  readonly part: string;
  /** The longest that is taken, ms. */
  readonly maxMs: number;
  /** Silence that ends the recording, ms; null: it does not. */
  readonly silenceMs: number | null;
  /** 2: caller and operator, a sample of each in turn; absent: one voice. */
  readonly channels?: 2;
  /** UTC ms. */
  readonly validUntil: number;
}

/** The grant as the text that travels in the metadata of a `listen`: letters, digits, `-`, `_` and one dot, which nothing on the way escapes. */
export function sealGrant(key: Uint8Array, grant: RecordingGrant): string {
  const text = Buffer.from(JSON.stringify(grant)).toString("base64url");
  return `${text}.${mac(key, text).toString("base64url")}`;
}

/** `null` when it is not ours, was changed, or is no longer valid. */
export function openGrant(key: Uint8Array, sealed: string, now: number): RecordingGrant | null {
  const [, text, given] = /^([\w-]{20,800})\.([\w-]{43})$/.exec(sealed) ?? [];
  if (text === undefined || given === undefined) return null;
  const received = Buffer.from(given, "base64url");
  const expected = mac(key, text);
  if (received.length !== expected.length || !timingSafeEqual(received, expected)) return null;
  // Ours, so it is what was sealed.
  const grant: RecordingGrant = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  return grant.validUntil > now ? grant : null;
}

const mac = (key: Uint8Array, text: string) => createHmac("sha256", key).update(text).digest();
