import type { Callback } from "@cordboard/api";
import { type Exchange, must } from "./exchange.ts";
import { until } from "./until.ts";

/** Serves the line with a flow that promises callbacks of the sales queue. */
export async function serveCallbacks({ admin }: Exchange): Promise<void> {
  const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
  const edge = (from: string, output: string, to: string) => ({ from, output, to });
  const prompt = (builtIn: string) => ({ texts: {}, builtIn });
  const queue = must(await admin.call("queues.list")).items.find(({ name }) => name.includes("Sales"))?.queueId;
  const prompts = { numberPrompt: null, confirmPrompt: null, enterPrompt: null, wrongPrompt: null };
  const document = {
    ...{ formatVersion: 1, id: "callbacks", name: "Callbacks", languages: ["fr-FR"], entry: "promise" },
    variables: { number: { type: "string", initial: "" } },
    prompts: { promised: prompt("callbackPromised"), full: prompt("callbackFull"), goodbye: prompt("goodbye") },
    nodes: [
      node("promise", "callback", {
        ...{ queue, schedule: null, keepPlace: true, variable: "number", ...prompts },
        ...{ minDigits: 6, maxDigits: 15, attempts: 2, patienceMs: 5_000, interDigitMs: 2_000, slots: true },
      }),
      node("promised", "hangup", { prompt: "promised" }),
      node("full", "hangup", { prompt: "full" }),
      node("bye", "hangup", { prompt: "goodbye" }),
    ],
    edges: [
      ...[edge("promise", "promised", "promised"), edge("promise", "full", "full")],
      edge("promise", "noNumber", "bye"),
    ],
    layout: {},
  };
  must(await admin.call("flows.publish", { params: { flowId: "callbacks" }, body: { document, note: "" } }));
  for (const { lineId, ...line } of must(await admin.call("lines.list")).items) {
    const body = { ...line, flowId: "callbacks", queueId: null };
    must(await admin.call("lines.change", { params: { lineId }, body }));
  }
}

let callers = 0;

/**
 * Somebody calls the line, and has a callback to the number that they call from promised. Their telephone is idle again then: most people
 * hang up once they hear that it is promised; `hearsItOut` waits for the flow to say goodbye.
 */
export async function promised(
  exchange: Exchange,
  telephone: string,
  { hearsItOut = false }: { readonly hearsItOut?: boolean } = {},
): Promise<{ readonly number: string; callback(): Promise<Callback> }> {
  callers += 1;
  const number = `+3363998${String(callers).padStart(4, "0")}`;
  exchange.telephones.call({ telephone, from: number, to: exchange.line });
  await exchange.story.waitFor(telephone, "talking callbackNumberIs");
  exchange.telephones.press(telephone, "1");
  await exchange.story.waitFor(telephone, "talking callbackPromised");
  if (!hearsItOut) exchange.telephones.hangup(telephone);
  await exchange.story.waitFor(telephone, "idle");
  const callback = () =>
    until(async () => {
      const { items } = must(await exchange.admin.call("callbacks.list", { query: {} }));
      return items.find((one) => one.number === number);
    }, `the callback to ${number}`);
  return { number, callback };
}
