import { createHash } from "node:crypto";
import type { RecordEffect } from "@cordboard/node-kit";
import type { Recorder, RecordingName } from "../calls/recorder.ts";
import type { MediaShelf } from "../media/index.ts";
import type { Clock } from "../ports/index.ts";
import type { Credentials, ListenTo } from "../telephony/index.ts";
import { createAudioEndpoint } from "./audio-endpoint.ts";
import { partsMs, recordingFolder } from "./folder.ts";
import { sealGrant } from "./grant.ts";
import { peaksOf } from "./peaks.ts";
import { wavFile } from "./wav-file.ts";

export interface RecordingsGiven {
  /** Where recordings lie while they are made. Several runtimes share it. */
  readonly folder: string;
  /** Path of the endpoint, as `/jambonz/audio`. */
  readonly path: string;
  /** The address under which jambonz finds it. */
  readonly url: string;
  readonly credentials: Credentials;
  /** The same in every process of an installation. At least 32 bytes. */
  readonly key: Uint8Array;
  readonly media: MediaShelf;
  readonly clock: Clock;
  readonly log: { warn(details: object, message: string): void };
}

/** A listen begins within moments; a beep, or what is held back before it, takes seconds. */
const GRANT_MS = 60_000;
/** jambonz says that it stopped before its last samples are written (jambonz 0.9.8, seen: f3), by milliseconds. */
const WRITING_PATIENCE_MS = 1_000;
/** A part that was not written to for this long is not being written: audio comes 50 times a second, silence too. */
const STALE_MS = 1_500;
const LOOK_EACH_MS = 100;
/** For as long as the caller may take to hear it, over and over. */
const PREVIEW_MS = 30 * 60_000;

/** Longer conversations are recorded so far. */
const LONGEST_TALK_MS = 4 * 3_600_000;

/** What jambonz is told of where a conversation's sound goes: the options of `listen` in `config` (jambonz 0.9.8, seen: f11). */
export interface TalkListening {
  readonly url: string;
  readonly wsAuth: { readonly username: string; readonly password: string };
  readonly mixType: "stereo";
  readonly sampleRate: number;
  readonly passDtmf: boolean;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Not yet: a part of it is still being written. Ask again. */
class RecordingBusyError extends Error {
  readonly code = "recordings.busy";
}

/** What callers record: received, kept on the disk in parts while it is made, and joined. */
export function createRecordings(given: RecordingsGiven) {
  const { media, clock, key } = given;
  const folder = recordingFolder(given.folder);
  const endpoint = createAudioEndpoint({ ...given, folder });

  /** The parts, once none of them is being written: here, or by another process as far as the files show. */
  async function settledParts(recording: RecordingName) {
    await endpoint.settled(recording, WRITING_PATIENCE_MS);
    for (let waited = 0; ; waited += LOOK_EACH_MS) {
      const parts = await folder.parts(recording);
      if (!parts.some(isFresh) || waited >= WRITING_PATIENCE_MS) return parts;
      await new Promise<void>((resolve) => {
        clock.at(clock.now() + LOOK_EACH_MS, resolve);
      });
    }
  }

  const isFresh = ({ end, writtenAt }: { end: string; writtenAt: number }) =>
    end === "open" && Date.now() - writtenAt < STALE_MS;

  /** On the private shelf, whole; `null` when there is nothing. */
  async function join(recording: RecordingName) {
    const samples = await folder.samples(recording);
    if (samples.length === 0) return null;
    const sha256 = await media.addPrivate(recording.companyId, wavFile(samples, recording.recordingId));
    return { sha256, durationMs: Math.floor(samples.length / 16), peaks: peaksOf(samples) };
  }

  const recorder: Recorder = {
    async ended(recording) {
      const parts = await settledParts(recording);
      const last = endpoint.failedHere(recording) ? "failed" : parts.at(-1)?.end;
      return { durationMs: partsMs(parts), lastEnd: last === "silence" || last === "failed" ? last : "closed" };
    },
    async flowing(recording) {
      return endpoint.arrives(recording) || (await folder.parts(recording)).some(isFresh);
    },
  };

  return {
    recorder,
    handleUpgrade: endpoint.handleUpgrade,
    /** Where to send the next stretch of a recording. Throws when there is no room for it on the disk. */
    async listenTo(recording: RecordingName, effect: RecordEffect, epoch: number): Promise<ListenTo> {
      const part = await folder.nextPart(recording, epoch);
      const recordedMs = partsMs(await folder.parts(recording));
      const maxMs = Math.max(LOOK_EACH_MS, effect.maxMs - recordedMs);
      const { silenceMs } = effect;
      const grant = sealGrant(key, { ...recording, part, maxMs, silenceMs, validUntil: clock.now() + GRANT_MS });
      return {
        url: given.url,
        ...given.credentials,
        metadata: { recordingId: recording.recordingId, grant },
        maxMs,
        beep: effect.beep && recordedMs === 0,
      };
    },
    /** The same for a conversation: both sides, until it is told to stop. `swapped`: the operator's comes first, and is kept second. */
    async listenToTalk(
      recording: RecordingName,
      epoch: number,
      how: { readonly swapped: boolean },
    ): Promise<TalkListening> {
      const part = await folder.nextPart(recording, epoch, how);
      const validUntil = clock.now() + GRANT_MS;
      const grant = sealGrant(key, {
        ...recording,
        part,
        maxMs: LONGEST_TALK_MS,
        silenceMs: null,
        validUntil,
        channels: 2,
      });
      const { username, password } = given.credentials;
      return {
        url: given.url,
        wsAuth: { username, password },
        mixType: "stereo",
        sampleRate: 8000,
        passDtmf: false,
        metadata: { recordingId: recording.recordingId, grant },
      };
    },
    /** A whole conversation, on the private shelf; `null` when there is nothing. Throws RecordingBusyError while it is being made. */
    async wholeTalk(recording: RecordingName) {
      const parts = await settledParts(recording);
      if (parts.some(isFresh)) throw new RecordingBusyError(`${recording.recordingId} is still being written`);
      const samples = await folder.samples(recording, 2);
      if (samples.length === 0) return null;
      const sha256 = await media.addPrivate(recording.companyId, wavFile(samples, recording.recordingId, 2));
      return { sha256, durationMs: Math.floor(samples.length / 32), peaks: peaksOf(samples) };
    },
    /** A path, below `/media`, under which the caller hears what was recorded; `null` when there is nothing. */
    async preview(recording: RecordingName): Promise<string | null> {
      await settledParts(recording);
      const joined = await join(recording);
      return joined && media.privatePath(recording.companyId, joined.sha256, PREVIEW_MS);
    },
    /** The whole recording, on the private shelf; `null` when there is nothing. Throws RecordingBusyError while it is being made. */
    async whole(recording: RecordingName) {
      const parts = await settledParts(recording);
      if (parts.some(isFresh)) throw new RecordingBusyError(`${recording.recordingId} is still being written`);
      return join(recording);
    },
    /** The whole recording as a WAV file, which lies nowhere; `null` when there is nothing. */
    async file(recording: RecordingName): Promise<Buffer | null> {
      await settledParts(recording);
      const samples = await folder.samples(recording);
      return samples.length === 0 ? null : wavFile(samples, recording.recordingId);
    },
    /** Forgets the parts; `andAudio`: what lies on the shelf as well. */
    async remove(recording: RecordingName, { andAudio }: { readonly andAudio: boolean }): Promise<void> {
      if (andAudio) {
        const samples = await folder.samples(recording);
        const joined = samples.length === 0 ? null : wavFile(samples, recording.recordingId);
        const sha256 = joined && createHash("sha256").update(joined).digest("hex");
        if (sha256) await media.removePrivate(recording.companyId, sha256);
      }
      endpoint.forget(recording);
      await folder.remove(recording);
    },
    close: (): Promise<void> => endpoint.close(),
  };
}

export type Recordings = ReturnType<typeof createRecordings>;
