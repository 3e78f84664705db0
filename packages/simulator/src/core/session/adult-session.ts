import { callData } from "../call-info.ts";
import type { DialledLeg } from "../dial/dialled-leg.ts";
import { createRequestor } from "../requestor/create-requestor.ts";
import { TIMINGS } from "../timings.ts";
import type { Verb, VerbHost } from "../verbs/verb.ts";
import { CallSession } from "./call-session.ts";

/**
 * Makes a dialled leg a call of its own, with verbs of its own and a socket at the application's address with `/adulting` behind it, which
 * begins with `session:adulting` (jambonz 0.9.8, seen: h16). Its time counts anew; the one who dialled it can no longer end it.
 */
export function makeAdult(host: VerbHost, leg: DialledLeg, verbs: Verb[]): void {
  const { info, dialogue, endpoint } = leg;
  if (!info || !dialogue || !endpoint) return;
  const { world } = host;
  const callHook = { ...host.callHook, url: `${host.callHook.url}/adulting` };
  const requestor = createRequestor(world, callHook);
  const application = {
    ...(host.sid === undefined ? {} : { sid: host.sid }),
    ...{ callHook, synthesizer: host.synthesizer, recognizer: host.recognizer },
  };
  const session = new CallSession({
    ...{ world, info, application, requestor, notifier: requestor, makeVerbs: host.makeVerbs },
  });
  dialogue.connectTime = world.scheduler.now();
  session.dialogue = dialogue;
  session.endpoint = endpoint;
  session.verbs = verbs;
  if (!leg.isAnchoredAgain) session.silentUntil = world.scheduler.now() + TIMINGS.partedSilence;
  session.followHangUp(dialogue);
  world.calls.set(info.callSid, session);
  requestor.request("session:adulting", "/adulting", { ...callData(info), parentCallInfo: callData(host.info) });
  world.scheduler.spawn(session.exec());
}
