import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { type SettingsMessage, settingsChannel } from "../ports/index.ts";
import { standardCallbacks } from "../queues/index.ts";

let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
});
afterAll(() => runtime.close());

/** The value of an answer that must have succeeded. */
function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const queue = (name: string) => ({
  name,
  operatorIds: [],
  order: "longestIdle" as const,
  offerMs: 20_000,
  wrapUpMs: null,
  refusalAllowed: true,
  missedMeansPause: true,
  askAgainMs: 60_000,
  askAgainAloneMs: 10_000,
  scriptId: null,
  callbacks: standardCallbacks,
});

describe("any thing", () => {
  test("is created, listed, read, changed and deleted", async () => {
    const made = must(
      await admin.call("telephones.create", { body: { name: "Desk 1", target: { kind: "user", name: "101" } } }),
    );
    expect(made.rev).toBe(1);
    const params = { telephoneId: made.telephoneId };
    expect(must(await admin.call("telephones.list")).items).toEqual([made]);
    const body = { name: "Desk one", target: made.target, rev: made.rev };
    const changed = must(await admin.call("telephones.change", { params, body }));
    expect(must(await admin.call("telephones.get", { params }))).toEqual({ ...made, name: "Desk one", rev: 2 });
    expect(changed.rev).toBe(2);
    expect((await admin.call("telephones.delete", { params })).ok).toBe(true);
    expect(await admin.call("telephones.get", { params })).toMatchObject({ error: { code: "notFound", status: 404 } });
  });

  test("changed by two at once is changed by the first", async () => {
    const made = must(await admin.call("queues.create", { body: queue("Two at once") }));
    const params = { queueId: made.queueId };
    const body = { ...queue("Two at once"), rev: 1 };
    const answers = await Promise.all([
      admin.call("queues.change", { params, body: { ...body, offerMs: 10_000 } }),
      admin.call("queues.change", { params, body: { ...body, offerMs: 11_000 } }),
    ]);
    expect(answers.filter(({ ok }) => ok).length).toBe(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { code: "changedMeanwhile" } });
  });

  test("has a name of its own", async () => {
    must(await admin.call("queues.create", { body: queue("Sales") }));
    const again = await admin.call("queues.create", { body: queue("Sales") });
    expect(again).toMatchObject({ error: { code: "alreadyExists", details: { field: "name", value: "Sales" } } });
    const other = await runtime.company("other");
    const scope = systemScope(other.companyId);
    expect((await runtime.features.queues.create(scope, queue("Sales"))).name).toBe("Sales");
  });

  test("tells of its change on the company's channel", async () => {
    const heard: SettingsMessage[] = [];
    const end = runtime.bus.subscribe(settingsChannel(company.companyId), (message) =>
      heard.push(message as SettingsMessage),
    );
    const made = must(await admin.call("queues.create", { body: queue("Told") }));
    await admin.call("queues.delete", { params: { queueId: made.queueId } });
    await expect
      .poll(() => heard)
      .toEqual([
        { resource: "queues", id: made.queueId },
        { resource: "queues", id: made.queueId },
      ]);
    end();
  });
});

describe("references", () => {
  test("a queue names operators and a script that exist", async () => {
    const nobody = { ...queue("Lost"), operatorIds: [`op_${"0".repeat(32)}`] };
    expect(await admin.call("queues.create", { body: nobody })).toMatchObject({
      error: { code: "notFound", details: { what: "operator" } },
    });
    const nothing = { ...queue("Lost"), scriptId: `script_${"0".repeat(32)}` };
    expect(await admin.call("queues.create", { body: nothing })).toMatchObject({
      error: { code: "notFound", details: { what: "script" } },
    });
  });

  test("what a queue uses is not deleted, and the queue is named", async () => {
    const operator = await runtime.operator(company, "301", "Théo");
    const script = must(
      await admin.call("scripts.create", {
        body: { name: "File", url: "https://crm.example/{{caller}}", window: "crm" },
      }),
    );
    expect(script.parameters).toEqual(["caller"]);
    const body = { ...queue("Using"), operatorIds: [operator.operatorId], scriptId: script.scriptId };
    must(await admin.call("queues.create", { body }));
    const refusal = { ok: false, error: { code: "inUse", details: { uses: [{ kind: "queue", name: "Using" }] } } };
    expect(await admin.call("scripts.delete", { params: { scriptId: script.scriptId } })).toMatchObject(refusal);
    expect(await admin.call("operators.delete", { params: { operatorId: operator.operatorId } })).toMatchObject(
      refusal,
    );
  });
});

describe("scripts", () => {
  test.each(["javascript:alert(1)", "data:text/html,x", "https://{{host}}/", "crm:open"])(
    "refuse to be %s",
    async (url) => {
      const answer = await admin.call("scripts.create", { body: { name: "Bad", url, window: null } });
      expect(answer).toMatchObject({ ok: false, error: { code: "scriptUrlRefused", status: 422 } });
    },
  );

  test("may use a scheme that the company allows, until it no longer does", async () => {
    const settings = must(await admin.call("company.get"));
    const { companyId, code, ...fields } = settings;
    expect(await admin.call("company.change", { body: { ...fields, scriptSchemes: ["javascript"] } })).toMatchObject({
      error: { code: "scriptUrlRefused" },
    });
    const allowed = must(await admin.call("company.change", { body: { ...fields, scriptSchemes: ["crm"] } }));
    const made = must(
      await admin.call("scripts.create", { body: { name: "Crm", url: "crm:open?n={{caller}}", window: null } }),
    );
    const scope = systemScope(companyId);
    const opener = await runtime.features.scripts.opener(scope, made.scriptId);
    expect(opener).toMatchObject({ name: "Crm", window: null, place: "tab" });
    expect(opener?.open("unknown", { caller: "+33 1" })).toBe("crm:open?n=%2B33%201");
    must(await admin.call("company.change", { body: { ...fields, rev: allowed.rev, scriptSchemes: [] } }));
    const refused = await runtime.features.scripts.opener(scope, made.scriptId);
    expect(refused?.open("unknown", { caller: "1" })).toBeNull();
  });
});

describe("lines", () => {
  test("keep one form of a number, and are found under whatever the trunk writes", async () => {
    const line = must(
      await admin.call("lines.create", {
        body: { name: "Main", number: "01 23 45 67 89", flowId: null, queueId: null, language: null },
      }),
    );
    expect(line.number).toBe("+33123456789");
    for (const dialled of ["+33123456789", "0123456789", "0033123456789", "33123456789"]) {
      const found = await runtime.features.lines.dialled(dialled);
      expect(found).toMatchObject({ lineId: line.lineId, companyId: company.companyId });
    }
    expect(await runtime.features.lines.dialled("+33999999999")).toBeNull();
  });

  test("say their number as people write it; what was read can be sent back as it is, and so can a telephone", async () => {
    const [line] = must(await admin.call("lines.list")).items;
    if (!line) throw new Error("no line");
    expect(line).toMatchObject({ number: "+33123456789", numberText: "01 23 45 67 89" });
    const { lineId, ...read } = line;
    expect(must(await admin.call("lines.change", { params: { lineId }, body: read }))).toEqual({ ...line, rev: 2 });
    const body = { name: "London", target: { kind: "number", number: "+44 20 7946 0123" } } as const;
    const telephone = must(await admin.call("telephones.create", { body }));
    expect(telephone).toMatchObject({ target: { number: "+442079460123" }, targetText: "+44 20 7946 0123" });
    const { telephoneId, ...same } = telephone;
    expect(must(await admin.call("telephones.change", { params: { telephoneId }, body: same }))).toEqual({
      ...telephone,
      rev: 2,
    });
  });

  test("refuse what is no number, a number that is taken, and a flow that does not exist", async () => {
    const create = (number: string, flowId: string | null = null) =>
      admin.call("lines.create", { body: { name: "Other", number, flowId, queueId: null, language: null } });
    expect(await create("call me")).toMatchObject({ error: { code: "numberInvalid" } });
    expect(await create("+33 1 23 45 67 89")).toMatchObject({ error: { code: "alreadyExists" } });
    expect(await create("1001", "nothing")).toMatchObject({ error: { code: "notFound", details: { what: "flow" } } });
  });
});

test("a time zone that nobody knows is refused by name", async () => {
  const { companyId, code, ...fields } = must(await admin.call("company.get"));
  const answer = await admin.call("company.change", { body: { ...fields, timeZone: "Europe/Atlantis" } });
  expect(answer).toMatchObject({ ok: false, error: { code: "requestInvalid" } });
  expect(!answer.ok && answer.error.message).toContain("Europe/Atlantis");
});
