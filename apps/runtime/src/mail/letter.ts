import type { SendMailOptions } from "nodemailer";
import type { LetterToCarry } from "./mail-carrier.ts";

/** A letter as nodemailer composes it. What the text says is never taken for a file or an address to fetch. */
export function letterOptions(
  { to, subject, text, html, attachments = [], messageId }: LetterToCarry,
  from: string,
): SendMailOptions {
  return {
    from,
    to,
    subject,
    text,
    ...(html !== undefined && { html }),
    messageId: `<${messageId}@cordboard>`,
    // Out-of-office answers to alarms help nobody.
    headers: { "Auto-Submitted": "auto-generated" },
    attachments: attachments.map(({ filename, contentType, base64 }) => ({
      filename,
      contentType,
      content: Buffer.from(base64, "base64"),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
