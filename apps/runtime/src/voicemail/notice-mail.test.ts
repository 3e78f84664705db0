import type { BoxNotice } from "@cordboard/api";
import { expect, test } from "vitest";
import type { PostedMail } from "../ports/index.ts";
import type { MessageDocument } from "./model.ts";
import { createNoticeMail } from "./notice-mail.ts";

const message: MessageDocument = {
  ...{ _id: "msg_1", companyId: "co_1", boxId: "box_1", callId: "call_1", state: "new" },
  ...{ receivedAt: Date.UTC(2026, 10, 30, 8, 5), sha256: "ab", durationMs: 83_400, peaks: [] },
  ...{ from: "+33612345678", hidden: false, callerName: "Léa Martin", lineName: "Main" },
  ...{ heard: null, assignedTo: null, note: "", calledBack: null, forwarded: null, deletedAt: null },
};

async function told(
  notice: BoxNotice | null,
  more: { message?: Partial<MessageDocument>; sound?: Buffer | null; times?: number } = {},
) {
  const spool = new Map<string, PostedMail>();
  const noticeByMail = createNoticeMail({
    mail: { post: async (mail) => void (spool.has(mail.mailId) || spool.set(mail.mailId, mail)) },
    media: { readPrivate: async () => (more.sound === undefined ? Buffer.from("RIFF of the message") : more.sound) },
    publicUrl: "https://calls.example",
    boxOf: async () => ({ name: "Service", notice }),
    timeZoneOf: async () => "Europe/Paris",
  });
  for (let time = 0; time < (more.times ?? 1); time += 1) await noticeByMail({ ...message, ...more.message });
  return [...spool.values()];
}

const french: BoxNotice = { mails: ["a@example.com", "b@example.com"], attach: false, language: "fr" };

test("each address is told in the box's language, once, however often it is asked", async () => {
  const mails = await told(french, { times: 3 });
  expect(mails.map(({ to }) => to)).toEqual(["a@example.com", "b@example.com"]);
  const [mail] = mails;
  expect(mail?.subject).toBe("Message vocal de Léa Martin (+33612345678)\u00a0: Service");
  expect(mail?.text).toContain("un message de 1 min 23 s dans la boîte «\u00a0Service\u00a0»");
  expect(mail?.text).toContain("lundi 30 novembre 2026 à 09:05");
  expect(mail?.text).toContain("https://calls.example/designer/voicemail");
  expect(mail?.attachments).toBeUndefined();
});

test("in English, with the sound; another message is another mail", async () => {
  const english: BoxNotice = { mails: ["a@example.com"], attach: true, language: "en" };
  const [mail] = await told(english);
  expect(mail?.subject).toBe("Voicemail from Léa Martin (+33612345678): Service");
  expect(mail?.attachments).toEqual([
    {
      filename: "message-2026-11-30T0805.wav",
      contentType: "audio/wav",
      base64: Buffer.from("RIFF of the message").toString("base64"),
    },
  ]);
  const [other] = await told(english, { message: { _id: "msg_2" } });
  expect(other?.mailId).not.toBe(mail?.mailId);
});

test("a hidden number stays hidden; sound that is too long, or gone, is said and not sent", async () => {
  const hidden = { from: null, hidden: true, callerName: null };
  const [mail] = await told({ ...french, attach: true }, { message: hidden, sound: Buffer.alloc(8_000_001) });
  expect(mail?.subject).toBe("Message vocal d’un numéro masqué\u00a0: Service");
  expect(mail?.text).toContain("trop long");
  expect(mail?.attachments).toBeUndefined();
});

test("a box that tells nobody tells nobody", async () => {
  expect(await told(null)).toEqual([]);
});
