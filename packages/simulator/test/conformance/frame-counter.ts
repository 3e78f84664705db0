import type { Output } from "../../src/core/types.ts";

type Stream = Extract<Output, { kind: "stream" }>;
export interface FrameEvent {
  readonly at: number;
  readonly what: Readonly<Record<string, unknown>>;
}

/** Counts the frames of an audio stream as the recorder did: the first, each hundredth, and the sum at the end. */
export class FrameCounter {
  private frames = 0;
  private nextAt: number | undefined;
  private frameBytes = 0;

  change(stream: Stream, now: number): void {
    if (stream.state === "start" || stream.state === "resume") {
      this.frameBytes = (stream.sampleRate / 1000) * stream.frameMs * 2 * stream.channels;
      this.nextAt = now;
    } else this.nextAt = undefined;
  }

  /** What was to be seen by `now`. */
  advance(now: number): FrameEvent[] {
    const events: FrameEvent[] = [];
    while (this.nextAt !== undefined && this.nextAt <= now) {
      this.frames += 1;
      const at = this.nextAt;
      if (this.frames === 1) events.push({ at, what: { kind: "firstFrame", bytes: this.frameBytes } });
      if (this.frames % 100 === 0) events.push({ at, what: { kind: "frames", ...this.sum() } });
      this.nextAt += 20;
    }
    return events;
  }

  /** When the next frame that is told of will come, if the stream goes on. */
  nextTold(): number | undefined {
    if (this.nextAt === undefined) return undefined;
    const missing = this.frames === 0 ? 1 : 100 - (this.frames % 100);
    return this.nextAt + (missing - 1) * 20;
  }

  end(): Readonly<Record<string, unknown>> {
    return { kind: "audioEnd", ...this.sum() };
  }

  private sum(): { readonly frames: number; readonly bytes: number } {
    return { frames: this.frames, bytes: this.frames * this.frameBytes };
  }
}
