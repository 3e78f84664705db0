import { createHmac } from "node:crypto";
import type { ApiClient, Company, WebhookFields } from "@cordboard/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newEvent } from "../events/index.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import type { OutgoingAnswer, OutgoingHttp } from "../outgoing-http/index.ts";
import { type VirtualClock, virtualClock } from "../testing/virtual-clock.ts";

interface Received {
  readonly at: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const month = 30 * 24 * 3_600_000;
let clock: VirtualClock;
let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;
let received: Received[];
/** What the receiver answers; by default it takes everything. */
let answer: (received: Received) => OutgoingAnswer | Promise<OutgoingAnswer>;

const http: OutgoingHttp = async ({ url, headers, body = "" }) => {
  const got = { at: clock.now(), url, headers, body };
  received.push(got);
  return await answer(got);
};
const status = (code: number, headers = {}): OutgoingAnswer => ({ kind: "answered", status: code, headers, body: "" });

beforeEach(async () => {
  clock = virtualClock();
  received = [];
  answer = () => status(204);
  runtime = await startTestRuntime({ clock, outgoingHttp: http, sessionTimes: { idleMs: month, longestMs: month } });
  company = await runtime.company("home");
  admin = await runtime.user(company, "admin");
});
afterEach(() => runtime.close());

async function make(fields: Partial<WebhookFields> = {}) {
  const body = { name: "CRM", url: "https://crm.example/hook", events: ["call.queued" as const], enabled: true };
  const made = await admin.call("webhooks.create", { body: { ...body, ...fields } });
  if (!made.ok) throw new Error(`${made.error.message} ${made.error.remedy}`);
  return made.value;
}

const tell = (...subjects: readonly [subject: string, n: number][]) =>
  runtime.features.events.append(
    subjects.map(([subject, n]) =>
      newEvent("call.queued", {
        ...{ companyId: company.companyId, at: clock.now(), subject, key: `${subject}/${n}` },
        data: { callId: subject, queueIds: ["queue_a"], place: n, priority: 0 },
      }),
    ),
  );

const round = () => runtime.features.dispatcher.round();
/** Lets time pass, with a look for what is due each second. */
async function pass(ms: number) {
  const step = Math.max(1_000, Math.floor(ms / 400));
  for (let left = ms; left > 0; left -= step) {
    await clock.advance(Math.min(left, step));
    await round();
  }
}
const said = () => received.map(({ body }) => JSON.parse(body)).map(({ subject, data }) => `${subject} ${data.place}`);
async function log(query = {}) {
  const listed = await admin.call("webhookDeliveries.list", { query });
  if (!listed.ok) throw new Error(listed.error.message);
  return listed.value.items;
}
async function read(webhookId: string) {
  const found = await admin.call("webhooks.get", { params: { webhookId } });
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

describe("what is sent", () => {
  test("an event that was asked for, signed so that its receiver can verify it by Standard Webhooks", async () => {
    const { secret } = await make();
    await tell(["call_a", 1]);
    await round();
    expect(received).toHaveLength(1);
    const { headers = {}, body = "", url } = received[0] ?? {};
    expect(url).toBe("https://crm.example/hook");
    expect(JSON.parse(body)).toMatchObject({ type: "call.queued", subject: "call_a", data: { place: 1 } });
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
    expect(headers["webhook-id"]).toBe(JSON.parse(body).eventId);
    expect(Number(headers["webhook-timestamp"])).toBe(Math.floor(clock.now() / 1000));
    expect(await log()).toMatchObject([{ state: "delivered", attempts: [{ status: 204, error: null }], body }]);
  });

  test("only what was asked for, and only what happens from then on", async () => {
    await tell(["call_old", 1]);
    await make({ events: ["callback.ended"] });
    await make({ name: "Other" });
    await tell(["call_new", 1]);
    await round();
    expect(said()).toEqual(["call_new 1"]);
  });

  test("with two secrets for a day, so that the receiver can be changed over", async () => {
    const { webhookId } = await make();
    const renewed = await admin.call("webhooks.newSecret", { params: { webhookId } });
    expect(renewed).toMatchObject({ ok: true, value: { secret: expect.stringMatching(/^whsec_/) } });
    const signatures = () => received.at(-1)?.headers["webhook-signature"]?.split(" ").length;
    await tell(["call_a", 1]);
    await round();
    expect(signatures()).toBe(2);
    await clock.advance(24 * 3_600_000);
    await tell(["call_a", 2]);
    await round();
    expect(signatures()).toBe(1);
  });

  test("secrets are in no list, not in the audit log, and not in the store in clear", async () => {
    const { secret, webhookId } = await make();
    const stored = await runtime.store.connection.collection("webhooks").find({}).toArray();
    const places = [stored, await read(webhookId), await admin.call("audit.list", { query: {} })];
    for (const place of places) expect(JSON.stringify(place)).not.toContain(secret.slice(8));
  });
});

describe("what is not taken", () => {
  test("is tried again after longer and longer, for a day, and then given up", async () => {
    await make();
    answer = () => status(500);
    await tell(["call_a", 1]);
    await round();
    await pass(30 * 3_600_000);
    const gaps = received.map(({ at }, index) => at - (received[index - 1]?.at ?? at)).slice(1);
    expect(gaps).toHaveLength(10);
    expect(gaps[0]).toBeGreaterThanOrEqual(4_500);
    expect(gaps[0]).toBeLessThan(300_000);
    for (const [index, gap] of gaps.entries()) if (index > 0) expect(gap).toBeGreaterThanOrEqual(gaps[index - 1] ?? 0);
    expect((received.at(-1)?.at ?? 0) - (received[0]?.at ?? 0)).toBeGreaterThan(20 * 3_600_000);
    expect(await log()).toMatchObject([{ state: "failed", nextAt: null }]);
  });

  test("holds back what comes later of the same call, and nothing else", async () => {
    await make();
    answer = ({ body }) => (JSON.parse(body).subject === "call_a" && received.length < 4 ? status(503) : status(200));
    await tell(["call_a", 1], ["call_b", 1], ["call_a", 2]);
    await round();
    await tell(["call_a", 3], ["call_b", 2]);
    await round();
    expect(said()).toEqual(["call_a 1", "call_b 1", "call_b 2"]);
    await pass(90_000);
    expect(said().filter((one) => one.startsWith("call_a"))).toEqual(["call_a 1", "call_a 1", "call_a 2", "call_a 3"]);
  });

  test("a receiver that asks for patience gets it", async () => {
    await make();
    answer = () => (received.length === 1 ? status(429, { "retry-after": "600" }) : status(200));
    await tell(["call_a", 1]);
    await round();
    await pass(590_000);
    expect(received).toHaveLength(1);
    await pass(20_000);
    expect(received).toHaveLength(2);
  });

  test("for three days: the webhook is switched off, says so, and is told again from when it is switched on", async () => {
    const { webhookId, rev, name, url, events } = await make();
    answer = () => ({ kind: "failed", reason: "unreachable", detail: "nobody there" });
    for (let day = 0; day < 4; day++) {
      await tell([`call_${day}`, 1]);
      await pass(24 * 3_600_000);
    }
    const off = await read(webhookId);
    expect(off).toMatchObject({ enabled: false, disabled: { reason: "failing" }, due: 0 });
    expect((await log({ state: "dropped" })).length).toBeGreaterThan(0);
    const before = received.length;
    await tell(["call_missed", 1]);
    await pass(10_000);
    expect(received).toHaveLength(before);
    answer = () => status(200);
    const body = { name, url, events, enabled: true, rev: off.rev };
    expect(off.rev).toBe(rev + 1);
    expect(await admin.call("webhooks.change", { params: { webhookId }, body })).toMatchObject({
      ok: true,
      value: { enabled: true, disabled: null, failingSince: null },
    });
    await tell(["call_again", 1]);
    await round();
    expect(said().slice(before)).toEqual(["call_again 1"]);
  });

  test("a receiver that says that it is gone is asked no more", async () => {
    const { webhookId } = await make();
    answer = () => status(410);
    await tell(["call_a", 1], ["call_b", 1]);
    await round();
    expect(await read(webhookId)).toMatchObject({ enabled: false, disabled: { reason: "gone" } });
  });
});

describe("whoever dies when", () => {
  test("what was being sent is sent again, with the same id: at least once", async () => {
    await make();
    let alive = false;
    answer = () => (alive ? status(200) : new Promise<never>(() => {}));
    await tell(["call_a", 1]);
    // The process dies while it waits for the answer: nothing of it is heard any more.
    void round();
    await expect.poll(() => received.length).toBe(1);
    alive = true;
    const other = await runtime.features.anotherDispatcher();
    await other.round();
    expect(received).toHaveLength(1);
    await clock.advance(30_000);
    await other.round();
    expect(received.map(({ headers }) => headers["webhook-id"])).toEqual(
      Array(2).fill(received[0]?.headers["webhook-id"]),
    );
    expect(await log()).toMatchObject([{ state: "delivered" }]);
  });

  test("several processes send each delivery once, each call’s in order", async () => {
    await make();
    const wanted: [string, number][] = [];
    for (let n = 1; n <= 6; n++) for (const call of ["call_a", "call_b", "call_c"]) wanted.push([call, n]);
    await tell(...wanted);
    const dispatchers = [runtime.features.dispatcher, await runtime.features.anotherDispatcher()];
    for (let turn = 0; turn < 12; turn++) {
      await Promise.all(dispatchers.map((dispatcher) => dispatcher.round()));
      await clock.advance(1_000);
    }
    expect(said().toSorted()).toEqual(wanted.map(([call, n]) => `${call} ${n}`).toSorted());
    for (const call of ["call_a", "call_b", "call_c"]) {
      const places = said().filter((one) => one.startsWith(call));
      expect(places).toEqual([1, 2, 3, 4, 5, 6].map((n) => `${call} ${n}`));
    }
  });
});

describe("the log", () => {
  test("sends again what was given up or delivered, under the same event id, once each time it is asked", async () => {
    await make();
    answer = () => status(200);
    await tell(["call_a", 1]);
    await round();
    const [first] = await log();
    const params = { deliveryId: first?.deliveryId ?? "" };
    const again = await admin.call("webhookDeliveries.resend", { params });
    expect(again).toMatchObject({ ok: true, value: { state: "delivered", resentOf: params.deliveryId } });
    expect(received.map(({ headers }) => headers["webhook-id"])).toEqual([first?.eventId, first?.eventId]);
    expect(await log()).toHaveLength(2);
    const told = await admin.call("audit.list", { query: { resource: "webhooks" } });
    const actions = told.ok ? told.value.items.map(({ action }) => action).toSorted() : [];
    expect(actions).toEqual(["webhookDeliveries.resend", "webhooks.create"]);
  });

  test("what is still due goes now", async () => {
    await make();
    answer = () => (received.length === 1 ? status(500) : status(200));
    await tell(["call_a", 1]);
    await round();
    const [due] = await log({ state: "due" });
    const sent = await admin.call("webhookDeliveries.resend", { params: { deliveryId: due?.deliveryId ?? "" } });
    expect(sent).toMatchObject({ ok: true, value: { deliveryId: due?.deliveryId, state: "delivered" } });
    expect(await log()).toHaveLength(1);
  });

  test("a trial is sent at once and says what came of it", async () => {
    const { webhookId } = await make({ enabled: false });
    answer = () => ({ kind: "failed", reason: "timeout", detail: "no answer within 10000 ms" });
    const tried = await admin.call("webhooks.try", { params: { webhookId } });
    expect(tried).toMatchObject({
      ok: true,
      value: { type: "webhook.trial", state: "failed", attempts: [{ error: "timeout" }] },
    });
    expect(await read(webhookId)).toMatchObject({ failingSince: null });
  });

  test("comes in pages", async () => {
    await make();
    for (let n = 1; n <= 5; n++) {
      await tell([`call_${n}`, n]);
      await round();
      await clock.advance(1_000);
    }
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const query = { limit: 2, ...(before !== undefined && { before }) };
      const page = await admin.call("webhookDeliveries.list", { query });
      if (!page.ok) throw new Error(page.error.message);
      seen.push(...page.value.items.map(({ subject }) => subject));
      before = page.value.next ?? undefined;
    } while (before !== undefined);
    expect(seen).toEqual(["call_5", "call_4", "call_3", "call_2", "call_1"]);
  });
});

describe("what is refused", () => {
  const create = (fields: object, client = admin) =>
    client.call("webhooks.create", {
      body: { name: "X", url: "https://crm.example/", events: ["call.queued"], enabled: true, ...fields },
    });

  test("private addresses, unless an administrator listed them; plain http outside the company’s network", async () => {
    const refused = ["http://10.0.0.5/h", "https://127.0.0.1/", "http://localhost:1/", "http://crm.example/"];
    for (const url of [...refused, "https://u:p@crm.example/"]) {
      expect(await create({ url })).toMatchObject({ ok: false, error: { code: "webhookUrlRefused" } });
    }
    const listing = { frameOrigins: [], privateHosts: ["10.0.0.0/24", "crm.lan"], rev: 0 };
    expect((await admin.call("integration.change", { body: listing })).ok).toBe(true);
    expect((await create({ url: "http://10.0.0.5/h" })).ok).toBe(true);
    expect((await create({ name: "Y", url: "http://crm.lan:8080/h" })).ok).toBe(true);
    const open = { ...listing, privateHosts: ["0.0.0.0/0"], rev: 1 };
    expect(await admin.call("integration.change", { body: open })).toMatchObject({ error: { code: "requestInvalid" } });
  });

  test("events that whoever subscribes may not read", async () => {
    const { client } = await runtime.apiKey(company, ["webhooks:write", "callbacks:read"]);
    expect(await create({}, client)).toMatchObject({ ok: false, error: { code: "scopeMissing" } });
    expect((await create({ events: ["callback.ended"] }, client)).ok).toBe(true);
  });
});
