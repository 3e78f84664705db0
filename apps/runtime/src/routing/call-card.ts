import { systemScope } from "../access/index.ts";
import type { CallDocument } from "../calls/model.ts";
import type { CallCard } from "../ports/index.ts";
import type { Queues } from "../queues/index.ts";
import type { Scripts } from "../scripts/index.ts";

/**
 * What an operator is shown of a call. The script is the one that the flow attached, or the queue's own; its address is made here, with
 * every value encoded, so that the browser can open it from the very click on *Accept*. A hidden caller's number is in none of it.
 */
export function createCallCards({ queues, scripts }: { queues: Queues; scripts: Scripts }) {
  return async (call: CallDocument): Promise<CallCard> => {
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
    const scriptId = call.script?.scriptId ?? (call.queue && (await queues.get(scope, call.queue.queueId)).scriptId);
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
    };
  };
}
