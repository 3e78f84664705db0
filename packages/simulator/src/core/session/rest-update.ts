import { isRecord } from "../verbs/normalize-verbs.ts";
import type { World } from "../world.ts";

/**
 * A REST update of a live call: 202 and it is carried out, or a refusal in jambonz's words (0.9.8, seen: d2, e6, n4, n6, n7).
 * Whether it does anything is never told.
 */
export function answerUpdate(world: World, request: string, callSid: string, body: unknown): void {
  const order = isRecord(body) ? body : {};
  const refuse = (status: number, msg: string): void =>
    world.emit({ kind: "restAnswer", request, status, body: { msg } });
  if (order.call_status_hook !== undefined && order.call_hook === undefined) {
    refuse(400, `call_status_hook can be updated only when call_hook is also being updated for call_sid ${callSid}`);
    return;
  }
  const call = world.calls.get(callSid);
  if (!call) {
    refuse(422, `call session is gone for call_sid ${callSid}`);
    return;
  }
  const impossible =
    (order.call_status === "completed" && !call.hasStableDialogue) ||
    (order.call_status === "no-answer" && (call.direction === "outbound" ? !call.isRinging : call.isAnswered));
  if (impossible) {
    refuse(422, `current call state is incompatible with requested action for call_sid ${callSid}`);
    return;
  }
  world.emit({ kind: "restAnswer", request, status: 202, body: "Accepted" });
  call.update(order, callSid);
}
