import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";

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

/** Greets and hangs up: the smallest flow that may be published. */
const greeting = (id: string, text = "Bonjour.") => ({
  formatVersion: 1,
  id,
  name: "Greeting",
  languages: ["fr-FR"],
  prompts: { p1: { texts: { "fr-FR": text }, builtIn: "goodbye" } },
  entry: "n1",
  nodes: [
    { id: "n1", name: "Hello", type: "play", typeVersion: 1, config: { prompt: "p1", bargeIn: false } },
    { id: "n2", name: "End", type: "hangup", typeVersion: 1, config: { prompt: null } },
  ],
  edges: [{ from: "n1", output: "done", to: "n2" }],
  layout: { n1: [0, 0], n2: [200, 0] },
});

const publish = (flowId: string, document: object, note = "") =>
  admin.call("flows.publish", { params: { flowId }, body: { document: { ...document }, note } });

describe("publishing", () => {
  test("makes a version that never changes, and serves it", async () => {
    const first = must(await publish("greeting", greeting("greeting"), "first"));
    expect(first.version).toMatchObject({ number: 1, note: "first", publishedBy: { name: "admin of demo" } });
    const second = must(await publish("greeting", greeting("greeting", "Salut.")));
    expect(second.version.number).toBe(2);
    const flow = must(await admin.call("flows.get", { params: { flowId: "greeting" } }));
    expect(flow.published?.versionId).toBe(second.version.versionId);
    expect(flow.versions.map(({ number }) => number)).toEqual([2, 1]);
    const params = { flowId: "greeting", versionId: first.version.versionId };
    const read = must(await admin.call("flows.getVersion", { params }));
    expect(JSON.stringify(read.document)).toContain("Bonjour.");
    const served = await runtime.features.flows.published(systemScope(company.companyId), "greeting");
    expect(served?.versionId).toBe(second.version.versionId);
  });

  test("the same behaviour twice is one version, also when boxes were moved", async () => {
    const first = must(await publish("same", greeting("same")));
    const moved = { ...greeting("same"), layout: { n1: [50, 50], n2: [90, 90] } };
    const again = must(await publish("same", moved));
    expect(again.version).toEqual(first.version);
    expect(first.version.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("by two at once gives both the same version", async () => {
    const answers = await Promise.all([publish("race", greeting("race")), publish("race", greeting("race"))]);
    const ids = answers.map((answer) => must(answer).version.versionId);
    expect(new Set(ids).size).toBe(1);
  });

  test("rolls back and forward", async () => {
    const first = must(await publish("roll", greeting("roll", "Un.")));
    must(await publish("roll", greeting("roll", "Deux.")));
    const params = { flowId: "roll" };
    const back = must(await admin.call("flows.serve", { params, body: { versionId: first.version.versionId } }));
    expect(back.published?.number).toBe(1);
    const other = must(await publish("other", greeting("other")));
    const wrong = await admin.call("flows.serve", { params, body: { versionId: other.version.versionId } });
    expect(wrong).toMatchObject({ error: { code: "notFound" } });
  });

  test("is the admins' where the company says so", async () => {
    const author = await runtime.user(company, "author");
    const { companyId, code, ...fields } = must(await admin.call("company.get"));
    const forbid = must(await admin.call("company.change", { body: { ...fields, authorsMayPublish: false } }));
    const input = { params: { flowId: "mine" }, body: { document: greeting("mine"), note: "" } };
    expect(await author.call("flows.publish", input)).toMatchObject({ error: { code: "publishingNotAllowed" } });
    must(await admin.call("company.change", { body: { ...fields, rev: forbid.rev, authorsMayPublish: true } }));
    expect((await author.call("flows.publish", input)).ok).toBe(true);
  });
});

describe("bad flows", () => {
  test("every finding comes with place and sentence", async () => {
    const broken = { ...greeting("broken"), edges: [], entry: "n9" };
    const answer = await publish("broken", broken);
    expect(answer).toMatchObject({ ok: false, error: { code: "flowInvalid", status: 422 } });
    if (answer.ok) return;
    const { findings, count } = answer.error.details as {
      findings: { code: string; pointer: string }[];
      count: number;
    };
    expect(findings.find(({ code }) => code === "entryMissing")?.pointer).toBe("/entry");
    expect(count).toBeGreaterThanOrEqual(1);
    expect(answer.error.message).not.toContain("[object");
  });

  const first = greeting("bad").nodes[0];
  test.each([
    ["of the wrong shape", { ...greeting("bad"), nodes: "none" }, "wrongType"],
    ["of an unknown format", { ...greeting("bad"), formatVersion: 9 }, "unknownFormatVersion"],
    ["with an unknown node type", { ...greeting("bad"), nodes: [{ ...first, type: "teleport" }] }, "unknownNodeType"],
    [
      "with an unknown type version",
      { ...greeting("bad"), nodes: [{ ...first, typeVersion: 7 }] },
      "unknownTypeVersion",
    ],
    [
      "with a loop in which nobody is asked",
      { ...greeting("bad"), edges: [{ from: "n1", output: "done", to: "n1" }] },
      "loopWithoutInput",
    ],
  ])(
    "a flow %s is refused with its sentence, and what was published before goes on serving",
    async (_, document, code) => {
      const before = must(await publish("bad", greeting("bad")));
      const answer = await publish("bad", document);
      expect(answer).toMatchObject({ ok: false, error: { code: "flowInvalid", status: 422 } });
      if (answer.ok) return;
      const { findings } = answer.error.details as {
        findings: { code: string; message: { en: string; fr: string } }[];
      };
      const found = findings.find((finding) => finding.code === code);
      expect(found?.message.en).toMatch(/\w+.*\./);
      expect(found?.message.fr).toMatch(/\w+.*\./);
      const served = await runtime.features.flows.published(systemScope(company.companyId), "bad");
      expect(served?.versionId).toBe(before.version.versionId);
    },
  );

  test("a flow to a queue that the company does not have is refused", async () => {
    const queueId = `queue_${"0".repeat(32)}`;
    const config = {
      queue: queueId,
      priority: 0,
      announcement: null,
      holdMusic: [],
      maxWaitMs: null,
      leaveWhenUnstaffed: false,
      ringMs: 20_000,
      ringMusic: null,
    };
    const nodes = [...greeting("lost").nodes, { id: "n3", name: "Wait", type: "hunt", typeVersion: 1, config }];
    const answer = await publish("lost", { ...greeting("lost"), nodes });
    expect(answer).toMatchObject({ ok: false, error: { code: "flowInvalid" } });
    expect(JSON.stringify(answer)).toContain("notInCompany");
  });

  test("a document for another flow is refused", async () => {
    expect(await publish("one", greeting("two"))).toMatchObject({ error: { code: "requestInvalid" } });
  });

  test("questions that would keep the server busy for ever are refused, and never asked", async () => {
    const slow = { type: "string", pattern: "^(a+)+$", default: `${"a".repeat(60)}!` };
    const parameters = { type: "object", properties: { a: slow } };
    const before = process.cpuUsage();
    const answer = await publish("slow", { ...greeting("slow"), name: "{{param.a}}", parameters });
    expect(answer).toMatchObject({ ok: false, error: { code: "flowInvalid" } });
    expect(JSON.stringify(answer)).toContain("/parameters/properties/a/pattern");
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(5_000);
  });

  test("five megabytes are read, more are refused in a clear sentence", async () => {
    const flow = greeting("big", "x".repeat(5_100_000));
    const answer = await publish("big", flow);
    expect(answer).toMatchObject({ ok: false, error: { code: "tooLarge", status: 413 } });
    expect(!answer.ok && answer.error.message).toContain("5 MB");
    // Read, and then refused for what is in it: a prompt of so many characters.
    expect(await publish("big", greeting("big", "x".repeat(4_000_000)))).toMatchObject({
      error: { code: "flowInvalid" },
    });
  });
});

describe("drafts", () => {
  const save = (rev: number | null, document: Record<string, unknown>, flowId = "draft") =>
    admin.call("flows.saveDraft", { params: { flowId }, body: { rev, document } });

  test("need not be valid, and are not lost between two authors", async () => {
    const first = must(await save(null, { id: "draft", name: "Half a flow" }));
    expect(first.rev).toBe(1);
    const second = must(await save(1, { id: "draft", name: "Half a flow", nodes: [] }));
    expect(second.rev).toBe(2);
    for (const rev of [1, null]) {
      const late = await save(rev, { id: "draft", name: "Late" });
      expect(late).toMatchObject({
        error: {
          code: "draftChanged",
          status: 409,
          details: { who: "admin of demo", draft: { rev: 2, savedBy: { name: "admin of demo" } } },
        },
      });
      expect(!late.ok && late.error.details.draft).toMatchObject({ document: { name: "Half a flow", nodes: [] } });
      expect(!late.ok && late.error.message).toMatch(/^admin of demo has saved .* at \d\d:\d\d\)\.$/);
    }
    const read = must(await admin.call("flows.getDraft", { params: { flowId: "draft" } }));
    expect(read.document).toEqual({ id: "draft", name: "Half a flow", nodes: [] });
    expect(read.savedBy?.name).toBe("admin of demo");
  });

  test("stand beside the published version", async () => {
    must(await publish("beside", greeting("beside")));
    must(await save(null, { id: "beside", name: "Next" }, "beside"));
    const list = must(await admin.call("flows.list"));
    const flow = list.items.find(({ flowId }) => flowId === "beside");
    expect(flow).toMatchObject({ name: "Greeting", published: { number: 1 }, draft: { rev: 1 } });
  });
});
