import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import type { PostedMail } from "../ports/index.ts";
import { createReportMails } from "./service.ts";

let runtime: TestRuntime;
let company: Company;
let supervisor: ApiClient;
let companies = 0;
/** Ten past six in the morning in Paris, the day after clocks went back. */
const morning = Date.UTC(2026, 9, 26, 5, 10);
const HOUR = 3_600_000;
let now = morning;
/** By their names, as the spool keeps them: posted twice is posted once. */
let mails: Map<string, PostedMail>;

beforeAll(async () => {
  runtime = await startTestRuntime({ clock: { now: () => now, at: () => () => {} } });
});
afterAll(() => runtime.close());
beforeEach(async () => {
  now = morning;
  mails = new Map();
  company = await runtime.company(`rep${++companies}`);
  supervisor = await runtime.user(company, "supervisor");
});

/** As a process has them; what it posts comes to the one spool. `dies`: once the mail is posted, and nothing is written of it. */
function process({ dies = false } = {}) {
  let posted = 0;
  return createReportMails({
    ...runtime.features,
    connection: runtime.store.connection,
    mail: {
      async post(mail) {
        mails.set(mail.mailId, mail);
        posted += 1;
        if (dies && posted === 1) throw new Error("killed");
      },
    },
    clock: { now: () => now, at: () => () => {} },
    makeId: (prefix) => `${prefix}_${String(++ids).padStart(32, "0")}`,
    publicUrl: "https://calls.example",
  });
}
let ids = 0;

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}
const ask = (at: string) =>
  supervisor.call("reportMails.create", { body: { report: "queues", only: null, at } }).then(must);

test("leaves once a day at its time of the company's clock, whoever posts it, however many they are and whoever dies", async () => {
  await ask("07:30");
  const due = () => process().postDue(company.companyId);
  await due();
  expect(mails.size).toBe(0);
  now = morning + 1.4 * HOUR;
  await expect(process({ dies: true }).postDue(company.companyId)).rejects.toThrow("killed");
  await Promise.all([due(), due()]);
  await due();
  expect(mails.size).toBe(1);
  const [mail] = mails.values();
  expect(mail).toMatchObject({ to: `supervisor.${company.code}@example.com`, companyId: company.companyId });
  expect(mail?.subject).toContain("25 October 2026");
  const { items } = must(await supervisor.call("reportMails.list"));
  expect(items).toMatchObject([{ at: "07:30", lastSentOn: "2026-10-26" }]);
  now += 23 * HOUR;
  await due();
  expect(mails.size).toBe(1);
  now += HOUR;
  await due();
  expect(mails.size).toBe(2);
});

test("a morning on which nobody ran is made up for on the same day, and days that are past are not", async () => {
  await ask("07:30");
  now = morning + 3 * 24 * HOUR + 9 * HOUR;
  await process().postDue(company.companyId);
  expect([...mails.values()].map(({ subject }) => subject)).toEqual([expect.stringContaining("28 October 2026")]);
});

test("whoever asks after its time gets the first one on the next day; whoever may no longer, none", async () => {
  await ask("05:00");
  await process().postDue(company.companyId);
  expect(mails.size).toBe(0);
  await runtime.store.connection
    .collection("users")
    .updateMany({ companyId: company.companyId }, { $set: { enabled: false } });
  now += 24 * HOUR;
  await process().postDue(company.companyId);
  expect(mails.size).toBe(0);
});

test("is each user's own: to see, to send now and to end", async () => {
  const { reportMailId } = await ask("07:30");
  const other = await runtime.user(company, "admin");
  expect(must(await other.call("reportMails.list")).items).toEqual([]);
  const params = { reportMailId };
  expect(await other.call("reportMails.send", { params })).toMatchObject({ error: { code: "notFound" } });
  expect(await other.call("reportMails.delete", { params })).toMatchObject({ error: { code: "notFound" } });
  expect(must(await supervisor.call("reportMails.send", { params })).to).toContain("supervisor.");
  expect(runtime.mails.at(-1)).toMatchObject({
    companyId: company.companyId,
    to: expect.stringContaining("supervisor"),
  });
  must(await supervisor.call("reportMails.delete", { params }));
  expect(must(await supervisor.call("reportMails.list")).items).toEqual([]);
  const author = await runtime.user(company, "author");
  expect(await author.call("reportMails.list")).toMatchObject({ error: { code: "notAllowed" } });
});
