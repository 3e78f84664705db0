import type { CompiledFlow } from "@cordboard/engine";
import type { ControlAnswer, ControlRequest, LegCommand } from "../ports/index.ts";
import { withVoice } from "./apart.ts";
import type { Consulting } from "./consulting.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument, TraceEvent } from "./model.ts";
import { hasPartyAtOurEnd, isTalkOf, isToBeTurned } from "./operator-talk.ts";
import { passedOn } from "./passing-on.ts";
import { hasPassedOn } from "./passings.ts";
import { isToBeAnswered } from "./placed-call.ts";
import type { Placing } from "./placing.ts";
import type { TalkingApart } from "./talking-apart.ts";

/** How an operator's wishes act on their call. */
export interface ControlHands {
  readonly call: () => CallDocument;
  /** In its turn, and not at all once the call is another process's. */
  readonly later: (work: () => Promise<void> | void) => Promise<void>;
  /** Writes the step by which the call comes into another flow, and presents what its caller is to hear. */
  readonly intoFlow: (next: CallDocument, compiled: CompiledFlow) => Promise<void>;
  /** Writes a step that no flow takes. */
  readonly step: (next: CallDocument) => Promise<boolean>;
  readonly trace: (kind: string, details: TraceEvent["details"]) => void;
  /** False: there is no socket to say it on. */
  readonly command: (command: LegCommand) => boolean;
  readonly apart: TalkingApart;
  readonly consulting: Consulting;
  readonly placing: Pick<Placing, "calledOff">;
}

/** What the operator who talks asks of the call. */
export class OperatorControls {
  readonly #ports: Pick<LiveCallPorts, "clock" | "passOnRoute">;
  readonly #hands: ControlHands;

  constructor(ports: Pick<LiveCallPorts, "clock" | "passOnRoute">, hands: ControlHands) {
    this.#ports = ports;
    this.#hands = hands;
  }

  /** `unowned`: it could not be done now, by this process at least. */
  async carryOut(request: ControlRequest): Promise<ControlAnswer> {
    const { control } = request;
    if (control.kind === "passOn") return this.#passOn(request, control);
    const { call, later, trace, command } = this.#hands;
    let answer: ControlAnswer = "unowned";
    await later(async () => {
      const { leg, consult } = call();
      const { offerId: asker, queueId } = request;
      switch (control.kind) {
        case "consult":
          answer = await this.#hands.consulting.ask(request, control);
          return;
        case "completeConsult":
          answer = await this.#hands.consulting.give(asker, control);
          return;
        case "endConsult":
          answer = await this.#hands.consulting.end(asker, queueId);
          return;
      }
      if (asker !== null && consult?.taken?.offerId === asker) {
        answer = await this.#hands.consulting.ofConsulted(request);
        return;
      }
      if (control.kind === "hangUp" && isToBeAnswered(call(), asker)) {
        if (await this.#hands.placing.calledOff(request.operatorId)) answer = "done";
        return;
      }
      if (!leg || !isTalkOf(call(), asker)) {
        answer = "gone";
        return;
      }
      const [operators, others] = hasPartyAtOurEnd(call()) ? [leg.legSid, null] : [null, leg.legSid];
      switch (control.kind) {
        case "hangUp":
          if (!command({ kind: "hangUp" })) return;
          trace("hungUpByOperator", { operatorId: request.operatorId });
          break;
        case "digit":
          if (!command({ kind: "digit", digit: control.digit, legSid: others })) return;
          break;
        case "hold":
          answer = await this.#hands.apart.hold(request.offerId, request.queueId, control.held);
          return;
        case "meet":
          answer = await this.#hands.apart.meet(request.offerId, request.queueId);
          return;
        case "mute":
          if (!(await this.#mute(control.muted, operators))) return;
          if (!(await this.#muted(control.muted))) return;
          break;
      }
      answer = "done";
    });
    return answer;
  }

  async #mute(muted: boolean, legSid: string | null): Promise<boolean> {
    const { call, command, apart } = this.#hands;
    const room = call().apart;
    return room ? apart.mute(room, muted) : command({ kind: "mute", muted, legSid });
  }

  async #muted(muted: boolean): Promise<boolean> {
    const { call, step } = this.#hands;
    const next = withVoice(call(), muted, this.#ports.clock.now());
    return !next || step(next);
  }

  async #passOn(
    request: ControlRequest,
    control: Extract<ControlRequest["control"], { kind: "passOn" }>,
  ): Promise<ControlAnswer> {
    const { call, later, intoFlow } = this.#hands;
    const { offerId, queueId } = request;
    // Without a line there is nothing to come back to.
    if (queueId === null) return "gone";
    if (hasPassedOn(call(), offerId)) return "done";
    const route = await this.#ports.passOnRoute(call().companyId, queueId, control.to);
    if (!route) return "nowhere";
    let answer: ControlAnswer = "unowned";
    await later(async () => {
      if (isToBeTurned(call()) && isTalkOf(call(), offerId)) {
        // The person hears music until they are at our end of the line. Whoever has the call then is asked again.
        const asked = await this.#hands.apart.hold(offerId, queueId, true);
        answer = asked === "gone" ? "gone" : "unowned";
        return;
      }
      const next = passedOn(call(), { offerId, queueId }, control, route, this.#ports.clock.now());
      if (next) await intoFlow(next, route.compiled);
      answer = hasPassedOn(call(), offerId) ? "done" : next ? "unowned" : "gone";
    });
    return answer;
  }
}
