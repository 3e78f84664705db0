import type { ApiClient, Company } from "@cordboard/api";
import { type FlowDocument, parseFlow } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { standardCallbacks } from "../queues/index.ts";
import { callbackOrder, card } from "../testing/callback-order.ts";
import { createCallRouting } from "./call-routing.ts";

let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
});
afterAll(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const routing = () => createCallRouting({ ...runtime.features, now: () => 0, log: { error: () => undefined } });
const line = (number: string, target: { flowId?: string; queueId?: string; followsDiversion?: boolean }) =>
  admin.call("lines.create", {
    body: { name: "Direct", number, flowId: null, queueId: null, language: null, ...target },
  });

async function makeQueue(name: string): Promise<string> {
  const body = { name, operatorIds: [], order: "longestIdle" as const, offerMs: 20_000, wrapUpMs: null };
  const rest = { refusalAllowed: true, missedMeansPause: true, askAgainMs: 60_000, askAgainAloneMs: 10_000 };
  return must(
    await admin.call("queues.create", { body: { ...body, ...rest, scriptId: null, callbacks: standardCallbacks } }),
  ).queueId;
}

test("a line that names a queue is served by a flow that nobody drew, the same in every process", async () => {
  const queueId = await makeQueue("Sales");
  const { lineId } = must(await line("0199001001", { queueId }));
  const first = await routing().route("+33199001001");
  expect(first).toMatchObject({ lineId, flowId: "line-to-one-queue", companyId: company.companyId });
  expect(JSON.stringify(first.compiled.document)).toContain(queueId);
  const second = await routing().route("+33199001001");
  expect(second.flowVersionId).toBe(first.flowVersionId);
  // A call that began on it is taken up by a process that never routed it, and its trace finds the names of the nodes.
  const taken = await routing().version(company.companyId, first.flowVersionId);
  expect(taken?.document.entry).toBe(first.compiled.document.entry);
  const params = { flowId: first.flowId, versionId: first.flowVersionId };
  expect(must(await admin.call("flows.getVersion", { params })).number).toBe(1);
  expect(must(await admin.call("flows.list")).items).toEqual([]);
});

test("a line that follows diversions is served by the line of the number that was dialled first, where there is one", async () => {
  const [front, back] = [await makeQueue("Front desk"), await makeQueue("Back office")];
  const collects = must(await line("0199001021", { queueId: front, followsDiversion: true }));
  const first = must(await line("0199001022", { queueId: back }));
  const asked = routing();
  const served = async (to: string, dialledFirst: string | null) => (await asked.route(to, dialledFirst)).lineId;
  expect(await served("+33199001021", null)).toBe(collects.lineId);
  expect(await served("+33199001021", "0199001022")).toBe(first.lineId);
  // Of a number that no line has, and where the line does not follow.
  expect(await served("+33199001021", "100")).toBe(collects.lineId);
  expect(await served("+33199001022", "+33199001021")).toBe(first.lineId);
});

test("callers of a line to a queue that is closed hear its greeting, and may leave a message, as the queue says", async () => {
  const queueId = await makeQueue("With a greeting");
  must(await line("0199001030", { queueId }));
  const routed = async () => (await routing().route("+33199001030")).compiled.document;
  const wayOut = (document: Awaited<ReturnType<typeof routed>>) => {
    const to = document.edges.find(({ output }) => output === "closed")?.to;
    return document.nodes.find(({ id }) => id === to) ?? null;
  };
  expect(wayOut(await routed())).toBeNull();
  const prompt = { name: "We are closed", texts: { "fr-FR": "Nous sommes fermés." }, replaces: null };
  const { promptId } = must(await admin.call("prompts.create", { body: prompt }));
  const change = async (opening: object) => {
    const { queueId: _, ...fields } = must(await admin.call("queues.get", { params: { queueId } }));
    const body = { ...fields, opening: { scheduleId: null, promptId: null, boxId: null, ...opening } };
    must(await admin.call("queues.change", { params: { queueId }, body }));
  };
  await change({ promptId });
  const said = await routed();
  expect(wayOut(said)).toMatchObject({ type: "hangup", config: { prompt: "pQueueClosed" } });
  expect(said.prompts.pQueueClosed).toMatchObject({ texts: prompt.texts });
  const box = { name: "Closed", queueId: null, operatorIds: [], retentionDays: 30 };
  const { boxId } = must(await admin.call("voicemailBoxes.create", { body: box }));
  await change({ boxId });
  expect(wayOut(await routed())).toMatchObject({ type: "voicemail", config: { box: boxId, greetingFor: "closed" } });
  await change({ promptId, boxId });
  expect(wayOut(await routed())).toMatchObject({ type: "voicemail", config: { box: boxId, greeting: "pQueueClosed" } });
});

test("two queues are two versions, made at once by two processes too", async () => {
  const queueId = await makeQueue("Support");
  must(await line("0199001002", { queueId }));
  const routes = await Promise.all([routing().route("+33199001002"), routing().route("+33199001002")]);
  expect(new Set(routes.map(({ flowVersionId }) => flowVersionId)).size).toBe(1);
});

test("a line names a flow or a queue that exist, never both; a queue with a line is not deleted", async () => {
  const queueId = await makeQueue("Used");
  const { flowId } = must(await admin.call("flows.create", { body: { name: "Drawn" } }));
  const both = await line("0199001003", { queueId, flowId });
  expect(both).toMatchObject({ error: { code: "requestInvalid" } });
  expect(!both.ok && both.error.message).toContain("one or the other");
  expect(await line("0199001003", { queueId: `queue_${"0".repeat(32)}` })).toMatchObject({
    error: { code: "notFound", details: { what: "queue" } },
  });
  const { lineId } = must(await line("0199001003", { queueId }));
  expect(await admin.call("queues.delete", { params: { queueId } })).toMatchObject({
    error: { code: "inUse", details: { uses: [{ kind: "line", id: lineId }] } },
  });
});

test("the call of a callback is a flow that nobody drew, and shows the line that it was promised on, or else one that there is", async () => {
  const queueId = await makeQueue("Called back");
  const { lineId, number } = must(await line("0199001020", { queueId }));
  const callback = (dialled: string) =>
    routing().placed(
      callbackOrder({ companyId: company.companyId, card: { ...card, to: dialled, lineName: "As it was called" } }),
    );
  const first = await callback("0033199001020");
  expect(first).toMatchObject({ lineId, shows: number, lineName: "As it was called", flowId: "callback-to-number" });
  expect(first.compiled.document.nodes.map(({ type }) => type)).toContain("transfer");
  const gone = await callback("+33199009999");
  expect(gone).toMatchObject({ lineId: null, flowVersionId: first.flowVersionId });
  expect(gone.shows).toMatch(/^\+331990010/);
  expect((await callback("")).shows).toBe(gone.shows);
});

describe("the product's template of such a line", () => {
  const template = (changes: object = {}) => {
    const hunt = {
      ...{ queue: "{{param.queue}}", priority: 0, announcement: null, holdMusic: ["p1"], maxWaitMs: null },
      ...{ leaveWhenUnstaffed: false, ringMs: 20_000, ringMusic: null },
    };
    const usual: unknown = registry.find("hunt", 1)?.initial;
    const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
    const parsed = parseFlow(
      JSON.stringify({
        ...{ formatVersion: 1, id: "one-queue", name: "One queue", languages: ["fr-FR", "en-GB"], entry: "nHello" },
        parameters: { type: "object", required: ["queue"], properties: { queue: { type: "string", format: "queue" } } },
        prompts: { p1: { texts: {}, builtIn: "holdMusic" }, p2: { texts: {}, builtIn: "demoWelcome" } },
        nodes: [
          node("nHello", "play", { prompt: "p2", bargeIn: false }),
          node("nWait", "hunt", { ...Object(usual), ...hunt }),
        ],
        edges: [{ from: "nHello", output: "done", to: "nWait" }],
        ...changes,
      }),
    );
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
    return parsed.document;
  };
  const log = { error: () => undefined };
  const routeBy = (oneQueue: FlowDocument, number: string) =>
    createCallRouting({ ...runtime.features, oneQueue, now: () => 0, log }).route(number);

  test("serves it, with the queue in its place", async () => {
    const queueId = await makeQueue("By template");
    must(await line("0199001010", { queueId }));
    const { compiled } = await routeBy(template(), "+33199001010");
    expect(compiled.document).toMatchObject({
      id: "line-to-one-queue",
      entry: "nHello",
      languages: ["fr-FR", "en-GB"],
    });
    expect(JSON.stringify(compiled.document)).toContain(queueId);
  });

  test("that asks for more, or is wrong, leaves the plain flow: no caller is kept out of line", async () => {
    const queueId = await makeQueue("Whatever happens");
    must(await line("0199001011", { queueId }));
    const wrong = template({ edges: [] });
    const more = template({ name: "{{param.nobodyAsked}}" });
    for (const broken of [wrong, more]) {
      const { compiled } = await routeBy(broken, "+33199001011");
      expect(compiled.document.entry).toBe("nWait");
      expect(JSON.stringify(compiled.document)).toContain(queueId);
    }
  });
});
