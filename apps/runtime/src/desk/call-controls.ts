import type { AgentCall, AgentView, ConsultTarget, PassOnTarget, PassOnTargets } from "@cordboard/api";
import type { Scope } from "../access/index.ts";
import { numberToRing } from "../call-centre/index.ts";
import { OutsideError, UserError } from "../errors/index.ts";
import type { CallCentreCommands, CallControl, ControlCall } from "../ports/index.ts";
import type { Desk } from "./desk.ts";
import type { Directories, Directory } from "./directory.ts";

export interface CallControlsGiven {
  readonly desk: Pick<Desk, "view">;
  readonly commands: Pick<CallCentreCommands, "operatorsNow" | "telephoneHolders">;
  readonly directories: Directories;
  readonly control: ControlCall;
  /** Telephones that are some other operator's own. */
  readonly telephonesOfOthers: (companyId: string, operatorId: string) => Promise<ReadonlySet<string>>;
  /** The flows that are published. */
  readonly flows: (companyId: string) => Promise<readonly { readonly flowId: string; readonly name: string }[]>;
}

/** What an operator does with the call that they talk on. Whether they do is the call's to say; what is asked for is looked at here. */
export function createCallControls(given: CallControlsGiven) {
  const { desk, commands, directories, control, flows, telephonesOfOthers } = given;

  async function ask(scope: Scope, callId: string, wanted: CallControl): Promise<AgentView> {
    const view = await desk.view(scope);
    const { offerId } = theirs(view, callId, wanted);
    const { companyId } = scope;
    const queueId = homeQueue(view, await directories.of(companyId));
    const of = { companyId, callId, offerId, queueId, operatorId: view.operator.operatorId };
    const answer = await control({ ...of, control: wanted });
    if (answer === "asking") throw new UserError("consultUnderWay");
    if (answer === "notYet") throw new UserError("consultNotTalking");
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

  async function consult(scope: Scope, callId: string, to: ConsultTarget): Promise<AgentView> {
    const { call } = await desk.view(scope);
    if (call?.callId !== callId) throw new UserError("notYourCall");
    if (!call.mayPassOn) throw new UserError("callNotPassedOn");
    const { outcome, note } = call;
    const wanted = await consulted(scope.companyId, to, call.consult);
    return ask(scope, callId, { kind: "consult", to: wanted, outcome, note });
  }

  /** Whom to ask. One who is asked by this very operator is not free any more, which is no reason to refuse them twice. */
  async function consulted(companyId: string, to: ConsultTarget, now: AgentCall["consult"]): Promise<ConsultTarget> {
    if (to.kind === "telephone") {
      const { telephones } = await directories.of(companyId);
      if (!telephones.has(to.telephoneId)) throw new UserError("notFound", { what: "telephone" });
      return to;
    }
    if (now && now.state !== "failed") return to;
    const wanted = await checked(companyId, to);
    if (wanted.kind === "flow") throw new UserError("notFound", { what: "flow" });
    return wanted;
  }

  async function completeConsult(scope: Scope, callId: string): Promise<AgentView> {
    const { call } = await desk.view(scope);
    if (call?.callId !== callId) throw new UserError("notYourCall");
    const { outcome, note } = call;
    return ask(scope, callId, { kind: "completeConsult", outcome, note });
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
    const [{ company, operators, queues, telephones }, now, published, held, others] = await Promise.all([
      directories.of(companyId),
      commands.operatorsNow(companyId),
      flows(companyId),
      commands.telephoneHolders(companyId),
      telephonesOfOthers(companyId, view.operator.operatorId),
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
      telephones: [...telephones.values()]
        .filter(({ telephoneId }) => !held.has(telephoneId) && !others.has(telephoneId))
        .map(({ telephoneId, name }) => ({ telephoneId, name }))
        .sort((a, b) => a.name.localeCompare(b.name)),
      switchboard: company.switchboardTelephoneId !== null,
    };
  }

  return {
    passOn,
    passOnTargets,
    consult,
    completeConsult,
    endConsult: (scope: Scope, callId: string) => ask(scope, callId, { kind: "endConsult" }),
    hangUp: (scope: Scope, callId: string) => ask(scope, callId, { kind: "hangUp" }),
    /** Ends the call where it goes on; one that is over already is. */
    async hangUpIfTalking(scope: Scope, callId: string): Promise<AgentView> {
      const view = await desk.view(scope);
      if (view.state !== "talking" || view.call?.callId !== callId) return view;
      try {
        return await ask(scope, callId, { kind: "hangUp" });
      } catch (error) {
        // The other end was faster.
        if (error instanceof UserError && error.code === "notYourCall") return desk.view(scope);
        throw error;
      }
    },
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

/**
 * The line that a conversation comes back to: its own or, of what an operator dialled, one that they serve, or else the company's first. Null:
 * the company has none.
 */
function homeQueue({ call, queues }: AgentView, directory: Pick<Directory, "queues">): string | null {
  if (call?.queue) return call.queue.queueId;
  const served = queues.find(({ ticked }) => ticked) ?? queues[0];
  return served?.queueId ?? directory.queues.keys().next().value ?? null;
}

/** The operator's conversation: of nobody else's call, and of none that is over. One that is to be answered yet can only be called off. */
function theirs({ call, state }: AgentView, callId: string, { kind }: CallControl): AgentCall {
  const fits = state === "talking" || (state === "dialling" && kind === "hangUp");
  if (!fits || call?.callId !== callId) throw new UserError("notYourCall");
  return call;
}
