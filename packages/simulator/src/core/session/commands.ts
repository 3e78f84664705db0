import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import type { Command } from "../requestor/requestor.ts";
import { isRecord } from "../verbs/normalize-verbs.ts";
import type { ControlledCall } from "./controlled-call.ts";
import {
  actInConference,
  holdInConference,
  liveCallHook,
  muteInConference,
  sendDtmf,
  setCallStatus,
  setListenStatus,
  setMute,
  whisper,
} from "./live-call-control.ts";

/**
 * Carries out a command of the application. What is wrong or unknown is ignored without a word (jambonz 0.9.8, seen: g5, g5b);
 * `redirect` replaces the verbs and stops the running one, or adds to them with `queueCommand` (seen: b12, b13).
 */
export function runCommand(session: ControlledCall, { command, callSid, queueCommand, data }: Command): void {
  const leg = callSid ?? session.info.callSid;
  const body = isRecord(data) ? data : {};
  switch (command) {
    case "redirect":
      if (Array.isArray(data)) redirect(session, data, queueCommand);
      else session.world.scheduler.spawn(liveCallHook(session, body));
      return;
    case "call:status":
      setCallStatus(session, body.call_status);
      return;
    case "dial":
      session.world.createCall(data);
      return;
    case "mute:status":
      setMute(session, leg, (typeof data === "string" ? data : body.mute_status) === "mute");
      return;
    case "conf:hold-status":
      holdInConference(session, body.conf_hold_status, body.wait_hook);
      return;
    case "conf:mute-status":
      muteInConference(session, body.conf_mute_status);
      return;
    case "conf:participant-action":
      actInConference(session, body);
      return;
    case "listen:status":
    case "stream:status":
      setListenStatus(session, body.listen_status ?? body.stream_status);
      return;
    case "whisper":
      whisper(session, leg, body.whisper);
      return;
    case "dtmf":
      sendDtmf(session, leg, body.dtmf);
      return;
    case "config":
      session.world.scheduler.spawn(configure(session, body));
      return;
  }
}

function redirect(session: ControlledCall, list: readonly unknown[], queue: boolean): void {
  try {
    const verbs = session.makeVerbs(list);
    if (queue) session.verbs.push(...verbs);
    else session.replaceApplication(verbs);
    session.wake();
  } catch (error) {
    if (!(error instanceof SimulatedFailure)) throw error;
  }
}

function* configure(session: ControlledCall, data: Readonly<Record<string, unknown>>) {
  try {
    const [config] = session.makeVerbs([{ verb: "config", ...data }]);
    if (config) yield* config.exec(session, session.endpoint ? { endpoint: session.endpoint } : {});
  } catch (error) {
    if (!(error instanceof SimulatedFailure)) throw error;
  }
}
