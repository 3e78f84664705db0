import type { Connection } from "mongoose";
import { isDuplicate } from "../access/index.ts";
import type { Mailbox, RecordingName } from "../calls/recorder.ts";
import { type Bus, type Clock, type VoicemailChange, voicemailChannel } from "../ports/index.ts";
import type { Recordings } from "../recordings/index.ts";
import { type MessageDocument, messageCollection } from "./model.ts";

/**
 * Where recordings become messages. Safe to repeat: a recording is one message, whoever delivers it and how often; what was delivered or
 * dropped is forgotten on the disk last, so that a process that dies between loses nothing.
 */
export function createMailbox(given: {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly recordings: Pick<Recordings, "whole" | "remove">;
  /** Told of each message, once at least, before its recording is forgotten. */
  readonly onLeft?: (message: MessageDocument) => Promise<void>;
}): Mailbox {
  const { bus, clock, recordings } = given;
  const collection = messageCollection(given.connection);
  return {
    async deliver({ companyId, recordingId, callId, boxId, minMs, from, hidden, callerName, lineName }) {
      const recording: RecordingName = { companyId, recordingId };
      const messageId = messageIdOf(recordingId);
      const delivered = await collection.findOne({ _id: messageId, companyId });
      if (delivered) {
        await given.onLeft?.(delivered);
        return recordings.remove(recording, { andAudio: false });
      }
      const whole = await recordings.whole(recording);
      if (!whole || whole.durationMs < minMs) return recordings.remove(recording, { andAudio: true });
      const message: MessageDocument = {
        _id: messageId,
        companyId,
        boxId,
        callId,
        state: "new",
        receivedAt: clock.now(),
        ...whole,
        // A hidden number is not kept at all: nobody may call it back.
        from: hidden ? null : from,
        hidden,
        callerName: hidden ? null : callerName,
        lineName,
        heard: null,
        assignedTo: null,
        note: "",
        calledBack: null,
        forwarded: null,
        deletedAt: null,
      };
      try {
        await collection.insertOne(message);
      } catch (cause) {
        if (!isDuplicate(cause)) throw cause;
      }
      await given.onLeft?.(message);
      const change: VoicemailChange = { boxId };
      bus.publish(voicemailChannel(companyId), change);
      await recordings.remove(recording, { andAudio: false });
    },
    drop: (recording) => recordings.remove(recording, { andAudio: true }),
  };
}

const messageIdOf = (recordingId: string): string => recordingId.replace(/^rec_/, "msg_");
