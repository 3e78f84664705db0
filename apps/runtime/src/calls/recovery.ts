import type { MediaEffect } from "@cordboard/node-kit";
import type { Clock } from "../ports/index.ts";
import type { Apart, CallDocument } from "./model.ts";
import type { RecordingEnd } from "./recording-end.ts";

/** What to do about the caller's ear after jambonz has come back to a call. */
type AfterReconnect =
  /** What was sent is known to have arrived: the caller hears it still. */
  | { readonly do: "nothing" }
  /** Send what the caller should hear. */
  | { readonly do: "present" }
  /**
   * Unknown whether it arrived (the process died between sending and noting it, or the message was lost with the socket). The backlog that
   * jambonz delivers after the ack, or the next thing that happens, will tell; present it when nothing has told until then.
   */
  | { readonly do: "wait"; readonly ms: number };

/** What jambonz had to say while there was no socket follows its ack within this. */
const BACKLOG_MS = 400;
/** A dial that left nobody knows where shows itself by its leg's first status, hold music going on meanwhile. */
const DIAL_MS = 2_500;
/** A recording goes to a socket of its own, which may have been lost as well: by then its audio arrives, or never. */
const RECORDING_MS = 1_500;
/** One that was sent is likely to ring: to ring it anew (rule 6) is worse than to wait for its next word. */
const SENT_DIAL_MS = 6_000;

/**
 * Compares what the caller should be in with what was last sent (protocol rule 8). Only jambonz's own word (`started`) proves that it
 * arrived: what was sent may have been lost with the socket, and would be silence. Presenting again what runs already would be heard: a
 * prompt from its beginning, or a ringing telephone rung anew (rule 6). So it is waited for a moment, for a dial longer than for a prompt.
 * `unsent`: it is known never to have left, because there was no socket to send it on.
 */
function afterReconnect(
  call: Pick<CallDocument, "media" | "leg" | "status" | "apart">,
  { unsent }: { readonly unsent: boolean },
): AfterReconnect {
  const { media } = call;
  if (call.status === "ended" || !media) return { do: "nothing" };
  if (call.apart?.stage === "apart") return apartAgain(call.apart, unsent);
  if (media.evidence === "started")
    return media.effect.type === "record" ? { do: "wait", ms: RECORDING_MS } : { do: "nothing" };
  if (unsent) return { do: "present" };
  if (media.effect.type !== "dial") return { do: "wait", ms: BACKLOG_MS };
  // What the exchange rings has no id of ours: that it was heard of is enough.
  if (call.leg?.legSid || (call.leg?.way === "refer" && call.leg.state === "ringing")) return { do: "nothing" };
  return { do: "wait", ms: media.evidence === "sent" ? SENT_DIAL_MS : DIAL_MS };
}

function apartAgain({ evidence }: Apart, unsent: boolean): AfterReconnect {
  if (evidence === "started") return { do: "nothing" };
  return unsent ? { do: "present" } : { do: "wait", ms: BACKLOG_MS };
}

/** Brings the caller back into what they should be in, after jambonz has come back. */
export class Recovery {
  readonly #clock: Clock;
  readonly #recordingEnd: RecordingEnd;
  readonly #present: (stillDue: (call: CallDocument) => Promise<boolean>) => void;
  #cancel: (() => void) | null = null;

  /** `present` asks, when its turn comes, whether it is still due. */
  constructor(
    clock: Clock,
    recordingEnd: RecordingEnd,
    present: (stillDue: (call: CallDocument) => Promise<boolean>) => void,
  ) {
    this.#clock = clock;
    this.#recordingEnd = recordingEnd;
    this.#present = present;
  }

  /** `unsent`: what there was no socket to send on. */
  begin(call: CallDocument, unsent: MediaEffect | null): void {
    this.stop();
    const asked = call.media?.effect;
    const plan = afterReconnect(call, { unsent: asked !== undefined && asked === unsent });
    const { interruptions } = this.#recordingEnd;
    const present = () =>
      this.#present(async (now) => {
        if (!now.media || now.media.effect !== asked) return false;
        if (now.apart?.stage === "apart") return now.apart.evidence !== "started";
        return now.media.evidence !== "started" || this.#recordingEnd.stopped(now, interruptions);
      });
    if (plan.do === "present") present();
    if (plan.do === "wait") this.#cancel = this.#clock.at(this.#clock.now() + plan.ms, present);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
