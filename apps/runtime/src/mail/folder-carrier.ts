import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { letterOptions } from "./letter.ts";
import type { Carried, MailCarrier } from "./mail-carrier.ts";

/**
 * Writes each mail into a folder as a file that mail programs open (`.eml`): for installations without a mail server, which so can see
 * what would be sent, and for tests.
 */
export function folderCarrier({ folder, from }: { readonly folder: string; readonly from: string }): MailCarrier {
  return {
    kind: "folder",
    async deliver(letter): Promise<Carried> {
      try {
        const { createTransport } = await import("nodemailer");
        const composed = await createTransport({ streamTransport: true, buffer: true }).sendMail(
          letterOptions(letter, from),
        );
        await mkdir(folder, { recursive: true });
        const file = join(folder, `${letter.messageId.replace(/[^\w.-]/g, "_")}.eml`);
        await writeFile(`${file}.part`, String(composed.message));
        await rename(`${file}.part`, file);
        return { kind: "delivered" };
      } catch (error) {
        return { kind: "failed", why: error instanceof Error ? error.message : String(error) };
      }
    },
    close() {},
  };
}
