import type { ApiClient, CallbackOrder } from "@cordboard/api";
import { describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { placedCallId } from "../call-centre/index.ts";
import { randomId } from "../ports/index.ts";
import { standardCallbacks } from "../queues/index.ts";
import {
  company,
  desk,
  listed,
  must,
  newQueue,
  openOffice,
  placed,
  promise,
  report,
  runtime,
  sales,
  schedule,
  supervisor,
  telephoneId,
} from "./testing/callback-office.ts";

openOffice();

const order = (client: ApiClient, body: Partial<CallbackOrder> = {}) =>
  client.call("callbacks.create", { body: { queueId: sales, number: "06 12 34 56 78", ...body } });
const refused = (code: string) => ({ ok: false, error: { code } });

describe("a callback that a program has promised", () => {
  test("is offered and made like a caller's, with whom it is for, and says which key asked for it, as the audit log does", async () => {
    const site = (await runtime.apiKey(company, ["callbacks:write"], { name: "Web site" })).client;
    const lines = runtime.features.lines;
    const scope = systemScope(company.companyId);
    const line = { name: "Shop", number: "+33123456700", queueId: sales, flowId: null, language: null };
    const { lineId } = await lines.create(scope, line);
    const { callback, created } = must(await order(site, { name: "Ann Lee", lineId }));
    expect(created).toBe(true);
    expect(callback).toMatchObject({
      ...{ number: "+33612345678", numberText: "06 12 34 56 78", callerName: "Ann Lee", lineName: "Shop" },
      ...{ state: "waiting", slotAt: null, attemptsAllowed: 3, attempts: [] },
      ...{ promisedInCallId: null, origin: { kind: "key", name: "Web site" } },
    });
    const { view, ask } = await desk();
    await expect.poll(() => view()?.offer?.card).toMatchObject({ from: "+33612345678", callerName: "Ann Lee" });
    const offerId = view()?.offer?.offerId ?? "";
    await ask("POST", `offers/${offerId}/accept`);
    await expect.poll(() => placed).toMatchObject([{ number: "+33612345678", card: { to: "+33123456700" } }]);
    await report(offerId, "answered");
    await expect.poll(() => view()?.state).toBe("talking");
    const params = { callbackId: callback.callbackId };
    expect(must(await site.call("callbacks.get", { params }))).toMatchObject({
      ...{ state: "over", result: "answered" },
      attempts: [{ result: "answered", callId: placedCallId(offerId) }],
    });
    const admin = await runtime.user(company, "admin");
    const { items } = must(await admin.call("audit.list", { query: { resource: "callbacks" } }));
    expect(items).toMatchObject([{ action: "callbacks.create", by: { name: "Web site" }, targetName: "+33612345678" }]);
  });

  test("is one a number and queue, whoever asked first, and whatever form the number has; a time that is given moves it", async () => {
    const later = await newQueue("Later", {
      ...{ ...standardCallbacks, scheduleId: schedule },
      slots: { lengthMs: 3_600_000, most: 1, days: 2, told: 3 },
    });
    await promise({ queueId: later });
    const [caller] = await listed();
    const again = must(await order(supervisor, { queueId: later, number: "+33 6 12 34 56 78" }));
    expect(again).toMatchObject({ created: false, callback: { callbackId: caller?.callbackId, origin: null } });
    const { times } = must(await supervisor.call("callbacks.queueTimes", { params: { queueId: later } }));
    const [first, second] = times.map(({ at }) => at);
    if (first === undefined || second === undefined) throw new Error("no times are offered");
    const moved = must(await order(supervisor, { queueId: later, slotAt: second }));
    expect(moved).toMatchObject({ created: false, callback: { slotAt: second } });
    // Nothing was said of a time: it stays; and its own time is not taken by itself.
    expect(must(await order(supervisor, { queueId: later })).callback.slotAt).toBe(second);
    expect(must(await order(supervisor, { queueId: later, slotAt: second })).callback.slotAt).toBe(second);
    const other = { queueId: later, number: "06 12 34 56 79" };
    expect(await order(supervisor, { ...other, slotAt: second })).toMatchObject(refused("callbackTimeTaken"));
    const night = new Date(Date.parse(first) + 60_000).toISOString();
    expect(await order(supervisor, { ...other, slotAt: night })).toMatchObject(refused("callbackTimeTaken"));
    expect(must(await order(supervisor, { ...other, slotAt: first })).created).toBe(true);
    expect(await listed()).toHaveLength(2);
    // Another queue has its own line.
    expect(must(await order(supervisor)).created).toBe(true);
  });

  test("is refused in a sentence: what is not rung, another country, the do-not-call list, a full queue, a queue or line of nobody", async () => {
    await supervisor.call("doNotCall.add", { body: { numbers: ["06 11 11 11 11"], note: "asked us to stop" } });
    const small = await newQueue("Small", { ...standardCallbacks, most: 1 });
    const cases: [Partial<CallbackOrder>, string][] = [
      [{ number: "not a number" }, "dialNotANumber"],
      [{ number: "112" }, "numberNotRung"],
      [{ number: "0899 12 34 56" }, "dialPremium"],
      [{ number: "+1 212 555 0123" }, "dialCountry"],
      [{ number: "06 11 11 11 11" }, "dialDoNotCall"],
      [{ queueId: randomId("queue") }, "notFound"],
      [{ lineId: randomId("line") }, "notFound"],
    ];
    for (const [body, code] of cases) expect(await order(supervisor, body), code).toMatchObject(refused(code));
    expect(await listed()).toEqual([]);
    expect(must(await order(supervisor, { queueId: small })).created).toBe(true);
    expect(await order(supervisor, { queueId: small, number: "0612345699" })).toMatchObject({
      error: { code: "callbacksFull", details: { queue: "Small", most: 1 } },
    });
    // Where the company allows the country, it is rung.
    const admin = await runtime.user(company, "admin");
    const { rev, ...rules } = must(await admin.call("dialling.get"));
    must(await admin.call("dialling.change", { body: { ...rules, rev, countries: ["FR", "US"], allowed: false } }));
    expect(must(await order(supervisor, { number: "+1 212 555 0123" })).callback.number).toBe("+12125550123");
  });

  test("is answered again under its key, and made once", async () => {
    const { token } = await runtime.apiKey(company, ["callbacks:write"]);
    const send = () =>
      fetch(`${runtime.baseUrl}/api/callbacks`, {
        method: "POST",
        body: JSON.stringify({ queueId: sales, number: "0612345678" }),
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}`, "Idempotency-Key": "form-1" },
      });
    const [before, after] = [await send(), await send()];
    expect([before.status, after.status]).toEqual([200, 200]);
    expect(after.headers.get("idempotency-replayed")).toBe("true");
    expect(await after.json()).toEqual(await before.json());
    expect(await listed()).toHaveLength(1);
    const { view } = await desk("101", { telephoneId, queueIds: [sales] });
    await expect.poll(() => view()?.offer?.card.from).toBe("+33612345678");
  });
});
