import type { CompiledFlow } from "@cordboard/engine";
import type { FlowEvent } from "@cordboard/node-kit";
import { withAnswers } from "./host-answers.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument } from "./model.ts";
import { firstCall, nextCall } from "./next-call.ts";

type Ports = Pick<LiveCallPorts, "answers" | "clock" | "log">;

/** The steps of a call through its flow. A bug in a node or in the engine does not get out: the caller hears the flow's error path. */
export class FlowSteps {
  readonly #compiled: CompiledFlow | null;
  readonly #ports: Ports;

  /** Without a flow (it is gone) there are no steps. */
  constructor(compiled: CompiledFlow | null, ports: Ports) {
    this.#compiled = compiled;
    this.#ports = ports;
  }

  /** The first step of a call that we placed, whose telephone was picked up; `null` when its flow cannot begin. */
  begin(call: CallDocument, now: number): CallDocument | null {
    const facts = {
      callId: call._id,
      callerNumber: call.from,
      callerName: call.callerName,
      dialledNumber: call.to,
      lineName: call.lineName,
      language: call.language,
      // The flow of a callback tells no times.
      timeZone: "UTC",
    };
    try {
      return this.#compiled && firstCall(call, this.#compiled, facts, now);
    } catch (error) {
      this.#ports.log.error({ callId: call._id, err: error }, "the engine threw");
      return null;
    }
  }

  /** The call after `event`; `null` when the event changes nothing. What it asks of the host then is not answered yet. */
  next(call: CallDocument, event: FlowEvent, now: number): CallDocument | null {
    const compiled = this.#compiled;
    if (!compiled) return null;
    try {
      return nextCall(call, compiled, event, now);
    } catch (error) {
      this.#ports.log.error({ callId: call._id, event: event.type, err: error }, "the engine threw");
      return nextCall(call, compiled, { type: "flow.failed", code: "engineThrew" }, now);
    }
  }

  /** With what the flow asked of the host, answered: part of the same step. */
  async answered(call: CallDocument): Promise<CallDocument> {
    const compiled = this.#compiled;
    if (!call.ask || !compiled) return call;
    const { answers, clock, log } = this.#ports;
    try {
      return await withAnswers(call, compiled, answers, clock);
    } catch (error) {
      log.error({ callId: call._id, err: error }, "the engine threw");
      return nextCall(call, compiled, { type: "flow.failed", code: "engineThrew" }, clock.now()) ?? call;
    }
  }
}
