import { callData } from "../call-info.ts";
import { type Fiber, wait } from "../kernel/fiber.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import type { Dialogue } from "../sip/dialogue.ts";
import { ConferenceVerb } from "../verbs/conference.ts";
import { DialVerb } from "../verbs/dial.ts";
import { ListenVerb } from "../verbs/listen.ts";
import { isRecord } from "../verbs/normalize-verbs.ts";
import { readHook } from "../verbs/verb.ts";
import type { ControlledCall } from "./controlled-call.ts";

/** Changes a live call as a REST update says; only the first order of the body counts (jambonz 0.9.8, read; seen: e6, e7, n4–n8). */
export function updateCall(session: ControlledCall, body: Readonly<Record<string, unknown>>, callSid: string): void {
  if (body.call_status !== undefined) setCallStatus(session, body.call_status);
  else if (body.call_hook !== undefined || body.child_call_hook !== undefined)
    session.world.scheduler.spawn(liveCallHook(session, body));
  else if (body.listen_status !== undefined) setListenStatus(session, body.listen_status);
  else if (body.mute_status !== undefined) setMute(session, callSid, body.mute_status === "mute");
  else if (body.dtmf !== undefined) sendDtmf(session, callSid, body.dtmf);
  else if (isRecord(body.tag)) session.info.customerData = body.tag;
  else if (body.whisper !== undefined) whisper(session, callSid, body.whisper);
}

/** `completed` hangs up an answered call; `no-answer` refuses one with 503, without a status message (seen: j5, j6). */
export function setCallStatus(session: ControlledCall, status: unknown): void {
  if (status === "completed" && session.dialogue) session.hangUp();
  else if (status === "no-answer") session.endUnanswered();
}

/** Fetches new verbs for the call from another hook, over the socket that is there (seen: e7, n4, n8). */
export function* liveCallHook(session: ControlledCall, body: Readonly<Record<string, unknown>>): Fiber<void> {
  const hook = readHook(body.call_hook);
  const childHook = readHook(body.child_call_hook);
  try {
    if (hook === undefined) {
      if (childHook !== undefined && session.currentVerb instanceof DialVerb)
        yield* session.currentVerb.makeAdult(session, childHook);
      return;
    }
    const list = yield* wait(session.requestor.request("session:redirect", hook, callData(session.info)));
    if (!Array.isArray(list)) return;
    session.replaceApplication(session.makeVerbs(list));
    session.wake();
  } catch (error) {
    if (!(error instanceof SimulatedFailure)) throw error;
  }
}

/** Pauses or resumes the audio stream of the running verb (seen: f9). */
export function setListenStatus(session: ControlledCall, status: unknown): void {
  const verb = session.currentVerb;
  const listen = verb instanceof ListenVerb ? verb : verb instanceof DialVerb ? verb.listen : undefined;
  if (status === "pause" || status === "resume") listen?.pause(session, status === "pause");
}

/**
 * In a dial the border controller mutes; all that is seen here is an INFO to it (seen: h14). In a conference it is the member that this call
 * is, whichever leg the command names (run against the real session code: `mute <member>`).
 */
export function setMute(session: ControlledCall, callSid: string, mute: boolean): void {
  const verb = session.currentVerb;
  if (verb instanceof ConferenceVerb) verb.mute(mute);
  if (!(verb instanceof DialVerb)) return;
  const dialogue = callSid === verb.connected?.callSid ? verb.connected.dialogue : session.dialogue;
  dialogue?.info([["X-Reason", `${mute ? "mute" : "unmute"} call leg`]]);
}

/** Takes a member of a conference out of hearing, and back (seen: h9). */
export function holdInConference(session: ControlledCall, status: unknown, waitHook: unknown): void {
  if (session.currentVerb instanceof ConferenceVerb) session.currentVerb.hold(session, status, waitHook);
}

/** Takes the voices of all out of a conference who did not come to start it, this call's or not, and back (run against the real session code). */
export function muteInConference(session: ControlledCall, status: unknown): void {
  if (session.currentVerb instanceof ConferenceVerb) session.currentVerb.muteNonModerators(status === "mute");
}

/** Tags, coaches, mutes or holds the member that this call is in its conference (read: `doConferenceParticipantAction`). */
export function actInConference(session: ControlledCall, body: Readonly<Record<string, unknown>>): void {
  if (session.currentVerb instanceof ConferenceVerb)
    session.currentVerb.act(session, body.action, body.tag, body.wait_hook);
}

/** Sends a digit by SIP INFO (seen: l2; without an inner `dtmf` nothing happens, h14). */
export function sendDtmf(session: ControlledCall, callSid: string, dtmf: unknown): void {
  if (!isRecord(dtmf) || !session.hasStableDialogue) return;
  const dialogue = dialogueOf(session, callSid);
  const { digit, duration = 250 } = dtmf;
  dialogue?.info([["X-Reason", "Dtmf"]], `Signal=${String(digit)}\nDuration=${String(duration)} `);
}

/** Plays or says something to one side of a conversation (seen: h14). */
export function whisper(session: ControlledCall, callSid: string, verbs: unknown): void {
  const verb = session.currentVerb;
  if (!(verb instanceof DialVerb)) return;
  session.world.scheduler.spawn(verb.whisper(session, callSid, Array.isArray(verbs) ? verbs : [verbs]));
}

function dialogueOf(session: ControlledCall, callSid: string): Dialogue | undefined {
  if (callSid === session.info.callSid) return session.dialogue;
  return session.currentVerb instanceof DialVerb ? session.currentVerb.connected?.dialogue : undefined;
}
