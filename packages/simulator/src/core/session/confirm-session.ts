import { callData } from "../call-info.ts";
import type { DialledLeg } from "../dial/dialled-leg.ts";
import { type Fiber, wait } from "../kernel/fiber.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import type { Requestor } from "../requestor/requestor.ts";
import type { Hook } from "../types.ts";
import type { VerbHost } from "../verbs/verb.ts";
import { CallSession } from "./call-session.ts";

/** Runs verbs on a dialled leg before it is connected; it owns neither the leg nor the application's socket. */
class ConfirmSession extends CallSession {
  override readonly isConfirmSession = true;
  protected override *clear(): Fiber<void> {}
}

/**
 * Asks the application whether an answered leg is to be connected (`dial:confirm`), and runs its verbs on that leg. No verbs, or
 * their end while the callee is still there, means yes (jambonz 0.9.8, seen: h1, h2, k1–k9).
 */
export function* confirmDialledLeg(host: VerbHost, leg: DialledLeg, hook: Hook | string): Fiber<"accept" | "decline"> {
  if (!leg.info || !leg.dialogue) throw new SimulatedFailure("the leg is not answered");
  const answer = yield* wait(host.requestor.request("dial:confirm", hook, callData(leg.info)));
  if (!answer || (Array.isArray(answer) && answer.length === 0)) return "accept";
  const verbs = host.makeVerbs(answer);
  const session = new ConfirmSession({
    world: host.world,
    info: leg.info,
    application: {
      ...(host.sid === undefined ? {} : { sid: host.sid }),
      callHook: host.callHook,
      callStatusHook: host.statusHook,
      synthesizer: host.synthesizer,
      recognizer: host.recognizer,
    },
    requestor: borrow(host.requestor),
    notifier: host.notifier,
    makeVerbs: host.makeVerbs,
  });
  session.dialogue = leg.dialogue;
  session.endpoint = leg.endpoint;
  session.verbs = verbs;
  yield* session.exec();
  return leg.dialogue.connected ? "accept" : "decline";
}

/** The same way to the application, without taking its commands from the call that owns it. */
function borrow(requestor: Requestor): Requestor {
  return {
    kind: requestor.kind,
    hook: requestor.hook,
    get closedGracefully() {
      return requestor.closedGracefully;
    },
    listeners: {},
    request: (type, hook, params, options) => requestor.request(type, hook, params, options),
    close: () => {},
  };
}
