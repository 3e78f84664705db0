import type { Connection } from "mongoose";
import type { MediaShelf } from "../media/index.ts";
import { type Bus, type VoicemailChange, voicemailChannel } from "../ports/index.ts";
import { codeTriesCollection, type MessageDocument, messageCollection } from "../voicemail/index.ts";
import type { Holder } from "./holder.ts";
import { isOf, type Person } from "./person.ts";

/** What a person left in voicemail boxes, copies and deleted ones included; and the wrong codes that came from their number. */
export function messagesHolder(given: {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly media: Pick<MediaShelf, "readPrivate" | "removePrivate">;
}): Holder {
  const { connection, bus, media } = given;
  const messages = messageCollection(connection);
  const tries = codeTriesCollection(connection);

  async function found(person: Person): Promise<MessageDocument[]> {
    const shown = await messages.find({ companyId: person.companyId, from: { $ne: null } }).toArray();
    return shown.filter(({ from }) => isOf(person, from));
  }

  return {
    what: "messages",
    count: async (person) => (await found(person)).length,
    underWay: async () => 0,
    async export(person) {
      const theirs = await found(person);
      return Promise.all(
        theirs.map(async ({ _id, companyId, sha256, peaks, ...message }) => {
          const audio = await media.readPrivate(companyId, sha256);
          const receivedAt = new Date(message.receivedAt).toISOString();
          return { messageId: _id, ...message, receivedAt, audio: audio?.toString("base64") ?? null };
        }),
      );
    },
    async erase(person) {
      const { companyId } = person;
      const theirs = await found(person);
      for (const { _id, sha256, boxId } of theirs) {
        // The sound first: a message without is found again, a sound without message by nobody.
        await media.removePrivate(companyId, sha256);
        await messages.deleteOne({ _id, companyId });
        const change: VoicemailChange = { boxId };
        bus.publish(voicemailChannel(companyId), change);
      }
      const guessed = await tries.find({ companyId }, { projection: { _id: 1 } }).toArray();
      const ids = guessed.map(({ _id }) => _id).filter((id) => isOf(person, id.split("/").at(-1)));
      if (ids.length > 0) await tries.deleteMany({ companyId, _id: { $in: ids } });
      return theirs.length;
    },
  };
}
