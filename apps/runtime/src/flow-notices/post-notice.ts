import { createHash } from "node:crypto";
import { mailAddresses, type NoticeResult, type PostNoticeEffect } from "@cordboard/node-kit";
import type { CallDocument } from "../calls/model.ts";
import type { Events } from "../events/index.ts";
import type { MailPort } from "../ports/index.ts";

export interface PostNoticeGiven {
  readonly mail: MailPort;
  readonly noticed: Events["noticed"];
}

/** A subject is one line. */
const plain = (text: string) => text.replaceAll(/\s+/g, " ").trim();

/**
 * Has somebody told what a flow says: resolves once it is in the spool, or in the log of events. The same notice of the same visit has the same
 * ids, so a step that is made again after a crash tells nothing twice.
 */
export function createPostNotice({ mail, noticed }: PostNoticeGiven) {
  return async (call: CallDocument, { entry, notice }: PostNoticeEffect): Promise<NoticeResult> => {
    const { _id: callId, companyId, snapshot } = call;
    const key = `${callId}/${snapshot?.node?.id ?? ""}/${entry}`;
    if (notice.by === "webhook") {
      await noticed(call, key, notice);
      return "done";
    }
    const addresses = mailAddresses(notice.to);
    if (addresses === null) return "failed";
    const { subject, text } = notice;
    for (const to of addresses) {
      const digest = createHash("sha256").update(JSON.stringify([companyId, key, to]));
      const mailId = `mail_${digest.digest("hex").slice(0, 32)}`;
      await mail.post({ mailId, companyId, to, subject: plain(subject), text });
    }
    return "done";
  };
}
