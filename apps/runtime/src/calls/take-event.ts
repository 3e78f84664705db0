import type { FlowEvent } from "@cordboard/node-kit";
import type { PendingHook, TelephonyEvent } from "../ports/index.ts";
import { withEvidence } from "./call-evidence.ts";
import type { DialledLeg } from "./dialled-leg.ts";
import { flowEventOf, isOtherKey } from "./flow-event-of.ts";
import type { HandingOver } from "./handing-over.ts";
import type { MediaEnds } from "./media-ends.ts";
import type { CallDocument, TraceEvent } from "./model.ts";
import type { HeardEnd } from "./next-call.ts";
import type { Placing } from "./placing.ts";
import type { Supervising } from "./supervising.ts";
import type { TalkingApart } from "./talking-apart.ts";
import type { TellingFirst } from "./telling-first.ts";

/** The parts of a live call that what jambonz tells is for. */
export interface EventHands {
  readonly call: () => CallDocument;
  /** In its turn, and not at all once the call is another process's. */
  readonly later: (work: () => Promise<void> | void) => Promise<void>;
  /** In its turn as well, while the caller is not left in silence for as long as the hook waits. */
  readonly answering: (hook: PendingHook, work: () => Promise<void>) => Promise<void>;
  readonly step: (event: FlowEvent, hook: PendingHook) => Promise<void>;
  readonly present: (hook: PendingHook) => Promise<void>;
  readonly note: (call: CallDocument | null) => void;
  readonly trace: (kind: string, details: TraceEvent["details"]) => void;
  readonly pickedUp: () => Promise<void>;
  readonly callerGone: (
    by: HeardEnd,
    unanswered: Extract<TelephonyEvent, { kind: "callerGone" }>["unanswered"],
  ) => void;
  readonly leg: DialledLeg;
  readonly ends: MediaEnds;
  readonly handingOver: HandingOver;
  readonly placing: Placing;
  readonly apart: TalkingApart;
  readonly supervising: Supervising;
  readonly telling: TellingFirst;
}

/** Which part of the call takes what jambonz has told, each in the order in which it was told. */
export function takeEvent(event: TelephonyEvent, hands: EventHands): void {
  const { call, later, answering, step, present, note, trace, leg, ends, handingOver, placing } = hands;
  switch (event.kind) {
    case "playEnded":
    case "collectEnded":
      void answering(event.hook, () =>
        // A key that nobody asked for ended it: it is heard again, and the flow knows of nothing.
        isOtherKey(call(), event) ? present(event.hook) : step(flowEventOf(event), event.hook),
      );
      return;
    case "recordEnded":
      void answering(event.hook, () => ends.recording(event.entry, event.hook, { key: event.key }));
      return;
    case "dialEnded":
      void answering(event.hook, async () => {
        if (!(await hands.apart.dialEnded(event))) await ends.dial(event);
      });
      return;
    case "apartStarted":
    case "apartEnded":
      void later(() => (call().supervision ? hands.supervising : hands.apart).told(event));
      return;
    case "confirmAsked":
      void later(() => hands.telling.asked(event));
      return;
    case "noticeHeard":
      void later(() => hands.telling.heard(event));
      return;
    case "refusalHeard":
      void later(() => hands.telling.refusalHeard(event));
      return;
    case "referProgress":
      void later(() => handingOver.told(event));
      return;
    case "referEnded":
      void answering(event.hook, () => handingOver.ended(event));
      return;
    case "legRinging":
      void later(() => leg.rang(event.legSid));
      return;
    case "legAnswered":
      void later(() => leg.answered(event.legSid));
      return;
    case "legEnded":
      void later(() => leg.ended(event.legSid));
      return;
    case "mediaStarted":
      void later(() => note(withEvidence(call(), event.entry, "started")));
      return;
    case "mediaLost":
      void later(async () => {
        trace("mediaLost", { code: event.code, entry: event.entry });
        if (event.entry !== null) await ends.lost(event.entry);
      });
      return;
    case "answered":
    case "strayHook":
      return;
    case "placedRinging":
      placing.rang();
      return;
    case "placedAnswered":
      void later(() => hands.pickedUp());
      return;
    case "machineAnswered":
      void later(() => placing.machineAnswered());
      return;
    case "callerGone":
      hands.callerGone(event.by, event.unanswered);
      return;
  }
}
