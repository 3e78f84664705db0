import { type Exchange, must } from "./exchange.ts";

const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
const edge = (from: string, output: string, to: string) => ({ from, output, to });

/** Serves the line with a flow that has a bit of everything and takes no time: a key that works everywhere, a beep, a menu, the sales queue, goodbye. */
export async function serveShortFlow({ admin }: Exchange): Promise<void> {
  const queues = must(await admin.call("queues.list")).items;
  const queue = queues.find(({ name }) => name.includes("Sales"))?.queueId ?? "";
  const prompt = (builtIn: string) => ({ texts: {}, builtIn });
  const document = {
    formatVersion: 1,
    id: "short",
    name: "Short",
    languages: ["fr-FR", "en-GB"],
    prompts: {
      beep: prompt("beep"),
      menu: prompt("demoNoInput"),
      music: prompt("holdMusic"),
      nobody: prompt("noOneSignedIn"),
      goodbye: prompt("goodbye"),
    },
    // As in most companies' flows: so what is heard is heard with keys that are listened for.
    keys: { "0": "bye" },
    entry: "hello",
    nodes: [
      node("hello", "play", { prompt: "beep", bargeIn: false }),
      node("menu", "menu", {
        prompt: "menu",
        choices: [{ id: "sales", digit: "1", label: "Sales" }],
        attempts: 5,
        patienceMs: 3_000,
        invalidPrompt: null,
        noInputPrompt: null,
      }),
      node("desk", "hunt", {
        queue,
        priority: 0,
        announcement: null,
        holdMusic: ["music"],
        maxWaitMs: null,
        leaveWhenUnstaffed: false,
        ringMs: 5_000,
        ringMusic: null,
      }),
      node("bye", "hangup", { prompt: "goodbye" }),
    ],
    edges: [
      edge("hello", "done", "menu"),
      edge("menu", "sales", "desk"),
      edge("menu", "noInput", "bye"),
      edge("menu", "noMatch", "bye"),
      edge("desk", "ended", "bye"),
      edge("desk", "timeout", "bye"),
      edge("desk", "unstaffed", "bye"),
    ],
    layout: {},
  };
  must(await admin.call("flows.publish", { params: { flowId: "short" }, body: { document, note: "" } }));
  for (const { lineId, ...line } of must(await admin.call("lines.list")).items) {
    must(await admin.call("lines.change", { params: { lineId }, body: { ...line, flowId: "short", queueId: null } }));
  }
}
