import type { ApiClient, Company, QueueFields } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { standardCallbacks } from "./model.ts";
import { queueForDecisions } from "./queue-for-decisions.ts";

let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;
let made = 0;

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
  const { companyId: _, code: _code, ...fields } = company;
  const skills = [{ code: "english", name: { fr: "Anglais", en: "English" } }];
  company = must(await admin.call("company.change", { body: { ...fields, skills } }));
});
afterAll(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}
const body = (more: Partial<QueueFields> = {}): QueueFields => ({
  ...{ name: `Queue ${++made}`, operatorIds: [], order: "fixed", offerMs: 20_000, wrapUpMs: null },
  ...{ refusalAllowed: true, missedMeansPause: true, askAgainMs: 0, askAgainAloneMs: 0, scriptId: null },
  ...{ callbacks: standardCallbacks, ...more },
});
const create = async (more: Partial<QueueFields> = {}) => must(await admin.call("queues.create", { body: body(more) }));

test("a queue of whom nothing more was said asks as queues did before; what a missed offer means is said in both words", async () => {
  expect(await create({ missedMeansPause: false })).toMatchObject({
    ...{ afterMissed: "stay", priority: 0, raiseEveryMs: null, skills: [], atOnce: 1, autoAcceptMs: null },
    ...{ mostWaiting: null, longestWaitMs: null, overflow: null },
  });
  expect(await create({ afterMissed: "signOut" })).toMatchObject({ afterMissed: "signOut", missedMeansPause: false });
});

test("what a client leaves out of a change stays as it was", async () => {
  const said: Partial<QueueFields> = {
    ...{ atOnce: 4, priority: 9, connect: "refer", passingOn: { place: "head" } },
    afterCall: { extensions: 7, extensionMs: 90_000, outcomes: null, outcomeNeeded: true },
    placeNews: { say: "both", firstMs: 5_000, everyMs: 90_000, upToPosition: null, upToWaitMs: null },
    music: { holdMusic: [], adverts: [], advertEveryMs: 30_000 },
    recording: { share: 20, byOperator: true, retentionDays: 30, notice: false },
  };
  const { queueId, ...queue } = await create(said);
  const { afterMissed: _, ...older } = queue;
  for (const name of Object.keys(said) as (keyof QueueFields)[]) delete older[name as keyof typeof older];
  const changed = must(await admin.call("queues.change", { params: { queueId }, body: { ...older, name: "Renamed" } }));
  expect(changed).toMatchObject({ name: "Renamed", ...said });
});

test("skills and queues that are not there are refused by name; a queue does not overflow into itself", async () => {
  const skills = [{ skillId: "latin", level: 1, relax: [] }];
  expect(await admin.call("queues.create", { body: body({ skills }) })).toMatchObject({ error: { code: "notFound" } });
  const { queueId, ...queue } = await create();
  const overflow = { queueIds: [queueId], afterMs: 1_000, fromWaiting: null };
  const answer = await admin.call("queues.change", { params: { queueId }, body: { ...queue, overflow } });
  expect(answer).toMatchObject({ error: { code: "notFound" } });
});

test("a queue that another overflows into is not deleted", async () => {
  const { queueId } = await create();
  await create({ name: "Overflowing", overflow: { queueIds: [queueId], afterMs: 1_000, fromWaiting: null } });
  const answer = await admin.call("queues.delete", { params: { queueId } });
  expect(answer).toMatchObject({ error: { code: "inUse" } });
  expect(JSON.stringify(answer)).toContain("Overflowing");
});

test("a skill that the company has no more hinders no change, and is asked for nowhere", async () => {
  const operator = await runtime.operator(company, "101", "Inès");
  const english = { skillId: "english", level: 2 };
  const { operatorId, ...fields } = must(
    await admin.call("operators.get", { params: { operatorId: operator.operatorId } }),
  );
  const params = { operatorId };
  const known = must(await admin.call("operators.change", { params, body: { ...fields, skills: [english] } }));
  expect(known.skills).toEqual([english]);
  const latin = { ...known, skills: [{ skillId: "latin", level: 1 }] };
  const { operatorId: _, ...wrong } = latin;
  expect(await admin.call("operators.change", { params, body: wrong })).toMatchObject({ error: { code: "notFound" } });
  const queue = await create({ skills: [{ ...english, relax: [] }] });
  const { companyId, code: _code, ...settings } = must(await admin.call("company.get"));
  must(await admin.call("company.change", { body: { ...settings, skills: [] } }));
  const { queueId, ...same } = queue;
  const renamed = must(await admin.call("queues.change", { params: { queueId }, body: { ...same, name: "Same" } }));
  const asked = queueForDecisions(renamed, companyId, { known: await runtime.features.skillsOf(companyId) });
  expect(asked.skills).toEqual([]);
  const { operatorId: _id, ...unchanged } = known;
  must(await admin.call("operators.change", { params, body: { ...unchanged, name: "Inès M." } }));
});
