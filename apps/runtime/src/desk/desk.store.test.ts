import type { ApiClient, Company, Operator } from "@cordboard/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";
import type { OfferView } from "../ports/index.ts";
import { standardCallbacks } from "../queues/index.ts";

let runtime: TestRuntime;
let company: Company;
let ines: Operator;
let theo: Operator;
let desks: { first: string; second: string };
let sales: string;

beforeEach(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  ines = await runtime.operator(company, "101", "Inès");
  theo = await runtime.operator(company, "102", "Théo");
  const scope = systemScope(company.companyId);
  const { telephones, queues } = runtime.features;
  const [first, second] = [
    await telephones.create(scope, { name: "Desk 1", target: { kind: "user", name: "d1" } }),
    await telephones.create(scope, { name: "Desk 2", target: { kind: "user", name: "d2" } }),
  ];
  desks = { first: first.telephoneId, second: second.telephoneId };
  const queue = await queues.create(scope, {
    name: "Sales",
    operatorIds: [ines.operatorId, theo.operatorId],
    order: "longestIdle",
    offerMs: 20_000,
    wrapUpMs: null,
    refusalAllowed: true,
    missedMeansPause: true,
    askAgainMs: 0,
    askAgainAloneMs: 0,
    scriptId: null,
    callbacks: standardCallbacks,
  });
  sales = queue.queueId;
  runtime.callCentre.serve(() => [sales]);
});
afterEach(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const signIn = async (code: string, wishes: { telephoneId?: string; takeOver?: boolean; queueIds?: string[] } = {}) => {
  const client = runtime.client();
  const answer = must(await client.call("desk.signIn", { body: { code, password: testPassword, ...wishes } }));
  return { client, ...answer };
};

const offer = (fields: Partial<OfferView["card"]> = {}): OfferView => ({
  offerId: `offer_${"1".repeat(32)}`,
  callId: `call_${"1".repeat(32)}`,
  queueId: sales,
  callback: null,
  card: {
    from: "+33612345678",
    hidden: false,
    callerName: "M. Martin",
    to: "+33123456789",
    lineName: "Main",
    language: "fr-FR",
    script: { name: "CRM", url: "https://crm.example/?n=%2B33612345678", window: "crm" },
    callStartedAt: Date.UTC(2026, 10, 23, 9),
    ...fields,
  },
  offeredAt: Date.UTC(2026, 10, 23, 9, 0, 10),
  expiresAt: Date.UTC(2026, 10, 23, 9, 0, 30),
  mayRefuse: true,
});
const offered = (operator: Operator, given = offer()) =>
  runtime.callCentre.change(company.companyId, operator.operatorId, { state: "offered", offer: given });

describe("signing in", () => {
  test("begins a shift with the telephone and the queues that were chosen, and shows both by name", async () => {
    const { view, choices, refusal } = await signIn("101", { telephoneId: desks.first });
    expect(refusal).toBeNull();
    expect(view).toMatchObject({
      state: "available",
      operator: { code: "101", name: "Inès" },
      company: { code: "demo" },
      telephone: { name: "Desk 1" },
      queues: [{ name: "Sales", ticked: true, waiting: 0, longestSince: null }],
    });
    expect(choices.telephones).toEqual([
      { telephoneId: desks.first, name: "Desk 1", kind: "user", heldBy: { operatorId: ines.operatorId, name: "Inès" } },
      { telephoneId: desks.second, name: "Desk 2", kind: "user", heldBy: null },
    ]);
    expect(choices.pauseReasons).toEqual([{ code: "lunch", name: { fr: "Déjeuner", en: "Lunch" } }]);
  });

  test("proposes what was chosen last", async () => {
    const { client } = await signIn("101", { telephoneId: desks.second, queueIds: [] });
    must(await client.call("desk.signOut"));
    const { view } = await signIn("101");
    expect(view.telephone?.name).toBe("Desk 2");
    expect(view.queues[0]?.ticked).toBe(false);
  });

  test("does not fail for a telephone that somebody holds: it says who, and the shift begins without one", async () => {
    await signIn("101", { telephoneId: desks.first });
    const { view, refusal } = await signIn("102", { telephoneId: desks.first });
    expect(view).toMatchObject({ state: "available", telephone: null });
    expect(refusal?.code).toBe("telephoneTaken");
    expect(refusal?.message).toBe("The telephone “Desk 1” is held by Inès.");
  });

  test("says nothing of last time's telephone when somebody sits there today", async () => {
    const { client } = await signIn("102", { telephoneId: desks.first });
    must(await client.call("desk.signOut"));
    await signIn("101", { telephoneId: desks.first });
    expect((await signIn("102")).refusal).toBeNull();
  });

  test("again, in another browser, continues the shift", async () => {
    const first = await signIn("101", { telephoneId: desks.first });
    must(await first.client.call("desk.pause", { body: { reason: "lunch" } }));
    const second = await signIn("101");
    expect(second.view.shift).toEqual(first.view.shift);
    expect(second.view).toMatchObject({ state: "paused", telephone: { name: "Desk 1" }, pause: { label: "lunch" } });
    expect(second.view.queues[0]?.ticked).toBe(true);
  });
});

describe("a telephone", () => {
  test("chosen by two goes to one; taking it over pauses the other, who is told why", async () => {
    const first = await signIn("101", { telephoneId: desks.first });
    const second = await signIn("102", { telephoneId: desks.second });
    const take = (takeOver: boolean) =>
      second.client.call("desk.chooseTelephone", { body: { telephoneId: desks.first, takeOver } });
    expect(await take(false)).toMatchObject({
      ok: false,
      error: { code: "telephoneTaken", status: 409, details: { holder: "Inès", holderId: ines.operatorId } },
    });
    expect(must(await take(true)).view.telephone?.name).toBe("Desk 1");
    const before = must(await first.client.call("desk.get")).view;
    expect(before).toMatchObject({ state: "paused", telephone: null, pause: { reason: "telephoneTaken" } });
  });

  test("that a shift holds is not deleted", async () => {
    await signIn("101", { telephoneId: desks.first });
    const admin = await runtime.user(company, "admin");
    const answer = await admin.call("telephones.delete", { params: { telephoneId: desks.first } });
    expect(answer).toMatchObject({ error: { code: "inUse", details: { uses: [{ kind: "operator", name: "Inès" }] } } });
  });
});

describe("an offer", () => {
  test("is shown with its card, in the wire's form", async () => {
    const { client } = await signIn("101", { telephoneId: desks.first });
    offered(ines);
    const { view } = must(await client.call("desk.get"));
    expect(view.offer).toEqual({
      offerId: offer().offerId,
      callId: offer().callId,
      queue: { queueId: sales, name: "Sales" },
      callback: null,
      card: {
        ...offer().card,
        script: { ...offer().card.script, place: "tab" },
        contacts: [],
        contactMatches: 0,
        identity: null,
        fromText: "06 12 34 56 78",
        toText: "01 23 45 67 89",
        passedOn: [],
        callStartedAt: "2026-11-23T09:00:00.000Z",
      },
      offeredAt: "2026-11-23T09:00:10.000Z",
      expiresAt: "2026-11-23T09:00:30.000Z",
      mayRefuse: true,
    });
  });

  test("of a hidden caller shows neither number nor name", async () => {
    const { client } = await signIn("101");
    offered(ines, offer({ hidden: true, script: null }));
    const answer = must(await client.call("desk.get"));
    expect(answer.view.offer?.card).toMatchObject({ hidden: true, from: null, fromText: null, callerName: null });
    expect(JSON.stringify(answer)).not.toContain("612345678");
  });

  test("is accepted once; afterwards it is gone, for a refusal too", async () => {
    const { client } = await signIn("101", { telephoneId: desks.first });
    offered(ines);
    const params = { offerId: offer().offerId };
    expect(must(await client.call("desk.accept", { params })).view.state).toBe("ringing");
    expect(await client.call("desk.refuse", { params })).toMatchObject({ error: { code: "offerGone", status: 409 } });
  });

  test("of a queue without refusals is not refused", async () => {
    const { client } = await signIn("101");
    offered(ines, { ...offer(), mayRefuse: false });
    const answer = await client.call("desk.refuse", { params: { offerId: offer().offerId } });
    expect(answer).toMatchObject({ error: { code: "refusalNotAllowed" } });
  });

  test("is the operator's own: somebody else's session cannot take it", async () => {
    await signIn("101");
    const other = await signIn("102");
    offered(ines);
    const answer = await other.client.call("desk.accept", { params: { offerId: offer().offerId } });
    expect(answer).toMatchObject({ error: { code: "offerGone" } });
  });
});

describe("refusals", () => {
  const asks: [string, (client: ApiClient) => ReturnType<ApiClient["call"]>, string][] = [
    [
      "a queue of others",
      (desk) => desk.call("desk.tickQueues", { body: { queueIds: [`queue_${"0".repeat(32)}`] } }),
      "queueNotAllowed",
    ],
    ["Ready outside wrap-up", (desk) => desk.call("desk.ready"), "notNow"],
  ];
  test.each(asks)("%s", async (_, ask, code) => {
    const { client } = await signIn("101");
    expect(await ask(client)).toMatchObject({ ok: false, error: { code, status: 409 } });
  });

  test("without a shift everything but signing in is refused", async () => {
    const { client } = await signIn("101");
    runtime.callCentre.change(company.companyId, ines.operatorId, { shiftId: null, state: "offline" });
    expect(await client.call("desk.resume")).toMatchObject({ error: { code: "notInShift" } });
  });

  test("a call centre that cannot decide just now is told apart from a refusal", async () => {
    const { client } = await signIn("101");
    runtime.callCentre.state.unavailable = true;
    const answer = await client.call("desk.pause", { body: { reason: null } });
    expect(answer).toMatchObject({ ok: false, error: { code: "callCentreUnavailable", status: 503 } });
  });
});
