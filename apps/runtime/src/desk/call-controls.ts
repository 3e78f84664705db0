import type { AgentCall, AgentView, PassOnTarget, PassOnTargets } from "@cordboard/api";
import type { Scope } from "../access/index.ts";
import { numberToRing } from "../call-centre/index.ts";
import { OutsideError, UserError } from "../errors/index.ts";
import type { CallCentreCommands, CallControl, ControlCall } from "../ports/index.ts";
import type { Desk } from "./desk.ts";
import type { Directories } from "./directory.ts";

export interface CallControlsGiven {
  readonly desk: Pick<Desk, "view">;
  readonly commands: Pick<CallCentreCommands, "operatorsNow">;
  readonly directories: Directories;
  readonly control: ControlCall;
  /** The flows that are published. */
  readonly flows: (companyId: string) => Promise<readonly { readonly flowId: string; readonly name: string }[]>;
}

/** What an operator does with the call that they talk on. Whether they do is the call's to say; what is asked for is looked at here. */
export function createCallControls({ desk, commands, directories, control, flows }: CallControlsGiven) {
  async function ask(scope: Scope, callId: string, wanted: CallControl): Promise<AgentView> {
    const view = await desk.view(scope);
    const { offerId, queue } = theirs(view, callId);
    const { companyId } = scope;
    const queueId = queue?.queueId ?? null;
    const of = { companyId, callId, offerId, queueId, operatorId: view.operator.operatorId };
    const answer = await control({ ...of, control: wanted });
    if (answer === "gone") throw new UserError("notYourCall");
    if (answer === "nowhere") throw new UserError("notFound", { what: "flow" });
    if (answer === "unowned") throw new OutsideError("callCentreUnavailable");
    return desk.view(scope);
  }

  async function passOn(scope: Scope, callId: string, to: PassOnTarget): Promise<AgentView> {
    const { call } = await desk.view(scope);
    if (call?.callId !== callId) throw new UserError("notYourCall");
    if (!call.mayPassOn) throw new UserError("callNotPassedOn");
    const { outcome, note } = call;
    const wanted = await checked(scope.companyId, to);
    const place = await placeIn(scope.companyId, to);
    return ask(scope, callId, { kind: "passOn", to: wanted, place, outcome, note });
  }

  /** The target, as it is asked for; refused where nobody could take the caller there. */
  async function checked(companyId: string, to: PassOnTarget): Promise<PassOnTarget> {
    const { company, operators, queues } = await directories.of(companyId);
    switch (to.kind) {
      case "operator": {
        const operator = operators.get(to.operatorId);
        if (!operator) throw new UserError("notFound", { what: "operator" });
        const now = (await commands.operatorsNow(companyId)).get(to.operatorId);
        if (!now?.free) throw new UserError("operatorNotFree", { operator: operator.name });
        return to;
      }
      case "queue":
        if (!queues.has(to.queueId)) throw new UserError("notFound", { what: "queue" });
        return to;
      case "switchboard":
        if (company.switchboardTelephoneId === null) throw new UserError("noSwitchboard");
        return to;
      case "number": {
        const number = numberToRing({ written: to.number, country: company.country, own: "anywhere" });
        if (number === null) throw new UserError("numberNotRung", { number: to.number });
        return { kind: "number", number };
      }
      case "flow":
        return to;
    }
  }

  async function placeIn(companyId: string, to: PassOnTarget): Promise<"head" | "kept"> {
    if (to.kind !== "queue") return "kept";
    return (await directories.of(companyId)).queues.get(to.queueId)?.passingOn?.place ?? "kept";
  }

  async function passOnTargets(scope: Scope): Promise<PassOnTargets> {
    const view = await desk.view(scope);
    const { companyId } = scope;
    const [{ company, operators, queues }, now, published] = await Promise.all([
      directories.of(companyId),
      commands.operatorsNow(companyId),
      flows(companyId),
    ]);
    const waiting = new Map(view.queues.map((queue) => [queue.queueId, queue.waiting]));
    const serves = (queueId: string, operatorIds: readonly string[]) =>
      operatorIds.some((id) => now.get(id)?.queueIds.includes(queueId));
    return {
      operators: [...operators.values()]
        .filter(({ operatorId, enabled }) => enabled && operatorId !== view.operator.operatorId)
        .map(({ operatorId, name }) => {
          const { state = "offline", since = 0, free = false } = now.get(operatorId) ?? {};
          return { operatorId, name, state, since: new Date(since).toISOString(), free } as const;
        })
        .sort((a, b) => Number(b.free) - Number(a.free) || a.name.localeCompare(b.name)),
      queues: [...queues.values()]
        .map(({ queueId, name, operatorIds }) => ({
          ...{ queueId, name, waiting: waiting.get(queueId) ?? 0, staffed: serves(queueId, operatorIds) },
        }))
        .sort((a, b) => a.name.localeCompare(b.name)),
      flows: published.map(({ flowId, name }) => ({ flowId, name })),
      switchboard: company.switchboardTelephoneId !== null,
    };
  }

  return {
    passOn,
    passOnTargets,
    hangUp: (scope: Scope, callId: string) => ask(scope, callId, { kind: "hangUp" }),
    mute: (scope: Scope, callId: string, muted: boolean) => ask(scope, callId, { kind: "mute", muted }),
    hold: async (scope: Scope, callId: string, held: boolean) => {
      const { call } = await desk.view(scope);
      if (call?.callId === callId && !call.mayPassOn) throw new UserError("callNotHeld");
      return ask(scope, callId, { kind: "hold", held });
    },
    pressKey: (scope: Scope, callId: string, digit: string) => ask(scope, callId, { kind: "digit", digit }),
  };
}

export type CallControls = ReturnType<typeof createCallControls>;

/** The operator's conversation: of nobody else's call, and of none that is over. */
function theirs({ call, state }: AgentView, callId: string): AgentCall {
  if (state !== "talking" || call?.callId !== callId) throw new UserError("notYourCall");
  return call;
}
