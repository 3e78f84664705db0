import type { AgentView, CallInHand, PassOnTarget } from "@cordboard/api";
import { demand, reaches, type Scope } from "../access/index.ts";
import type { CallDocument } from "../calls/model.ts";
import { operatorTalk, queueOfTalk, whoPlaces } from "../calls/operator-talk.ts";
import { UserError } from "../errors/index.ts";
import type { Clock } from "../ports/index.ts";
import type { CallControls } from "./call-controls.ts";
import type { Desk } from "./desk.ts";

export interface ControlByProgramsGiven {
  readonly controls: CallControls;
  readonly desk: Pick<Desk, "view" | "recordTalk">;
  readonly calls: { find(callId: string): Promise<CallDocument | null> };
  readonly clock: Clock;
}

/** One key after the other: that long each is heard, and a moment of silence (ms). */
const BETWEEN_KEYS_MS = 350;

/** What the other end is told, and then that it is: written by whoever asked, and how. */
type Told = Readonly<Record<string, string | number | boolean>>;

/**
 * What programs, and people who are no operators, do with a conversation: the very things that its operator does from the agent, asked for on
 * that operator's behalf. Who asked is in the audit log.
 */
export function createControlByPrograms({ controls, desk, calls, clock }: ControlByProgramsGiven) {
  /** The operator who talks in this call (or of whom `or` says that it is theirs), as who asks for things from now on. */
  async function operatorOf(scope: Scope, access: "read" | "write", callId: string, or = nobody) {
    demand(scope, access, "callControl");
    const call = await calls.find(callId);
    if (call?.companyId !== scope.companyId || !reaches(scope, [queueOfTalk(call)]))
      throw new UserError("notFound", { what: "call" });
    if (call.status === "ended") throw new UserError("callIsOver");
    const talk = operatorTalk(call) ?? or(call);
    if (!talk) throw new UserError("callNotTalking");
    return { companyId: scope.companyId, role: "operator", actorId: talk.operatorId } as const;
  }

  async function act<Value>(
    scope: Scope,
    callId: string,
    told: Told,
    work: (operator: Scope) => Promise<Value>,
    or = nobody,
  ): Promise<Value> {
    const operator = await operatorOf(scope, "write", callId, or);
    const value = await talking(() => work(operator));
    const after = { ...told, operatorId: operator.actorId };
    scope.changed?.({ resource: "callControl", targetId: callId, targetName: null, before: null, after });
    return value;
  }

  return {
    async get(scope: Scope, callId: string): Promise<CallInHand> {
      const operator = await operatorOf(scope, "read", callId);
      return inHand(await desk.view(operator), callId);
    },
    async hangUp(scope: Scope, callId: string): Promise<void> {
      await act(scope, callId, { hangUp: true }, (operator) => controls.hangUp(operator, callId), whoPlaces);
    },
    hold: (scope: Scope, callId: string, held: boolean): Promise<CallInHand> =>
      act(scope, callId, { held }, async (operator) => ({
        ...inHand(await controls.hold(operator, callId, held), callId),
        held,
      })),
    mute: (scope: Scope, callId: string, muted: boolean): Promise<CallInHand> =>
      act(scope, callId, { muted }, async (operator) => ({
        ...inHand(await controls.mute(operator, callId, muted), callId),
        muted,
      })),
    async passOn(scope: Scope, callId: string, to: PassOnTarget): Promise<void> {
      await act(scope, callId, { passedOnTo: nameOf(to) }, (operator) => controls.passOn(operator, callId, to));
    },
    /** What was keyed may be a secret: the log has how many there were. */
    async pressKeys(scope: Scope, callId: string, keys: string): Promise<void> {
      await act(scope, callId, { keys: keys.length }, async (operator) => {
        for (const [index, key] of [...keys].entries()) {
          if (index > 0) await new Promise<void>((resolve) => void clock.at(clock.now() + BETWEEN_KEYS_MS, resolve));
          await controls.pressKey(operator, callId, key);
        }
      });
    },
    record: (scope: Scope, callId: string, wish: "start" | "pause" | "resume"): Promise<CallInHand> =>
      act(scope, callId, { recording: wish }, async (operator) => {
        const standing = await desk.recordTalk(operator, wish);
        if (standing === "refused") throw new UserError("callNotRecorded");
        return { ...inHand(await desk.view(operator), callId), recording: standing };
      }),
  };
}

export type ControlByPrograms = ReturnType<typeof createControlByPrograms>;

const nobody = (_call: CallDocument): { readonly operatorId: string } | null => null;

/** To who is no operator the call is not theirs anyway: what they are told is that nobody talks in it. */
async function talking<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError && (error.code === "notYourCall" || error.code === "noConversation"))
      throw new UserError("callNotTalking");
    throw error;
  }
}

function inHand({ operator, call }: AgentView, callId: string): CallInHand {
  if (call?.callId !== callId) throw new UserError("callNotTalking");
  const { operatorId, name: operatorName } = operator;
  const { held = false, muted, recording = null } = call;
  return { callId, operatorId, operatorName, held, muted, recording };
}

function nameOf(to: PassOnTarget): string {
  switch (to.kind) {
    case "operator":
      return to.operatorId;
    case "queue":
      return to.queueId;
    case "flow":
      return to.flowId;
    case "number":
      return to.number;
    case "switchboard":
      return to.kind;
  }
}
