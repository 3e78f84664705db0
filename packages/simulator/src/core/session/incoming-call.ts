import { type CallInfo, incomingCallData } from "../call-info.ts";
import { type Fiber, wait } from "../kernel/fiber.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import { createRequestor } from "../requestor/create-requestor.ts";
import { isWebSocketUrl, type Requestor } from "../requestor/requestor.ts";
import type { IncomingInvite } from "../sip/incoming-invite.ts";
import { userOf } from "../sip/sip-text.ts";
import { TIMINGS } from "../timings.ts";
import type { Application } from "../types.ts";
import type { MakeVerbs } from "../verbs/verb.ts";
import type { World } from "../world.ts";
import { CallSession, type SessionOptions } from "./call-session.ts";

class IncomingSession extends CallSession {
  constructor(options: SessionOptions, invite: IncomingInvite) {
    super(options);
    this.invite = invite;
    options.world.calls.set(this.info.callSid, this);
    // A call that was given up meanwhile tells so before it says "trying" (jambonz 0.9.8, seen: a7).
    if (invite.cancelled) this.cancelled();
    invite.onCancel(() => this.cancelled());
    this.changeStatus({ callStatus: "trying", sipStatus: 100, sipReason: "Trying" });
  }

  protected override verbsDone(): void {
    this.invite?.respond(603);
  }

  private cancelled(): void {
    this.info.callTerminationBy = "caller";
    this.changeStatus({ callStatus: "no-answer", sipStatus: 487, sipReason: "Request Terminated" });
    this.callReleased();
  }
}

/** The call's data, as its INVITE states it. */
function infoOf(world: World, invite: IncomingInvite, callSid: string, application: Application): CallInfo {
  const { config } = world;
  const ip = invite.header("X-Forwarded-For");
  const trunk = invite.header("X-Originating-Carrier");
  return {
    callSid,
    direction: "inbound",
    from: userOf(invite.from.uri),
    to: userOf(invite.request.uri),
    callId: invite.header("call-id") ?? "",
    callerName: invite.from.name,
    sbcCallid: invite.header("X-CID"),
    sipStatus: 100,
    sipReason: "Trying",
    callStatus: "trying",
    accountSid: invite.header("X-Account-Sid") ?? config.accountSid,
    applicationSid: application.sid,
    traceId: config.traceId,
    localSipAddress: config.sipAddress,
    ...(ip === undefined ? {} : { originatingSipIp: ip }),
    ...(trunk === undefined ? {} : { originatingSipTrunkName: trunk }),
  };
}

/**
 * Takes a call that comes in: asks the application what to do (`session:new`) and does it. Whatever goes wrong before the first
 * verb ends the call with 480 and closes the socket with 1001, without any status message (jambonz 0.9.8, seen: g1, g3, g8, g9, d13, d15).
 */
export function* takeIncomingCall(world: World, invite: IncomingInvite, makeVerbs: MakeVerbs): Fiber<void> {
  const { config, scheduler } = world;
  const callSid = config.ids.callSid();
  yield* wait(scheduler.sleep(TIMINGS.lookUp));
  const wanted = invite.header("X-Application-Sid") ?? config.defaultApplicationSid;
  const application = config.applications.find((one) => one.sid === wanted);
  if (!application) {
    invite.respond(480, undefined, [["X-Reason", "no configured application"]]);
    return;
  }
  const info = infoOf(world, invite, callSid, application);
  const requestor = createRequestor(world, application.callHook);
  const notifier = notifierFor(world, requestor, application);
  try {
    const { synthesizer, recognizer } = application;
    const params = { sip: invite.request, ...incomingCallData(info, config), defaults: { synthesizer, recognizer } };
    const list = yield* wait(requestor.request("session:new", application.callHook, params));
    const verbs = makeVerbs(list);
    if (verbs.length === 0) throw new SimulatedFailure("no application provided");
    const session = new IncomingSession({ world, info, application, requestor, notifier, makeVerbs }, invite);
    session.verbs = verbs;
    yield* session.exec();
  } catch (error) {
    if (!(error instanceof SimulatedFailure)) throw error;
    invite.respond(480, undefined, [["X-Reason", error.message || "unknown"]]);
    requestor.close(1001);
  }
}

/** Where status messages go: on the application's socket if it has one, whatever the status hook says (seen: fact 2 of every case). */
function notifierFor(world: World, requestor: Requestor, application: Application): Requestor {
  if (isWebSocketUrl(application.callHook.url)) return requestor;
  if (application.callStatusHook) return createRequestor(world, application.callStatusHook);
  return {
    kind: "http",
    hook: application.callHook,
    closedGracefully: false,
    listeners: {},
    request: () => world.scheduler.sleep(0),
    close: () => {},
  };
}
