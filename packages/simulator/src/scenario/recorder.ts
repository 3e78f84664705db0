import type { FlowEvent, RecordEffect } from "@cordboard/node-kit";
import type { VirtualClock } from "./virtual-clock.ts";

/** What a caller said into a recording. */
export interface Recording {
  readonly id: string;
  /** Empty: it is a greeting. */
  readonly boxId: string;
  readonly minMs: number;
  readonly durationMs: number;
}

/** One recording under way: the caller speaks when the scenario says so, and is silent otherwise. */
export interface Recorder {
  /** The caller speaks from now on for so long. */
  speaks(ms: number): void;
  key(digit: string): void;
  /** The call is over or hears something else: what was said so far. */
  stop(): Recording;
}

export interface RecorderWorld {
  readonly clock: VirtualClock;
  readonly id: string;
  /** It is over by itself. */
  done(event: FlowEvent, recording: Recording): void;
}

/** Begins at once: a tone before it is the caller's line's business. Silence at the end is no part of a recording that it ended. */
export function createRecorder(effect: RecordEffect, { clock, id, done }: RecorderWorld): Recorder {
  const { entry, minMs, maxMs, silenceMs, finishOnKey } = effect;
  // A greeting is in no box.
  const boxId = effect.purpose === "greeting" || effect.purpose === "echo" ? "" : effect.boxId;
  const startedAt = clock.now();
  let quietFrom = startedAt;
  let cancelSilence: () => void = () => undefined;
  const cancelMaximum = clock.after(maxMs, () => end("maximum", clock.now()));

  function said(until: number): Recording {
    cancelSilence();
    cancelMaximum();
    return { id, boxId, minMs, durationMs: Math.max(1, until - startedAt) };
  }

  function end(reason: "key" | "maximum" | "silence", until: number): void {
    const recording = said(until);
    done({ type: "record.done", entry, recordingId: id, durationMs: recording.durationMs, reason }, recording);
  }

  function awaitSilence(): void {
    cancelSilence();
    if (silenceMs === null) return;
    cancelSilence = clock.after(quietFrom + silenceMs - clock.now(), () => end("silence", quietFrom));
  }
  awaitSilence();

  return {
    speaks: (ms) => {
      quietFrom = clock.now() + ms;
      awaitSilence();
    },
    key: (digit) => {
      if (digit === finishOnKey) end("key", clock.now());
    },
    stop: () => said(clock.now()),
  };
}
