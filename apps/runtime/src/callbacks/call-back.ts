import type { AgentView, VoicemailMessage } from "@cordboard/api";
import type { Scope } from "../access/index.ts";
import { numberToRing } from "../call-centre/index.ts";
import type { Desk, Directories } from "../desk/index.ts";
import { UserError } from "../errors/index.ts";
import type { CallCard, MakeId } from "../ports/index.ts";
import type { Callbacks } from "./service.ts";

export interface CallBackGiven {
  readonly callbacks: Pick<Callbacks, "demand">;
  readonly desk: Pick<Desk, "view" | "command">;
  readonly directories: Directories;
  readonly messages: {
    get(scope: Scope, messageId: string): Promise<VoicemailMessage>;
    calledBack(scope: Scope, messageId: string): Promise<VoicemailMessage>;
  };
  /** What an operator is shown of the author of a message. */
  readonly cardOf: (companyId: string, author: MessageAuthor) => Promise<CallCard>;
  readonly makeId: MakeId;
}

export interface MessageAuthor {
  readonly number: string;
  readonly callerName: string | null;
  readonly lineName: string;
  /** The call in which the message was left. */
  readonly callId: string;
  readonly queueId: string;
}

export type WhomToRing = { readonly callbackId: string } | { readonly messageId: string };

/** An operator rings somebody of their own accord: who was promised a callback, or who left a message. */
export function createCallBack(given: CallBackGiven) {
  const { callbacks, desk, directories, messages, cardOf, makeId } = given;

  async function authorOf(scope: Scope, messageId: string): Promise<MessageAuthor> {
    const message = await messages.get(scope, messageId);
    const { company } = await directories.of(scope.companyId);
    const { from, callerName, lineName, callId } = message;
    const number = from && numberToRing({ written: from, country: company.country, own: "anywhere" });
    if (!number) throw new UserError("numberNotRung", { number: message.fromText ?? hiddenNumber });
    return { number, callerName, lineName, callId, queueId: queueFor(message, await desk.view(scope)) };
  }

  return async (scope: Scope, whom: WhomToRing): Promise<AgentView> => {
    if ("callbackId" in whom) {
      await callbacks.demand(scope, whom.callbackId);
      return desk.command(scope, { kind: "callBack", callbackId: whom.callbackId, promise: null });
    }
    const { messageId } = whom;
    const author = await authorOf(scope, messageId);
    const { number, queueId } = author;
    const promise = { number, queueId, card: await cardOf(scope.companyId, author) };
    const view = await desk.command(scope, { kind: "callBack", callbackId: makeId("callback"), promise });
    await messages.calledBack(scope, messageId);
    return view;
  };
}

export type CallBack = ReturnType<typeof createCallBack>;

const hiddenNumber = { fr: "numéro masqué", en: "hidden number" };

/** The queue that the box belongs to when the operator may serve it, else one that they serve, or might. */
function queueFor({ queueId }: VoicemailMessage, { queues }: AgentView): string {
  const chosen = queues.find((queue) => queue.queueId === queueId) ?? queues.find(({ ticked }) => ticked) ?? queues[0];
  if (!chosen) throw new UserError("queueNotAllowed", { queueId: queueId ?? "" });
  return chosen.queueId;
}
