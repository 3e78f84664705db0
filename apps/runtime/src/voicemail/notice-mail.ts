import { createHash } from "node:crypto";
import type { BoxNotice } from "@cordboard/api";
import type { MediaShelf } from "../media/index.ts";
import type { MailPort } from "../ports/index.ts";
import type { MessageDocument } from "./model.ts";

export interface NoticeMailGiven {
  readonly mail: MailPort;
  readonly media: Pick<MediaShelf, "readPrivate">;
  readonly publicUrl: string;
  /** The box of a message, as far as its mails go; null: it is gone. */
  readonly boxOf: (companyId: string, boxId: string) => Promise<{ name: string; notice?: BoxNotice | null } | null>;
  readonly timeZoneOf: (companyId: string) => Promise<string>;
}

/** What a mail may carry: about eight minutes. */
const LARGEST_SOUND = 8_000_000;

/**
 * Tells of a message by mail, whom its box names. Rejects until all of it is in the spool, and is told again then: the same message is the same
 * mail to each address, however often it is told.
 */
export function createNoticeMail({ mail, media, publicUrl, boxOf, timeZoneOf }: NoticeMailGiven) {
  return async (message: MessageDocument): Promise<void> => {
    const { _id: messageId, companyId, boxId, sha256 } = message;
    const box = await boxOf(companyId, boxId);
    if (!box?.notice) return;
    const { mails, attach, language } = box.notice;
    const sound = attach ? await media.readPrivate(companyId, sha256) : null;
    const carried = sound !== null && sound.length <= LARGEST_SOUND ? sound : null;
    const words = noticeWords(message, {
      ...{ language, box: box.name, timeZone: await timeZoneOf(companyId), publicUrl },
      tooLong: attach && carried === null,
    });
    for (const to of mails) {
      const digest = createHash("sha256").update(`${messageId} ${to.toLowerCase()}`).digest("hex");
      const filename = `message-${new Date(message.receivedAt).toISOString().slice(0, 16).replace(":", "")}.wav`;
      await mail.post({
        ...{ mailId: `voicemail.${digest.slice(0, 32)}`, companyId, to, ...words },
        ...(carried && {
          attachments: [{ filename, contentType: "audio/wav", base64: carried.toString("base64") }],
        }),
      });
    }
  };
}

interface About {
  readonly language: BoxNotice["language"];
  readonly box: string;
  readonly timeZone: string;
  readonly publicUrl: string;
  readonly tooLong: boolean;
}

/** Subject and text of the mail, in the language of the box. */
function noticeWords(
  { from, hidden, callerName, lineName, durationMs, receivedAt }: MessageDocument,
  { language, box, timeZone, publicUrl, tooLong }: About,
): { readonly subject: string; readonly text: string } {
  const locale = language === "fr" ? "fr-FR" : "en-GB";
  const at = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone }).format(receivedAt);
  const seconds = Math.max(1, Math.round(durationMs / 1_000));
  const length = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const number = hidden || from === null ? null : from;
  const caller = callerName && number ? `${callerName} (${number})` : number;
  const link = `${publicUrl}/designer/voicemail`;
  if (language === "fr") {
    const ofWho = caller === null ? "d’un numéro masqué" : `de ${caller}`;
    return {
      subject: `Message vocal ${ofWho} : ${box}`,
      text: [
        `${caller ?? "Un numéro masqué"} a laissé un message de ${length} dans la boîte « ${box} ».`,
        "",
        `Reçu : ${at}`,
        `Ligne : ${lineName}`,
        ...(tooLong ? ["Le son est trop long pour un mail."] : []),
        "",
        `À écouter dans le poste d’opérateur, par téléphone, ou ici : ${link}`,
      ].join("\n"),
    };
  }
  const who = caller ?? "a hidden number";
  return {
    subject: `Voicemail from ${who}: ${box}`,
    text: [
      `${who === "a hidden number" ? "A hidden number" : who} has left a message of ${length} in the box “${box}”.`,
      "",
      `Received: ${at}`,
      `Line: ${lineName}`,
      ...(tooLong ? ["Its sound is too long for a mail."] : []),
      "",
      `To be heard in the operator’s agent, by telephone, or here: ${link}`,
    ].join("\n"),
  };
}
