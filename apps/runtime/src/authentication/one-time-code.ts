import { createHmac } from "node:crypto";

/** So long a one-time code counts, ms. */
export const CODE_LASTS_MS = 10 * 60_000;
const DIGITS = 6;

/**
 * The code of one question of one call. It follows from them and the installation's secret: a process that is asked again after another one
 * died sends the same code, and nothing of it has to be kept.
 */
export function oneTimeCode(secret: string, callId: string, entry: number): string {
  const mac = createHmac("sha256", secret).update(`one-time code/${callId}/${entry}`).digest();
  return String(mac.readUIntBE(0, 6) % 10 ** DIGITS).padStart(DIGITS, "0");
}
