import type { Queue } from "@cordboard/api";
import { type Scope, systemScope } from "../access/index.ts";
import type { CallDocument } from "../calls/model.ts";
import { UserError } from "../errors/index.ts";
import type { CallCard } from "../ports/index.ts";
import type { Scripts } from "../scripts/index.ts";

export interface CallCardsGiven {
  readonly queues: { get(scope: Scope, queueId: string): Promise<Pick<Queue, "scriptId">> };
  readonly scripts: Pick<Scripts, "render">;
}

export type ShownOfCall = Pick<
  CallDocument,
  | "_id"
  | "companyId"
  | "from"
  | "hidden"
  | "callerName"
  | "to"
  | "lineName"
  | "language"
  | "startedAt"
  | "script"
  | "passings"
> & { readonly queue: Pick<NonNullable<CallDocument["queue"]>, "queueId"> | null };

/**
 * What an operator is shown of a call. The script is the one that the flow attached, or the queue's own; its address is made here, with
 * every value encoded, so that the browser can open it from the very click on *Accept*. A hidden caller's number is in none of it.
 * A queue or script that was deleted meanwhile only leaves the card without a script: no caller may be kept out of line by it.
 */
export function createCallCards({ queues, scripts }: CallCardsGiven) {
  const scriptOfQueue = async (scope: Scope, queueId: string) => {
    try {
      return (await queues.get(scope, queueId)).scriptId;
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  };
  return async (call: ShownOfCall): Promise<CallCard> => {
    const scope = systemScope(call.companyId);
    const from = call.hidden ? null : call.from;
    const known = {
      caller: from,
      callerName: call.hidden ? null : call.callerName,
      dialled: call.to,
      line: call.lineName,
      call: call._id,
      language: call.language,
    };
    const scriptId = call.script?.scriptId ?? (call.queue && (await scriptOfQueue(scope, call.queue.queueId)));
    const script = scriptId ? await scripts.render(scope, scriptId, { ...known, ...call.script?.parameters }) : null;
    return {
      from,
      hidden: call.hidden,
      callerName: known.callerName,
      to: call.to,
      lineName: call.lineName,
      language: call.language,
      script: script && { name: script.name, url: script.url, window: script.window },
      callStartedAt: call.startedAt,
      passedOn: (call.passings ?? []).map(({ operatorId, at, outcome, note }) => ({ operatorId, at, outcome, note })),
    };
  };
}
