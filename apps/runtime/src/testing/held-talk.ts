import type { LiveCall } from "../calls/live-call.ts";
import { PASS_ON_FLOW } from "../calls/passings.ts";
import type { CallControl } from "../ports/index.ts";
import { passOnFlow } from "../routing/pass-on-flow.ts";
import { type CallStage, callStage, toTheTelephone } from "./call-stage.ts";
import { compiledDocument } from "./compiled-document.ts";
import { quiet } from "./virtual-clock.ts";

/** What Inès asks for, or whoever has the call by another offer. */
export const asked = (control: CallControl, offerId = "offer_1") => ({
  ...{ companyId: "co_1", callId: "call_1", offerId, queueId: "queue_sales", operatorId: "op_1" },
  control,
});
export const hold = (held: boolean, offerId?: string) => asked({ kind: "hold", held }, offerId);
export const mute = (muted: boolean) => asked({ kind: "mute", muted });

/** Everything that is ready is done. */
export async function settle(call: LiveCall): Promise<void> {
  await call.settled();
  await quiet();
  await call.settled();
}

/** Inès has talked to the caller for 30 s; nothing of it is in `told` any more. */
export async function talking(s = callStage()) {
  s.answers.passOn = async (_company, _queue, to) =>
    to.kind === "flow"
      ? null
      : {
          ...{ flowId: PASS_ON_FLOW, flowVersionId: "ver_pass", timeZone: "Europe/Paris" },
          compiled: compiledDocument(passOnFlow(to, "queue_sales", ["en-GB"])),
        };
  const call = s.begin(s.connect());
  await toTheTelephone(s, call);
  call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
  call.handle({ kind: "legAnswered", legSid: "leg" });
  await call.settled();
  await s.clock.advance(30_000);
  await quiet();
  s.told.length = 0;
  return { s, call, dialled: call.document.leg?.entry ?? -1 };
}

/** jambonz ends the dial because its leg was parted; with what it was answered. */
export async function dialEnds({ s, call, dialled }: Awaited<ReturnType<typeof talking>>) {
  const { answers, pending } = s.hook();
  const how = { entry: dialled, result: "completed", sipStatus: 200, legSid: "leg" } as const;
  call.handle({ kind: "dialEnded", ...how, hook: pending });
  await call.settled();
  return answers;
}

/** The process dies; another one has the call. */
export async function takenOver(s: CallStage, call: LiveCall): Promise<LiveCall> {
  await call.settled();
  const document = s.stored();
  if (!document) throw new Error("not stored");
  call.abandon();
  const lost = { ...document, ownerEpoch: document.ownerEpoch + 1 };
  s.store.documents.set("call_1", lost);
  const next = s.begin(s.connect(), lost, true);
  next.resume();
  await settle(next);
  return next;
}
