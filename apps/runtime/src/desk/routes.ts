import type { Companies } from "../companies/index.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Operators } from "../operators/index.ts";
import type { Sessions } from "../users/index.ts";
import type { CallControls } from "./call-controls.ts";
import { type Desk, problemOf } from "./desk.ts";

/** Ringing somebody is the callbacks' (../callbacks/) and the dialling's (../dialling/); a sign-in elsewhere ends in ../sign-in/;
 * the browser as a telephone is ../softphone/; guided conversations are ../script-runs/. */
type DeskRoute = Exclude<
  Extract<keyof Handlers, `desk.${string}`>,
  `desk.${"redeem" | "callBack" | "dial" | "directory" | "contacts" | "testTelephone" | "ownTelephone" | "chooseSoftphone" | "softphoneKey" | "openScript" | "tellScript"}`
>;

export function deskHandlers(given: {
  readonly desk: Desk;
  readonly controls: CallControls;
  readonly operators: Operators;
  readonly sessions: Sessions;
  readonly companies: Companies;
  readonly version: string;
}): Pick<Handlers, DeskRoute> {
  const { desk, controls, operators, sessions, companies, version } = given;
  return {
    "desk.start": async () => ({ companyNeeded: await companies.severalExist(), version }),
    "desk.signIn": async ({ input: { body }, address, cookies, language, requestId }) => {
      const { company, code, password, telephoneId, queueIds, takeOver = false } = body;
      const signedIn = await operators.signIn({ company, code, password, address, device: cookies.device });
      const { scope, habits, token, device } = signedIn;
      cookies.begin("operator", token);
      cookies.rememberDevice(device);
      const refused = await desk.beginShift(scope, { telephoneId, queueIds, takeOver }, habits);
      const [view, choices] = await Promise.all([desk.view(scope), desk.choices(scope)]);
      return { view, choices, refusal: refused && problemOf(refused, language, requestId) };
    },
    "desk.get": async ({ scope }) => {
      const [view, choices] = await Promise.all([desk.view(scope), desk.choices(scope)]);
      return { view, choices, refusal: null };
    },
    "desk.signOut": async ({ scope, cookies }) => {
      await desk.command(scope, { kind: "signOut" });
      if (cookies.sessionId) await sessions.end(cookies.sessionId);
      cookies.end("operator");
      return undefined;
    },
    "desk.chooseTelephone": async ({ scope, input: { body } }) => {
      const { telephoneId, takeOver = false } = body;
      return { view: await desk.command(scope, { kind: "chooseTelephone", telephoneId, takeOver }) };
    },
    "desk.tickQueues": async ({ scope, input: { body } }) => ({
      view: await desk.command(scope, { kind: "tickQueues", queueIds: body.queueIds }),
    }),
    "desk.pause": async ({ scope, input: { body } }) => ({
      view: await desk.command(scope, { kind: "pause", label: body.reason }),
    }),
    "desk.resume": async ({ scope }) => ({ view: await desk.command(scope, { kind: "resume" }) }),
    "desk.ready": async ({ scope }) => ({ view: await desk.ready(scope) }),
    "desk.extendWrapUp": async ({ scope }) => ({ view: await desk.command(scope, { kind: "extendWrapUp" }) }),
    "desk.noteCall": async ({ scope, input: { params, body } }) => ({
      view: await desk.noteCall(scope, { callId: params.callId, ...body }),
    }),
    "desk.accept": async ({ scope, input: { params } }) => ({
      view: await desk.command(scope, { kind: "accept", offerId: params.offerId }),
    }),
    "desk.refuse": async ({ scope, input: { params } }) => ({
      view: await desk.command(scope, { kind: "refuse", offerId: params.offerId }),
    }),
    "desk.offerShown": async ({ scope, input: { params } }) => ({
      view: await desk.command(scope, { kind: "offerShown", offerId: params.offerId }),
    }),
    "desk.passOnTargets": ({ scope }) => controls.passOnTargets(scope),
    "desk.passOn": async ({ scope, input: { params, body } }) => ({
      view: await controls.passOn(scope, params.callId, body.to),
    }),
    "desk.hangUp": async ({ scope, input: { params } }) => ({ view: await controls.hangUp(scope, params.callId) }),
    "desk.wasMachine": async ({ scope, input: { params } }) => {
      await desk.command(scope, { kind: "wasMachine", callId: params.callId });
      return { view: await controls.hangUpIfTalking(scope, params.callId) };
    },
    "desk.mute": async ({ scope, input: { params, body } }) => ({
      view: await controls.mute(scope, params.callId, body.muted),
    }),
    "desk.hold": async ({ scope, input: { params, body } }) => ({
      view: await controls.hold(scope, params.callId, body.held),
    }),
    "desk.consult": async ({ scope, input: { params, body } }) => ({
      view: await controls.consult(scope, params.callId, body.to),
    }),
    "desk.endConsult": async ({ scope, input: { params } }) => ({
      view: await controls.endConsult(scope, params.callId),
    }),
    "desk.completeConsult": async ({ scope, input: { params } }) => ({
      view: await controls.completeConsult(scope, params.callId),
    }),
    "desk.askHelp": async ({ scope, input: { params, body } }) => ({
      view: await desk.command(scope, { kind: "askHelp", callId: params.callId, wanted: body.wanted }),
    }),
    "desk.pressKey": async ({ scope, input: { params, body } }) => ({
      view: await controls.pressKey(scope, params.callId, body.key),
    }),
    "desk.legCleared": async ({ scope }) => ({ view: await desk.command(scope, { kind: "legCleared" }) }),
    "desk.acknowledge": async ({ scope, input: { params } }) => ({
      view: await desk.command(scope, { kind: "acknowledge", noticeId: params.noticeId }),
    }),
    "desk.recordTalk": async ({ scope, input: { body } }) => ({ recording: await desk.recordTalk(scope, body.wish) }),
    "desk.earlierCalls": async ({ scope, input: { params } }) => ({
      items: await desk.earlierCalls(scope, params.callId),
    }),
  };
}
