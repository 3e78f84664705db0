import {
  type AgentView,
  type DeskChoices,
  describeError,
  type EarlierCall,
  type Problem,
  type ScreenLanguage,
} from "@cordboard/api";
import { demand, type Scope } from "../access/index.ts";
import { type CodedError, UserError } from "../errors/index.ts";
import type { Operators } from "../operators/index.ts";
import type { CallCentreCommands, Clock, MakeId, OperatorCommand, OperatorRefusal } from "../ports/index.ts";
import { agentView, isSoftphone } from "./agent-view.ts";
import type { Directories, Directory } from "./directory.ts";

export interface DeskGiven {
  readonly commands: CallCentreCommands;
  readonly directories: Directories;
  readonly operators: Operators;
  readonly clock: Clock;
  readonly makeId: MakeId;
  /** Whether operators may have a number of their own ring. */
  readonly ownNumbers: (companyId: string) => Promise<boolean>;
  /** Whether operators may telephone in their browser. */
  readonly softphone: boolean;
  /** The earlier calls of a call's caller. */
  readonly earlierCalls: (companyId: string, callId: string) => Promise<EarlierCall[]>;
  /** The calls with this number that are over. */
  readonly earlierCallsWith: (companyId: string, number: string) => Promise<EarlierCall[]>;
  /** Asks something of the recording of a call's conversation; `gone`: there is none. */
  readonly recordTalk: (callId: string, wish: "start" | "pause" | "resume") => Promise<TalkStanding | "gone">;
}

/** How the recording of a conversation stands; `refused`: the caller, or the queue, does not want it. */
type TalkStanding = "on" | "paused" | "off" | "refused";

/** What was chosen at sign-in; what is absent is what the operator chose last time. */
export interface ShiftWishes {
  readonly telephoneId: string | undefined;
  readonly takeOver: boolean;
  readonly queueIds: readonly string[] | undefined;
}

/** An operator's desk: passes what the agent asks to the call centre, and shows the operator what the call centre knows. */
export function createDesk(given: DeskGiven) {
  const { commands, directories, operators, clock, makeId, earlierCalls, earlierCallsWith } = given;

  async function view(scope: Scope): Promise<AgentView> {
    demand(scope, "read", "desk");
    const [seen, directory] = await Promise.all([
      commands.view(scope.companyId, operatorOf(scope)),
      directories.of(scope.companyId),
    ]);
    return agentView(seen, directory, clock.now());
  }

  /** Throws what the call centre refused, as an error of the catalogue. */
  async function command(scope: Scope, asked: OperatorCommand): Promise<AgentView> {
    demand(scope, "write", "desk");
    const answer = await commands.command(scope.companyId, operatorOf(scope), asked);
    if (!answer.ok) throw refusal(answer, asked, await directories.of(scope.companyId));
    await remember(scope, asked);
    return view(scope);
  }

  /** *Ready*, unless the queue wants to know first what came of the call. */
  async function ready(scope: Scope): Promise<AgentView> {
    const { state, call } = await view(scope);
    const inWrapUp = state === "wrapUp" || state === "handedOver";
    if (inWrapUp && call?.outcomeNeeded && call.outcome === null) throw new UserError("outcomeMissing");
    return command(scope, { kind: "ready" });
  }

  /** Keeps what came of the operator's call, by one of the words that its queue allows, or the one that was chosen before. */
  async function noteCall(
    scope: Scope,
    noted: { readonly callId: string; readonly outcome: string | null; readonly note: string },
  ): Promise<AgentView> {
    const { call } = await view(scope);
    const allowed = call?.callId === noted.callId ? call.outcomes.map(({ code }) => code) : null;
    if (allowed === null) throw new UserError("notYourCall");
    const { outcome } = noted;
    if (outcome !== null && outcome !== call?.outcome && !allowed.includes(outcome))
      throw new UserError("outcomeUnknown", { outcome });
    return command(scope, { kind: "noteCall", ...noted });
  }

  async function remember(scope: Scope, asked: OperatorCommand): Promise<void> {
    const operatorId = operatorOf(scope);
    if (asked.kind === "chooseTelephone") {
      await operators.remember(scope.companyId, operatorId, { telephoneId: asked.telephoneId });
    } else if (asked.kind === "tickQueues") {
      await operators.remember(scope.companyId, operatorId, { queueIds: asked.queueIds });
    }
  }

  async function choices(scope: Scope): Promise<DeskChoices> {
    demand(scope, "read", "desk");
    const operatorId = operatorOf(scope);
    const [holders, directory, ownNumbers] = await Promise.all([
      commands.telephoneHolders(scope.companyId),
      directories.of(scope.companyId),
      given.ownNumbers(scope.companyId),
    ]);
    // Other operators' own numbers nobody else may choose.
    const theirs = [...directory.telephones.values()].filter(({ ownerId }) => (ownerId ?? operatorId) === operatorId);
    return {
      ownNumbers,
      ...(given.softphone && { softphone: true }),
      telephones: theirs.map((telephone) => {
        const { telephoneId, name, target } = telephone;
        const holder = holders.get(telephoneId);
        return {
          ...(isSoftphone(telephone) && { softphone: true }),
          telephoneId,
          name,
          kind: target.kind,
          heldBy: holder === undefined ? null : { operatorId: holder, name: operatorName(holder, directory) },
        };
      }),
      pauseReasons: directory.company.pauseReasons,
    };
  }

  /**
   * Begins the shift, or continues the one that is open. A telephone that cannot be had does not stop the sign-in: the shift begins
   * without one, and the refusal is told beside it.
   */
  async function beginShift(
    scope: Scope,
    wishes: ShiftWishes,
    habits: { readonly telephoneId: string | null; readonly queueIds: readonly string[] | null },
  ): Promise<CodedError | null> {
    const current = await commands.view(scope.companyId, operatorOf(scope), true);
    const served = current.queues.map(({ queueId }) => queueId);
    const ticked = current.queues.filter((queue) => queue.ticked).map(({ queueId }) => queueId);
    const usual = current.shiftId === null ? (habits.queueIds ?? served).filter((id) => served.includes(id)) : ticked;
    const asked = {
      kind: "signIn" as const,
      shiftId: makeId("shift"),
      queueIds: wishes.queueIds ?? usual,
      takeOver: wishes.takeOver,
    };
    const telephoneId = wishes.telephoneId ?? (current.shiftId === null ? habits.telephoneId : null);
    const directory = await directories.of(scope.companyId);
    const first = await commands.command(scope.companyId, operatorOf(scope), { ...asked, telephoneId });
    const answer =
      !first.ok && telephoneId !== null
        ? await commands.command(scope.companyId, operatorOf(scope), { ...asked, telephoneId: null })
        : first;
    if (!answer.ok) throw refusal(answer, { ...asked, telephoneId: null }, directory);
    if (first.ok) {
      const chosen = wishes.telephoneId === undefined ? {} : { telephoneId: wishes.telephoneId };
      const queues = wishes.queueIds === undefined ? {} : { queueIds: wishes.queueIds };
      await operators.remember(scope.companyId, operatorOf(scope), { ...chosen, ...queues });
      return null;
    }
    // Nobody asked for last time's telephone in so many words: that somebody sits there today needs no excuse.
    return wishes.telephoneId === undefined ? null : refusal(first, { ...asked, telephoneId }, directory);
  }

  /** Of the caller whom the operator is offered, talks to or has just talked to: of nobody else. */
  async function earlierCallsOf(scope: Scope, callId: string): Promise<EarlierCall[]> {
    demand(scope, "read", "desk");
    const { offer, call } = await commands.view(scope.companyId, operatorOf(scope));
    const shown = [offer, call].find((one) => one?.callId === callId);
    if (!shown) throw new UserError("notFound", { what: "call" });
    // The call that makes a callback, or that was dialled, may not have been placed yet.
    const { callback, card, offerId } = shown;
    if ((callback || offerId === null) && card.from !== null) return earlierCallsWith(scope.companyId, card.from);
    return earlierCalls(scope.companyId, callId);
  }

  /** The operator's own conversation, and nobody else's. */
  async function recordTalk(scope: Scope, wish: "start" | "pause" | "resume"): Promise<TalkStanding> {
    demand(scope, "write", "desk");
    const { call } = await commands.view(scope.companyId, operatorOf(scope));
    const standing = call ? await given.recordTalk(call.callId, wish) : "gone";
    if (standing === "gone") throw new UserError("noConversation");
    return standing;
  }

  return { view, command, ready, noteCall, choices, beginShift, earlierCalls: earlierCallsOf, recordTalk };
}

export type Desk = ReturnType<typeof createDesk>;

function operatorOf({ role, actorId }: Scope): string {
  if (role !== "operator" || actorId === null) throw new UserError("notAllowed");
  return actorId;
}

const operatorName = (operatorId: string, { operators }: Directory) => operators.get(operatorId)?.name ?? operatorId;

/** A refusal of the call centre as the error that the agent is shown. */
function refusal(refused: OperatorRefusal, asked: OperatorCommand, directory: Directory): CodedError {
  switch (refused.reason) {
    case "notSignedIn":
      return new UserError("notInShift");
    case "telephoneTaken": {
      const telephoneId = "telephoneId" in asked ? (asked.telephoneId ?? "") : "";
      return new UserError("telephoneTaken", {
        telephoneId,
        telephone: directory.telephones.get(telephoneId)?.name ?? telephoneId,
        holder: operatorName(refused.heldBy.operatorId, directory),
        holderId: refused.heldBy.operatorId,
      });
    }
    case "queueNotAllowed":
      return new UserError("queueNotAllowed", { queueId: refused.queueId });
    case "offerGone":
      return new UserError("offerGone", { how: refused.how });
    case "notNow":
      return new UserError("notNow", { state: refused.state });
    case "callbackOver":
    case "callbackUnderWay":
    case "telephoneUnknown":
    case "telephoneMissing":
    case "refusalNotAllowed":
    case "noExtension":
    case "notYourCall":
      return new UserError(refused.reason);
  }
}

/** A refusal told beside a success. */
export function problemOf(error: CodedError, language: ScreenLanguage, requestId: string): Problem {
  const { code, details } = error;
  return { code, details: { ...details }, requestId, ...describeError(code, details, language) };
}
