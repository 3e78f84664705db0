import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../../http/testing/test-runtime.ts";
import { standardCallbacks } from "../../queues/index.ts";

let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;
beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
});
afterAll(() => runtime.close());

function must<T>(answer: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}
const bytes = (text: string) => new TextEncoder().encode(text);

test("what was looked at is done, whole or not at all, and told to the audit log", async () => {
  await runtime.operator(company, "101", "Inès");
  const queue = must(
    await admin.call("queues.create", {
      body: {
        ...{ name: "Ventes", operatorIds: [], order: "longestIdle", offerMs: 20_000, wrapUpMs: null },
        ...{ refusalAllowed: true, missedMeansPause: true, askAgainMs: 0, askAgainAloneMs: 0, scriptId: null },
        callbacks: standardCallbacks,
      },
    }),
  );
  const wrong = bytes("code;nom;files\n101;Inès Roux;Ventes\n102;;Ventes\n");
  const tried = must(await admin.call("operators.tryImport", { file: wrong }));
  expect(tried).toMatchObject({ changed: 1, refused: 1, problems: [{ line: 3, column: "nom" }] });
  const refused = must(await admin.call("operators.import", { query: { digest: tried.digest }, file: wrong }));
  expect(refused.done).toBe(false);
  const names = async () => must(await admin.call("operators.list")).items.map(({ name }) => name);
  expect(await names()).toEqual(["Inès"]);

  const right = bytes("code;nom;files\n101;Inès Roux;Ventes\n102;Paul;Ventes\n");
  const { digest } = must(await admin.call("operators.tryImport", { file: right }));
  expect(must(await admin.call("operators.import", { query: { digest: "0".repeat(64) }, file: right })).done).toBe(
    false,
  );
  const done = must(await admin.call("operators.import", { query: { digest }, file: right }));
  expect(done).toMatchObject({ done: true, created: 1, changed: 1, passwords: [{ code: "102", name: "Paul" }] });
  const { items } = must(await admin.call("operators.list"));
  expect(items.map(({ name }) => name)).toEqual(["Inès Roux", "Paul"]);
  const { operatorIds } = must(await admin.call("queues.get", { params: { queueId: queue.queueId } }));
  expect([...operatorIds].sort()).toEqual(items.map(({ operatorId }) => operatorId).sort());
  const login = { company: "demo", code: "102", password: done.passwords[0]?.password ?? "" };
  expect((await runtime.client().call("desk.signIn", { body: login })).ok).toBe(true);

  const log = must(await admin.call("audit.list", { query: { targetId: "import" } })).items;
  expect(log).toMatchObject([{ action: "operators.import", after: { created: 1, changed: 1, unchanged: 0 } }]);
  expect(must(await admin.call("operators.tryImport", { file: right }))).toMatchObject({ unchanged: 2, created: 0 });
});

test("a table without a column for codes is refused in a sentence", async () => {
  const answer = await admin.call("operators.tryImport", { file: bytes("nom;files\nInès;Ventes\n") });
  expect(answer).toMatchObject({ error: { code: "csvUnreadable" } });
});
