import type { MailboxAnswer } from "../calls/host-answers.ts";

/** A host without voicemail boxes. */
export const noMailbox = async (): Promise<MailboxAnswer> => ({
  result: "failed",
  box: null,
  message: null,
  number: null,
});
