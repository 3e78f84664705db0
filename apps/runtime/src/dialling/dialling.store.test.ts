import type { ApiClient, Company, Operator } from "@cordboard/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";
import type { Dial } from "../ports/index.ts";
import { createSoftphoneKeys } from "../softphone/index.ts";

let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;
let desk: ApiClient;
let ines: Operator;
let telephones: { own: string; reception: string };
let companies = 0;

beforeAll(async () => {
  const keys = createSoftphoneKeys({ key: new Uint8Array(32), now: Date.now });
  runtime = await startTestRuntime({ softphone: { url: "wss://sip.example.com", realm: "pbx.example.com", keys } });
});
afterAll(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

beforeEach(async () => {
  companies += 1;
  company = await runtime.company(`dial${companies}`);
  admin = await runtime.user(company, "admin");
  ines = await runtime.operator(company, "101", "Inès");
  await runtime.operator(company, "102", "Théo");
  const scope = systemScope(company.companyId);
  const create = async (name: string) =>
    (await runtime.features.telephones.create(scope, { name, target: { kind: "user", name } })).telephoneId;
  telephones = { own: await create("d1"), reception: await create("reception") };
  desk = runtime.client();
  const body = { company: company.code, code: "101", password: testPassword, telephoneId: telephones.own };
  must(await desk.call("desk.signIn", { body }));
});

const rules = {
  ...{
    allowed: true,
    countries: [] as string[],
    scheduleId: null as string | null,
    first: "operator" as "operator" | "party",
  },
  ...{
    origins: [] as string[],
    ownNumbers: false,
    scriptId: null as string | null,
    lines: [] as { lineId: string; operatorIds: string[] }[],
  },
};
const change = async (fields: Partial<typeof rules>) => {
  const { rev } = must(await admin.call("dialling.get"));
  return must(await admin.call("dialling.change", { body: { ...rules, ...fields, rev } }));
};
const line = async (number: string, name: string) =>
  must(await admin.call("lines.create", { body: { name, number, flowId: null, queueId: null, language: null } }))
    .lineId;
const dial = (number: string, more: object = {}) => desk.call("desk.dial", { body: { number, ...more } });
const ready = () =>
  runtime.callCentre.change(company.companyId, ines.operatorId, { state: "available", call: null, offer: null });
/** What the call centre was asked to dial last. */
function ordered(): Dial | undefined {
  const { command } = runtime.callCentre.commands.at(-1) ?? {};
  return command?.kind === "dial" ? command.dial : undefined;
}
/** The number that was dialled, or why it was not. */
async function outcome(number: string, more: object = {}): Promise<string> {
  const before = runtime.callCentre.commands.length;
  const answer = await dial(number, more);
  ready();
  if (answer.ok) return ordered()?.number ?? "nothing";
  expect(runtime.callCentre.commands.slice(before).filter(({ command }) => command.kind === "dial")).toEqual([]);
  return answer.error.code;
}

describe("what may be dialled", () => {
  test.each([
    ["06 12 34 56 78", "+33612345678"],
    ["+33 (0)6 12 34 56 78", "+33612345678"],
    ["0033612345678", "+33612345678"],
    ["1000", "1000"],
    ["hello", "dialNotANumber"],
    ["*21*0612345678#", "dialNotANumber"],
    ["112", "112"],
    ["17", "17"],
    ["0899 70 12 34", "dialPremium"],
    ["+44 20 7946 0018", "dialCountry"],
    ["+870 773 111 632", "dialCountry"],
  ])("%s in France: %s", async (written, expected) => expect(await outcome(written)).toBe(expected));

  test("an emergency number whatever the rules are, with the operator's telephone first", async () => {
    await change({ allowed: false, countries: ["GB"], first: "party" });
    expect(await outcome("112")).toBe("112");
    expect(ordered()).toMatchObject({ first: "operator", party: { kind: "number", number: "112" } });
    await change({});
  });

  test("which of it is recorded, if anything: never a call for help; a client that knows nothing of it changes nothing", async () => {
    const { companyId } = company;
    const { recordingOf } = runtime.features.dialled;
    expect(await recordingOf(companyId, "+33612345678")).toBeNull();
    const recording = { share: 20, byOperator: true, retentionDays: 30, notice: false };
    const { rev } = must(await admin.call("dialling.get"));
    must(await admin.call("dialling.change", { body: { ...rules, rev, recording } }));
    expect((await change({})).recording).toEqual(recording);
    expect(must(await admin.call("dialling.get")).recording).toEqual(recording);
    expect(await recordingOf(companyId, "+33612345678")).toEqual(recording);
    expect(await recordingOf(companyId, "112")).toBeNull();
  });

  test("the countries that the company allows, and its own only when it is one of them", async () => {
    await change({ countries: ["GB", "FR"] });
    expect(await outcome("+44 20 7946 0018")).toBe("+442079460018");
    await change({ countries: ["GB"] });
    const refused = await dial("06 12 34 56 78");
    expect(refused).toMatchObject({ ok: false, error: { code: "dialCountry" } });
    expect(!refused.ok && refused.error.message).toContain("France");
    expect(await outcome("1000")).toBe("1000");
  });

  test("nothing, where nobody may dial; a colleague neither", async () => {
    await change({ allowed: false });
    expect(await outcome("06 12 34 56 78")).toBe("diallingOff");
    const colleague = await desk.call("desk.dial", { body: { telephoneId: telephones.reception } });
    expect(colleague).toMatchObject({ ok: false, error: { code: "diallingOff" } });
    expect(must(await desk.call("desk.directory")).dialling.allowed).toBe(false);
  });

  test("no number of the do-not-call list, in whatever form it is dialled; taken off, it is dialled", async () => {
    const supervisor = await runtime.user(company, "supervisor");
    const numbers = ["06.12.34.56.78", "+33612345678", "0612345679", "nonsense"];
    const added = must(await supervisor.call("doNotCall.add", { body: { numbers, note: "Asked on 3 May" } }));
    expect(added).toEqual({ added: 2, already: 0, wrong: ["nonsense"] });
    expect(must(await supervisor.call("doNotCall.add", { body: { numbers: ["0612345679"], note: "" } }))).toMatchObject(
      {
        ...{ added: 0, already: 1 },
      },
    );
    const refused = await dial("00 33 6 12 34 56 78");
    expect(refused).toMatchObject({ error: { code: "dialDoNotCall" } });
    expect(!refused.ok && refused.error.message).toContain("Asked on 3 May");
    const found = must(await supervisor.call("doNotCall.list", { query: { number: "06 12 34 56 78" } }));
    expect(found.items).toMatchObject([
      { number: "+33612345678", numberText: "06 12 34 56 78", note: "Asked on 3 May" },
    ]);
    must(await supervisor.call("doNotCall.remove", { params: { entryId: found.items[0]?.entryId ?? "" } }));
    expect(await outcome("06 12 34 56 78")).toBe("+33612345678");
    const { items } = must(await admin.call("audit.list", { query: { resource: "doNotCall" } }));
    expect(items.map(({ action, targetName }) => `${action} ${targetName}`).sort()).toEqual([
      // The second one added nothing.
      ...["doNotCall.add +33612345678", "doNotCall.add +33612345679", "doNotCall.add null"],
      "doNotCall.remove +33612345678",
    ]);
  });

  test("the list is read a page at a time, and is one company's", async () => {
    const numbers = Array.from({ length: 7 }, (_, at) => `06123400${10 + at}`);
    must(await admin.call("doNotCall.add", { body: { numbers, note: "" } }));
    const seen: string[] = [];
    for (let before: string | undefined; ; ) {
      const page = must(await admin.call("doNotCall.list", { query: { limit: 3, ...(before && { before }) } }));
      seen.push(...page.items.map(({ number }) => number));
      if (page.next === null) break;
      before = page.next;
    }
    expect([...seen].sort()).toEqual(numbers.map((number) => `+33${number.slice(1)}`));
    const elsewhere = await runtime.user(await runtime.company(`other${companies}`), "admin");
    expect(must(await elsewhere.call("doNotCall.list", { query: {} })).items).toEqual([]);
  });

  test("nothing outside while the schedule is closed; colleagues always", async () => {
    const days = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    const body = { name: "Calling hours", timeZone: null, week: days, holidays: [] };
    const { scheduleId } = must(await admin.call("schedules.create", { body }));
    await change({ scheduleId });
    const refused = await dial("06 12 34 56 78");
    expect(refused).toMatchObject({ error: { code: "dialClosed", details: { schedule: "Calling hours" } } });
    must(await desk.call("desk.dial", { body: { telephoneId: telephones.reception } }));
    expect(await admin.call("schedules.delete", { params: { scheduleId } })).toMatchObject({
      error: { code: "inUse" },
    });
    ready();
    const open = { state: "open" as const, until: null };
    must(await admin.call("schedules.force", { params: { scheduleId }, body: { forced: open } }));
    expect(await outcome("06 12 34 56 78")).toBe("+33612345678");
  });
});

describe("what is shown and opened", () => {
  test("the line that was chosen, remembered for the next time; no line that is not theirs", async () => {
    const sales = await line("01 23 45 67 01", "Sales");
    const support = await line("01 23 45 67 02", "Support");
    must(await dial("0612345678", { lineId: support }));
    expect(ordered()?.card).toMatchObject({ to: "+33123456702", lineName: "Support", from: "+33612345678" });
    ready();
    must(await dial("0612345678"));
    expect(ordered()?.card.lineName).toBe("Support");
    ready();
    await change({
      lines: [
        { lineId: sales, operatorIds: [] },
        { lineId: support, operatorIds: [(await theo()).operatorId] },
      ],
    });
    expect(await outcome("0612345678", { lineId: support })).toBe("dialLine");
    must(await dial("0612345678"));
    expect(ordered()?.card.lineName).toBe("Sales");
    expect(must(await desk.call("desk.directory")).dialling.lines).toMatchObject([{ name: "Sales" }]);
    ready();
    await change({ lines: [{ lineId: support, operatorIds: [(await theo()).operatorId] }] });
    expect(await outcome("0612345678")).toBe("dialLine");
  });

  const theo = async () => {
    const found = (await runtime.features.operators.list(systemScope(company.companyId))).find(
      ({ code }) => code === "102",
    );
    if (!found) throw new Error("no Théo");
    return found;
  };

  test("the script of the rules, with the number that is dialled", async () => {
    const body = { name: "CRM", url: "https://crm.example/?n={{caller}}", window: null };
    const { scriptId } = must(await admin.call("scripts.create", { body }));
    await change({ scriptId });
    must(await dial("0612345678"));
    expect(ordered()?.card.script).toMatchObject({ name: "CRM", url: expect.stringContaining("33612345678") });
    expect(await admin.call("scripts.delete", { params: { scriptId } })).toMatchObject({ error: { code: "inUse" } });
  });
});

test("the same key is one call, under way and after it is over; another key is another call", async () => {
  const key = "click-0001";
  must(await dial("0612345678", { key }));
  const { callId } = ordered() ?? {};
  must(await dial("0612345678", { key }));
  expect(ordered()?.callId).toBe(callId);
  ready();
  await runtime.store.connection
    .collection<{ _id: string }>("calls")
    .insertOne({ _id: callId ?? "", ...{ companyId: company.companyId, status: "ended" } });
  const before = runtime.callCentre.commands.length;
  must(await dial("0612345678", { key }));
  expect(runtime.callCentre.commands.slice(before).filter(({ command }) => command.kind === "dial")).toEqual([]);
  must(await dial("0612345678", { key: "click-0002" }));
  expect(ordered()?.callId).not.toBe(callId);
});

describe("a telephone of the company", () => {
  test("is dialled by its id, with its name; not one's own, nor one that is not there", async () => {
    must(await desk.call("desk.dial", { body: { telephoneId: telephones.reception } }));
    expect(ordered()).toMatchObject({
      ...{ party: { kind: "telephone", telephoneId: telephones.reception }, number: "reception" },
      card: { callerName: "reception" },
    });
    ready();
    const own = await desk.call("desk.dial", { body: { telephoneId: telephones.own } });
    expect(own).toMatchObject({ error: { code: "dialOwnTelephone" } });
    const gone = await desk.call("desk.dial", { body: { telephoneId: `tel_${"0".repeat(32)}` } });
    expect(gone).toMatchObject({ error: { code: "notFound" } });
  });
});

describe("the operator's own telephone", () => {
  test("rings to be tried, whatever the rules say; without one there is nothing to ring", async () => {
    await change({ allowed: false });
    must(await desk.call("desk.testTelephone"));
    expect(ordered()).toMatchObject({ party: { kind: "nobody" }, first: "operator", number: "d1" });
    ready();
    const without = runtime.client();
    const body = { company: company.code, code: "102", password: testPassword };
    must(await without.call("desk.signIn", { body }));
    expect(await without.call("desk.testTelephone")).toMatchObject({ error: { code: "telephoneMissing" } });
  });

  test("is a number of their own where the company allows it: one, theirs alone, and none that may not be dialled", async () => {
    const own = (number: string) => desk.call("desk.ownTelephone", { body: { number } });
    expect(await own("0612345678")).toMatchObject({ error: { code: "ownNumbersOff" } });
    await change({ ownNumbers: true });
    expect(await own("0899 70 12 34")).toMatchObject({ error: { code: "dialPremium" } });
    expect(must(await own("06 12 34 56 78")).view.telephone?.name).toBe("Inès · 06 12 34 56 78");
    expect(must(await own("06 12 34 56 79")).view.telephone?.name).toBe("Inès · 06 12 34 56 79");
    const telephonesOf = async (client: ApiClient) =>
      must(await client.call("desk.get")).choices.telephones.map(({ name }) => name);
    expect((await telephonesOf(desk)).filter((name) => name.startsWith("Inès"))).toEqual(["Inès · 06 12 34 56 79"]);
    const other = runtime.client();
    must(await other.call("desk.signIn", { body: { company: company.code, code: "102", password: testPassword } }));
    expect((await telephonesOf(other)).filter((name) => name.startsWith("Inès"))).toEqual([]);
    expect(JSON.stringify(must(await other.call("desk.directory")))).not.toContain("06 12 34 56 79");
  });
});

describe("the operator's browser", () => {
  const [here, there] = ["browser-of-the-desk", "browser-at-home-1"];
  const choose = (browserId: string) => desk.call("desk.chooseSoftphone", { body: { browserId } });
  const key = (browserId: string) => desk.call("desk.softphoneKey", { body: { browserId } });

  test("is their telephone: the browser that was chosen last, with a password for it alone", async () => {
    expect(await key(here)).toMatchObject({ error: { code: "softphoneElsewhere" } });
    const chosen = must(await choose(here)).view.telephone;
    const issued = must(await key(here));
    expect(issued).toMatchObject({ address: "wss://sip.example.com", realm: "pbx.example.com" });
    expect([chosen?.softphone, chosen?.name]).toEqual([issued.user, "Inès · browser (101)"]);
    const telephones = must(await admin.call("telephones.list")).items.filter(({ ownerId }) => ownerId !== undefined);
    expect(telephones).toMatchObject([{ target: { kind: "user", name: `${issued.user}@pbx.example.com` } }]);

    const moved = must(await choose(there)).view.telephone;
    expect([moved?.telephoneId, moved?.softphone]).toEqual([chosen?.telephoneId, must(await key(there)).user]);
    expect(await key(here)).toMatchObject({ error: { code: "softphoneElsewhere" } });
  });

  test("is nobody else's to choose, and stands beside a number of their own", async () => {
    await change({ ownNumbers: true });
    const number = must(await desk.call("desk.ownTelephone", { body: { number: "06 12 34 56 78" } })).view.telephone;
    const browser = must(await choose(here)).view.telephone;
    expect(browser?.telephoneId).not.toBe(number?.telephoneId);
    const other = runtime.client();
    must(await other.call("desk.signIn", { body: { company: company.code, code: "102", password: testPassword } }));
    const { choices } = must(await other.call("desk.get"));
    expect(choices.softphone).toBe(true);
    expect(choices.telephones.map(({ telephoneId }) => telephoneId)).not.toContain(browser?.telephoneId);
    const mine = must(await desk.call("desk.get")).choices.telephones.find(({ softphone }) => softphone === true);
    expect(mine?.telephoneId).toBe(browser?.telephoneId);
  });
});

describe("for an operator, by REST", () => {
  test("by code or id, as supervisor or integrator; what the operator may not do is refused all the same", async () => {
    const integrator = await runtime.user(company, "integrator");
    for (const operator of ["101", ines.operatorId]) {
      const { callId } = must(await integrator.call("calls.create", { body: { operator, number: "0612345678" } }));
      expect(ordered()?.callId).toBe(callId);
      ready();
    }
    const nobody = await integrator.call("calls.create", { body: { operator: "999", number: "0612345678" } });
    expect(nobody).toMatchObject({ error: { code: "notFound", details: { what: "operator" } } });
    const absent = await integrator.call("calls.create", { body: { operator: "102", number: "0612345678" } });
    expect(absent).toMatchObject({ error: { code: "notInShift" } });
  });
});

test("the rules are changed by the latest only, and name what there is", async () => {
  const rev = (await change({})).rev;
  const stale = await admin.call("dialling.change", { body: { ...rules, rev: rev - 1 } });
  expect(stale).toMatchObject({ error: { code: "changedMeanwhile" } });
  const lineId = `line_${"0".repeat(32)}`;
  const unknown = await admin.call("dialling.change", {
    body: { ...rules, lines: [{ lineId, operatorIds: [] }], rev },
  });
  expect(unknown).toMatchObject({ error: { code: "notFound", details: { what: "line" } } });
  const { items } = must(await admin.call("audit.list", { query: { resource: "dialling" } }));
  expect(items[0]).toMatchObject({ action: "dialling.change" });
});

test("the directory: colleagues as they are, telephones that nobody holds, nothing of oneself", async () => {
  const directory = must(await desk.call("desk.directory"));
  expect(directory.colleagues).toMatchObject([
    { name: "Théo", code: "102", state: "offline", since: null, telephone: null },
  ]);
  expect(directory.telephones.map(({ name }) => name)).toContain("reception");
  expect(directory.recent).toEqual([]);
});
