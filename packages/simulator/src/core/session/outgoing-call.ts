import { type CallInfo, callData } from "../call-info.ts";
import { readTarget, targetAddress } from "../dial/dial-target.ts";
import { createSignal, type Fiber, type Signal, wait } from "../kernel/fiber.ts";
import type { Timer } from "../kernel/scheduler.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import { createEndpoint } from "../media/endpoint.ts";
import { createRequestor } from "../requestor/create-requestor.ts";
import { isHttpUrl, isWebSocketUrl, type Requestor } from "../requestor/requestor.ts";
import type { Dialogue } from "../sip/dialogue.ts";
import { type OutgoingInvite, sendInvite } from "../sip/outgoing-invite.ts";
import { TIMINGS } from "../timings.ts";
import type { Hook, SipHeader } from "../types.ts";
import { isRecord } from "../verbs/normalize-verbs.ts";
import { type MakeVerbs, numberOf, readHook, textOf, tracing, Verb, type VerbHost } from "../verbs/verb.ts";
import type { World } from "../world.ts";
import { CallSession } from "./call-session.ts";

interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The first verb of an outgoing call: it waits for the telephone. */
class WaitForAnswer extends Verb {
  private readonly invite: OutgoingInvite;
  private timer: Timer | undefined;

  constructor(body: Readonly<Record<string, unknown>>, invite: OutgoingInvite) {
    super({ name: "rest:dial", data: body });
    this.invite = invite;
  }

  *exec(host: VerbHost): Fiber<void> {
    const seconds = numberOf(this.data.timeout) || 60;
    this.timer = host.world.scheduler.after(seconds * 1000, () => this.invite.cancel());
    yield* this.untilDone();
  }

  stopTimer(): void {
    this.timer?.cancel();
  }

  override kill(host: VerbHost): void {
    super.kill(host);
    this.timer?.cancel();
    this.invite.cancel();
    this.done();
  }
}

class OutgoingSession extends CallSession {
  outgoing: OutgoingInvite | undefined;

  override get isRinging(): boolean {
    return this.dialogue === undefined && !this.callGone;
  }

  override endUnanswered(): void {
    if (this.dialogue) return;
    this.outgoing?.cancel();
    this.callReleased();
  }

  answered(dialogue: Dialogue): void {
    this.dialogue = dialogue;
    dialogue.onHangup((headers) => this.callerHungUp(headers));
  }
}

/**
 * Places a call by order (REST or the `dial` command): the answer comes when the INVITE has gone out, then the statuses, then
 * `session:new` when the telephone has answered (jambonz 0.9.8, seen: e1–e11, l1).
 */
export function placeOutgoingCall(world: World, order: unknown, makeVerbs: MakeVerbs): Signal<RestAnswer> {
  const answer = createSignal<RestAnswer>();
  world.scheduler.spawn(place(world, isRecord(order) ? order : {}, answer, makeVerbs));
  return answer;
}

function* place(
  world: World,
  body: Readonly<Record<string, unknown>>,
  answer: Signal<RestAnswer>,
  makeVerbs: MakeVerbs,
): Fiber<void> {
  const { config, scheduler } = world;
  const target = readTarget(body.to, config.sipRealm);
  const applicationSid = textOf(body.application_sid);
  const application = config.applications.find((one) => one.sid === applicationSid);
  const callHook = readHook(body.call_hook) ?? application?.callHook;
  const from = textOf(body.from);
  if (!target || from === undefined || callHook === undefined) {
    answer.settle({ status: 400, body: { msg: "missing or invalid from, to or call_hook" } });
    return;
  }
  const hook: Hook = typeof callHook === "string" ? { url: callHook } : callHook;
  // The application's own status hook counts even where the order names another call hook (seen: e11).
  const statusHook = readHook(body.call_status_hook) ?? application?.callStatusHook ?? hook;
  const requestor = createRequestor(world, hook);
  const notifier = notifierFor(
    world,
    requestor,
    hook,
    typeof statusHook === "string" ? { url: statusHook } : statusHook,
  );
  if (!notifier) {
    answer.settle({ status: 500, body: { msg: "Invalid URL protocol: the URL must start with `http:` or `https:`." } });
    return;
  }
  yield* wait(scheduler.sleep(TIMINGS.endpoint));
  const callSid = config.ids.callSid();
  const address = targetAddress(target, config.outboundProxy);
  const headers: SipHeader[] = [
    ...(isRecord(body.headers)
      ? Object.entries(body.headers).map(([name, value]) => [name, String(value)] as const)
      : []),
    ["X-Jambonz-Routing", target.type],
    ["X-Jambonz-FS-UUID", "undefined"],
    ["X-Call-Sid", callSid],
    ["X-Account-Sid", config.accountSid],
    ["X-Trace-ID", config.traceId],
    ...(applicationSid === undefined ? [] : [["X-Application-Sid", applicationSid] as const]),
    ...target.headers,
  ];
  const name = textOf(body.callerName);
  const fromHeader = `${name ? `"${name}" ` : ""}<sip:${from}@${config.sipAddress}>;tag=${config.ids.sipTag()}`;
  const invite = sendInvite(world, { uri: address.uri, from: fromHeader, headers, route: config.outboundProxy });
  const info: CallInfo = {
    callSid,
    direction: "outbound",
    from,
    to: address.to,
    callId: invite.callId,
    callerName: "",
    sbcCallid: undefined,
    sipStatus: 100,
    sipReason: "Trying",
    callStatus: "trying",
    accountSid: textOf(body.account_sid) ?? config.accountSid,
    ...(applicationSid === undefined ? {} : { applicationSid }),
    traceId: config.traceId,
    localSipAddress: config.sipAddress,
    ...(isRecord(body.tag) ? { customerData: body.tag } : {}),
  };
  const session = new OutgoingSession({
    world,
    info,
    application: {
      ...(applicationSid === undefined ? {} : { sid: applicationSid }),
      callHook: hook,
      callStatusHook: typeof statusHook === "string" ? { url: statusHook } : statusHook,
      synthesizer: {
        vendor: textOf(body.speech_synthesis_vendor) ?? application?.synthesizer.vendor ?? "google",
        language: textOf(body.speech_synthesis_language) ?? application?.synthesizer.language ?? "en-US",
        voice: textOf(body.speech_synthesis_voice) ?? application?.synthesizer.voice ?? "",
      },
      recognizer: {
        vendor: textOf(body.speech_recognizer_vendor) ?? application?.recognizer.vendor ?? "google",
        language: textOf(body.speech_recognizer_language) ?? application?.recognizer.language ?? "en-US",
      },
    },
    requestor,
    notifier,
    makeVerbs,
  });
  session.outgoing = invite;
  session.endpoint = createEndpoint(world, invite.leg);
  world.calls.set(callSid, session);
  const waiting = new WaitForAnswer(body, invite);
  session.verbs = [waiting];
  scheduler.spawn(session.exec());
  answer.settle({ status: 201, body: { sid: callSid, callId: invite.callId } });
  scheduler.after(TIMINGS.sipTurn, () =>
    session.changeStatus({ callStatus: "trying", sipStatus: 100, sipReason: "Trying" }),
  );
  invite.onProvisional((status, _reason, hasMedia) => {
    info.sbcCallid = invite.sbcCallid;
    session.changeStatus({ callStatus: hasMedia ? "early-media" : "ringing", sipStatus: status });
  });
  yield* follow(session, waiting, invite, hook, application !== undefined);
}

function* follow(
  session: OutgoingSession,
  waiting: WaitForAnswer,
  invite: OutgoingInvite,
  hook: Hook,
  isKnown: boolean,
): Fiber<void> {
  const { scheduler } = session.world;
  try {
    const dialogue = yield* wait(invite.answered);
    session.info.sbcCallid ??= invite.sbcCallid;
    yield* wait(scheduler.sleep(TIMINGS.sipTurn));
    session.changeStatus({ callStatus: "in-progress", sipStatus: 200, sipReason: "OK" });
    waiting.stopTimer();
    session.answered(dialogue);
    if (invite.byMachine) tellMachine(session, waiting);
  } catch (error) {
    if (!(error instanceof SimulatedFailure)) throw error;
    const status = error.status ?? 500;
    waiting.stopTimer();
    session.changeStatus({
      callStatus: status === 486 || status === 603 ? "busy" : status === 487 ? "no-answer" : "failed",
      sipStatus: status,
      sipReason: error.message,
    });
    session.callGone = true;
    scheduler.after(TIMINGS.failedCallKept, () => waiting.kill(session));
    return;
  }
  try {
    // An application of the account has labels, which are empty here; an order without one has none (seen: e5, e8).
    const label = isKnown ? { label: null } : {};
    const defaults = {
      synthesizer: { ...session.synthesizer, ...label },
      recognizer: { ...session.recognizer, ...label },
    };
    const params = { ...callData(session.info), defaults };
    const list = yield* wait(session.requestor.request("session:new", hook, params, { b3: tracing(session) }));
    if (Array.isArray(list)) session.replaceApplication(session.makeVerbs(list));
  } catch (error) {
    if (!(error instanceof SimulatedFailure)) throw error;
    waiting.kill(session);
  }
}

/**
 * Answering machine detection: what is made out is posted a while after the answer, and nothing waits for what is said to it (jambonz 0.9.8, read:
 * rest_dial.js, amd-utils.js). There is no recogniser here, and without one jambonz posts nothing (seen: e10); but a virtual telephone may say that it is
 * a machine.
 */
function tellMachine(session: OutgoingSession, waiting: WaitForAnswer): void {
  const { amd } = waiting.data;
  const hook = isRecord(amd) ? readHook(amd.actionHook) : undefined;
  if (hook === undefined) return;
  session.world.scheduler.after(TIMINGS.machineGreeting, () => {
    if (session.callGone) return;
    const made = { type: "amd_machine_detected", reason: "long greeting" };
    session.requestor.request("verb:hook", hook, { ...callData(session.info), ...made }, { b3: tracing(session) });
  });
}

/** One socket serves both hooks when they are the same; a different status hook must be HTTP, or the order fails (seen: e8, e11). */
function notifierFor(world: World, requestor: Requestor, hook: Hook, statusHook: Hook): Requestor | undefined {
  if (isWebSocketUrl(hook.url) && statusHook.url === hook.url) return requestor;
  return isHttpUrl(statusHook.url) ? createRequestor(world, statusHook) : undefined;
}
