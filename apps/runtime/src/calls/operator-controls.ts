import type { CompiledFlow } from "@cordboard/engine";
import type { ControlAnswer, ControlRequest, LegCommand } from "../ports/index.ts";
import { telling } from "./call-leg.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument, TraceEvent } from "./model.ts";
import { passedOn } from "./passing-on.ts";
import { hasPassedOn } from "./passings.ts";
import { isPartyFirst } from "./placed-call.ts";
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
      const { leg, placed } = call();
      const offerId = placed ? placed.offerId : leg?.offerId;
      if (leg?.state !== "talking" || offerId !== request.offerId) {
        answer = "gone";
        return;
      }
      // Of a call that we placed the operator is at the near end, unless the called party was rung first.
      const [operators, others] = placed && !isPartyFirst(placed) ? [null, leg.legSid] : [leg.legSid, null];
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
    return room?.stage === "apart" ? apart.mute(room.legSid, muted) : command({ kind: "mute", muted, legSid });
  }

  async #muted(muted: boolean): Promise<boolean> {
    const { call, step } = this.#hands;
    const { leg } = call();
    if (!leg || (leg.muted ?? false) === muted) return true;
    const next = { ...call(), rev: call().rev + 1, leg: { ...leg, muted } };
    return step(telling(next, leg.offerId, { kind: "muted", muted }, this.#ports.clock.now()));
  }

  async #passOn(
    request: ControlRequest,
    control: Extract<ControlRequest["control"], { kind: "passOn" }>,
  ): Promise<ControlAnswer> {
    const { call, later, intoFlow } = this.#hands;
    const { offerId, queueId } = request;
    // What an operator dialled has no line to come back to.
    if (offerId === null || queueId === null) return "gone";
    if (hasPassedOn(call(), offerId)) return "done";
    const route = await this.#ports.passOnRoute(call().companyId, queueId, control.to);
    if (!route) return "nowhere";
    let answer: ControlAnswer = "unowned";
    await later(async () => {
      const next = passedOn(call(), { offerId, queueId }, control, route, this.#ports.clock.now());
      if (next) await intoFlow(next, route.compiled);
      answer = hasPassedOn(call(), offerId) ? "done" : next ? "unowned" : "gone";
    });
    return answer;
  }
}
