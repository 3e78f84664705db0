import type { DialTarget } from "@cordboard/node-kit";
import type { CallCard, CallCentre, Clock, PlacingAnswer, SupervisionMode, TelephonyRest } from "../ports/index.ts";
import type { CallRoutes } from "./call-routes.ts";
import type { HostAnswers } from "./host-answers.ts";
import type { CallDocument } from "./model.ts";
import type { PartedLegs } from "./parted-legs.ts";
import type { Presentation } from "./presentation.ts";
import type { Conversations, Mailbox, Recorder } from "./recorder.ts";
import type { FlowRequests } from "./request-carrier.ts";
import type { SecretBox } from "./secret-box.ts";
import type { StepWriter } from "./step-writer.ts";
import type { MeetingStanding } from "./supervision.ts";

/** What one call needs of the others. */
export interface LiveCallPorts {
  readonly writer: StepWriter;
  readonly clock: Clock;
  readonly secrets: SecretBox;
  readonly callCentre: CallCentre;
  readonly presentation: Presentation;
  readonly answers: HostAnswers;
  readonly recorder: Recorder;
  readonly mailbox: Mailbox;
  readonly conversations: Conversations;
  readonly flowRequests: FlowRequests;
  /** Whether callers of the queue that the call waits in are handed to the exchange. Absent: none are. */
  readonly handsOver?: (call: CallDocument) => Promise<boolean>;
  readonly rest: TelephonyRest;
  /** The sockets of legs that were parted from their calls. */
  readonly legs: Pick<PartedLegs, "order" | "hangUp" | "reclaim" | "state">;
  /** The conversation that a supervisor comes into, whichever process has it. */
  readonly supervision: {
    /** How it stands with it. Rejects when it could not be read: nothing is known then. */
    readonly standing: (call: CallDocument) => Promise<MeetingStanding>;
    /** Tells it, and at the end the audit log, how the supervisor is in it (null: no more). Safe to repeat; rejects to be asked again. */
    readonly told: (call: CallDocument, mode: SupervisionMode | null) => Promise<void>;
  };
  /** Where a call of a queue goes that its operator passes on. Rejects when it could not be looked up. */
  readonly passOnRoute: CallRoutes["passOn"];
  /** Has the operator's telephone called, of a call that we place. Rejects when it could not be looked up: nothing was called then. */
  readonly placeTelephone: (call: CallDocument, ringMs: number) => Promise<PlacingAnswer>;
  /** Has whoever is asked first called, showing the line of the call; `id`: our own id of the leg. Rejects when they could not be looked up. */
  readonly placeConsulted: (call: CallDocument, target: DialTarget, id: string) => Promise<PlacingAnswer>;
  readonly log: { error(details: object, message: string): void };
  /** What an operator is shown of the call. */
  readonly cardOf: (call: CallDocument) => Promise<CallCard>;
  /** Moves trace lines out of the call's document; resolves with the last `seq` that is safe elsewhere, 0 for none. */
  readonly moveTrace: (call: CallDocument) => Promise<number>;
  /** The call left this process: it ended and is settled, or another owner has it. */
  readonly onGone: (call: { readonly id: string; readonly document: CallDocument }) => void;
}
