import type { ApiClient, Company, EverydayFlow } from "@cordboard/api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { createCallRouting } from "../routing/call-routing.ts";

let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;
let supervisor: ApiClient;

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
  supervisor = await runtime.user(company, "supervisor");
});
afterAll(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

/** Asks for a key, for as long as a supervisor likes, and says goodbye in their words. */
function flow(id: string, changes: { readonly marks?: object; readonly name?: string } = {}) {
  const marks = {
    prompt: { label: "Closing message" },
    ...{ patienceMs: { label: "Patience", minimum: 2_000, maximum: 9_000 } },
    ...changes.marks,
  };
  const { prompt, ...menuMarks } = { ...marks };
  return {
    ...{ formatVersion: 1, id, name: changes.name ?? id, languages: ["en-GB"], entry: "n1" },
    prompts: { ask: { texts: { "en-GB": "Press one." } }, bye: { texts: { "en-GB": "Goodbye." } } },
    nodes: [
      {
        ...{ id: "n1", name: "Ask", type: "menu", typeVersion: 1 },
        config: {
          ...{ prompt: "ask", choices: [{ id: "one", digit: "1", label: "One" }], attempts: 1, patienceMs: 5_000 },
          ...{ invalidPrompt: null, noInputPrompt: null },
        },
        everyday: menuMarks,
      },
      {
        ...{ id: "n2", name: "End", type: "hangup", typeVersion: 1, config: { prompt: "bye" } },
        ...(prompt && { everyday: { prompt } }),
      },
    ],
    edges: ["one", "noInput", "noMatch"].map((output) => ({ from: "n1", output, to: "n2" })),
  };
}
const publish = async (document: object & { id: string }) =>
  must(
    await admin.call("flows.publish", {
      params: { flowId: document.id },
      body: { document: { ...document }, note: "" },
    }),
  );
const shown = async (flowId: string): Promise<EverydayFlow> => {
  const { items } = must(await supervisor.call("everyday.list"));
  const found = items.find((item) => item.flowId === flowId);
  if (!found) throw new Error(`no everyday settings of ${flowId}`);
  return found;
};
const text = (said: string) => ({ kind: "prompt" as const, value: { texts: { "en-GB": said } } });
const change = async (
  flowId: string,
  setting: string,
  value: { kind: "prompt" | "duration"; value: unknown } | null,
) => {
  const { number } = await shown(flowId);
  const nodeId = setting === "prompt" ? "n2" : "n1";
  return supervisor.call("everyday.change", { params: { flowId }, body: { number, nodeId, setting, value } });
};
const routing = () => createCallRouting({ ...runtime.features, now: () => 0, log: { error: () => undefined } });
const leadsTo = async (number: string, flowId: string) =>
  must(await admin.call("lines.create", { body: { name: number, number, flowId, queueId: null, language: null } }));

describe("a supervisor", () => {
  test("sees what may be changed in plain words, changes it, sees who did, and goes back to an earlier value", async () => {
    await publish(flow("desk", { name: "Front desk" }));
    const first = await shown("desk");
    expect(first).toMatchObject({ name: "Front desk", number: null, unused: [], refused: null });
    expect(first.settings.map(({ label, kind, value }) => [label, kind, value])).toEqual([
      ["Patience", "duration", null],
      ["Closing message", "prompt", null],
    ]);
    must(await change("desk", "prompt", text("We are closed on Monday.")));
    const after = must(await change("desk", "prompt", text("Closed for the fair.")));
    expect(after.settings[1]).toMatchObject({
      value: text("Closed for the fair."),
      changedBy: { name: "supervisor of demo" },
    });
    const params = { flowId: "desk", nodeId: "n2", setting: "prompt" };
    const { items } = must(await supervisor.call("everyday.history", { params }));
    expect(items.map(({ number, value }) => [number, value])).toEqual([
      [2, text("Closed for the fair.")],
      [1, text("We are closed on Monday.")],
    ]);
    must(await change("desk", "prompt", null));
    expect(await shown("desk")).toMatchObject({ number: 3, settings: [{}, { value: null, drawn: text("Goodbye.") }] });
    const audit = must(await admin.call("audit.list", { query: { targetId: "desk" } })).items;
    expect(audit[0]).toMatchObject({ action: "everyday.change", after: { "Closing message": "Goodbye.", version: 3 } });
  });

  test("is refused what the author's limits, the flow's own rules or somebody else's change do not allow", async () => {
    await publish(flow("limits"));
    expect(await change("limits", "patienceMs", { kind: "duration", value: 9_001 })).toMatchObject({
      error: { code: "everydayInvalid", status: 422 },
    });
    expect(await change("limits", "prompt", { kind: "duration", value: 1 })).toMatchObject({ ok: false });
    const broken = await change("limits", "prompt", text("Your turn is {{ nobodyKnows }}."));
    expect(broken).toMatchObject({ error: { code: "everydayInvalid" } });
    expect(!broken.ok && broken.error.message).toContain("nobodyKnows");
    expect(await change("limits", "prompt", { kind: "prompt", value: { texts: {} } })).toMatchObject({ ok: false });
    must(await change("limits", "prompt", text("One.")));
    const body = { number: null, nodeId: "n2", setting: "prompt", value: text("Two.") };
    expect(await supervisor.call("everyday.change", { params: { flowId: "limits" }, body })).toMatchObject({
      error: { code: "changedMeanwhile" },
    });
    // The drawing itself is the author's.
    const draft = { params: { flowId: "limits" }, body: { rev: null, document: { id: "limits" } } };
    expect(await supervisor.call("flows.saveDraft", draft)).toMatchObject({ error: { code: "notAllowed" } });
  });

  test("keeps a value that the next drawing cannot take: it is told, what is drawn holds, and it comes back with its setting", async () => {
    await publish(flow("moves"));
    await leadsTo("0199002001", "moves");
    must(await change("moves", "prompt", text("Closed today.")));
    const heard = async () => JSON.stringify((await routing().route("+33199002001")).compiled.document.prompts);
    expect(await heard()).toContain("Closed today.");
    const { findings } = await publish(flow("moves", { marks: { prompt: undefined } }));
    expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toContain("warning everydayUnused");
    expect(await heard()).not.toContain("Closed today.");
    const now = await shown("moves");
    expect(now.unused).toMatchObject([
      { label: "Closing message", reason: "gone", changedBy: { name: "supervisor of demo" } },
    ]);
    await publish(flow("moves"));
    expect(await heard()).toContain("Closed today.");
  });
});

test("a queue that an everyday setting names is in use", async () => {
  await publish(flow("uses"));
  const { boxId } = await runtime.features.voicemailBoxes.create(systemScope(company.companyId), {
    ...{ name: "Night", queueId: null, operatorIds: [], retentionDays: 90 },
  });
  must(await change("uses", "prompt", text("Hello.")));
  const uses = await runtime.features.flows.using(systemScope(company.companyId), "voicemailBox", boxId);
  expect(uses).toEqual([]);
  must(await change("uses", "prompt", { kind: "prompt", value: { texts: { "en-GB": "Hi." }, name: boxId } }));
  const now = await runtime.features.flows.using(systemScope(company.companyId), "voicemailBox", boxId);
  expect(now).toEqual([{ kind: "flow", id: "uses", name: "uses" }]);
});

test("a call keeps the values that it began with, whatever is changed or published, in a process that never saw it", async () => {
  await publish(flow("keeps"));
  await leadsTo("0199002002", "keeps");
  const { companyId } = company;
  const act = fc.oneof(
    fc.integer({ min: 2_000, max: 9_000 }).map((value) => ({ does: "patience" as const, value })),
    fc.stringMatching(/^[a-z ]{1,12}$/).map((said) => ({ does: "says" as const, said })),
    fc.constant({ does: "asDrawn" as const }),
    fc.integer({ min: 1, max: 3 }).map((n) => ({ does: "publishes" as const, name: `Keeps ${n}` })),
  );
  const history = fc.array(act, { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(history, async (acts) => {
      const begun = [];
      for (const one of acts) {
        if (one.does === "patience") must(await change("keeps", "patienceMs", { kind: "duration", value: one.value }));
        else if (one.does === "says") must(await change("keeps", "prompt", text(`x ${one.said}`)));
        else if (one.does === "asDrawn") must(await change("keeps", "prompt", null));
        else await publish(flow("keeps", { name: one.name }));
        begun.push(await routing().route("+33199002002"));
        const patience = (await shown("keeps")).settings[0]?.value?.value ?? 5_000;
        const { nodes } = begun.at(-1)?.compiled.document ?? { nodes: [] };
        expect(nodes[0]?.config.patienceMs).toBe(patience);
      }
      for (const { flowVersionId, everyday, compiled } of begun) {
        const again = await routing().version(companyId, flowVersionId, everyday ?? []);
        expect(again?.document).toEqual(compiled.document);
      }
    }),
    { numRuns: 4 },
  );
});
