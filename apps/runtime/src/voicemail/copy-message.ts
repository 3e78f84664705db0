import { createHash } from "node:crypto";
import type { Connection } from "mongoose";
import { isDuplicate, systemScope } from "../access/index.ts";
import { type MediaShelf, wavSamples } from "../media/index.ts";
import { type Bus, type Clock, type VoicemailChange, voicemailChannel } from "../ports/index.ts";
import { wavFile } from "../recordings/index.ts";
import type { VoicemailBoxes } from "./boxes.ts";
import { type MessageDocument, messageCollection, type Person } from "./model.ts";

/**
 * Puts a copy of a message into another box; false when its sound is gone. It has a sound file of its own: deleting one leaves the other. Sending
 * the same message to the same box twice within a day is sending it once.
 */
export function createCopyMessage(given: {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly boxes: Pick<VoicemailBoxes, "get">;
  readonly media: Pick<MediaShelf, "readPrivate" | "addPrivate">;
}) {
  const { bus, clock, media, boxes } = given;
  const collection = messageCollection(given.connection);
  return async (message: MessageDocument, boxId: string, by: Person): Promise<boolean> => {
    const { companyId } = message;
    const file = await media.readPrivate(companyId, message.sha256);
    if (!file) return false;
    const now = clock.now();
    const _id = `msg_${digest(`${message._id}/${boxId}/${Math.floor(now / 86_400_000)}`)}`;
    const sha256 = await media.addPrivate(companyId, wavFile(wavSamples(file), _id));
    const from = await boxes.get(systemScope(companyId), message.boxId).catch(() => null);
    const copy: MessageDocument = {
      ...message,
      ...{ _id, boxId, sha256, state: "new", heard: null, assignedTo: null, calledBack: null, deletedAt: null },
      receivedAt: now,
      forwarded: { boxName: from?.name ?? message.boxId, by },
    };
    try {
      await collection.insertOne(copy);
    } catch (cause) {
      if (!isDuplicate(cause)) throw cause;
    }
    const change: VoicemailChange = { boxId };
    bus.publish(voicemailChannel(companyId), change);
    return true;
  };
}

export type CopyMessage = ReturnType<typeof createCopyMessage>;

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);
