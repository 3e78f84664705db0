import type { ApiClient } from "@cordboard/api";
import { describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { placedCallId } from "../call-centre/index.ts";
import { randomId } from "../ports/index.ts";
import { standardCallbacks } from "../queues/index.ts";
import {
  card,
  centre,
  company,
  desk,
  first,
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

describe("a promised callback", () => {
  test("pops up with its number and says what it is; accepted, its call is ordered; answered and ended, it is kept", async () => {
    expect(await promise({ callerNumber: "+33612345678" })).toBe("promised");
    const { view, ask } = await desk();
    await expect.poll(() => view()?.offer?.callback).toMatchObject({ attempts: [], attemptsAllowed: 3 });
    const offer = view()?.offer;
    const offerId = offer?.offerId ?? "";
    expect(offer).toMatchObject({
      callId: placedCallId(offerId),
      card: { from: "+33612345678", fromText: "06 12 34 56 78", callerName: "M. Martin", script: { name: "CRM" } },
    });
    expect(await first()).toMatchObject({ state: "offered", operator: { name: "Inès" } });
    // The call is not placed yet: it is the number whose earlier calls are asked for.
    expect(await ask("GET", `calls/${placedCallId(offerId)}/earlier`)).toEqual({ status: 200, body: { items: [] } });
    const accepted = await ask("POST", `offers/${offerId}/accept`);
    expect(accepted.body.view).toMatchObject({
      state: "dialling",
      call: { callback: { attempts: [] }, answeredAt: null },
    });
    await expect
      .poll(() => placed)
      .toMatchObject([
        { callId: placedCallId(offerId), offerId, number: "+33612345678", operatorName: "Inès", telephoneId },
      ]);
    expect(await first()).toMatchObject({ state: "calling", operator: { name: "Inès" } });
    await report(offerId, "answered");
    await expect.poll(() => view()?.state).toBe("talking");
    expect(await first()).toMatchObject({
      ...{ state: "over", result: "answered", operator: null },
      attempts: [{ result: "answered", operatorName: "Inès", callId: placedCallId(offerId) }],
    });
    await report(offerId, "ended");
    await expect.poll(() => view()?.state).toBe("wrapUp");
  });

  test("whose number is busy is tried again after the stated time, and the operator is told", async () => {
    await promise();
    const { view, ask } = await desk();
    await expect.poll(() => view()?.offer).toBeTruthy();
    const offerId = view()?.offer?.offerId ?? "";
    await ask("POST", `offers/${offerId}/accept`);
    await report(offerId, "numberFailed");
    await expect.poll(() => view()?.state).toBe("available");
    expect(view()?.notices).toMatchObject([{ code: "numberBusy", callId: placedCallId(offerId) }]);
    const callback = await first();
    expect(callback).toMatchObject({ state: "waiting", heldBack: "retry", attempts: [{ result: "numberBusy" }] });
    expect(Date.parse(callback.notBefore ?? "") - Date.parse(callback.attempts[0]?.at ?? "")).toBe(900_000);
    // Now, all the same.
    const params = { callbackId: callback.callbackId };
    must(await supervisor.call("callbacks.callNow", { params }));
    await expect.poll(() => view()?.offer?.callback?.attempts).toMatchObject([{ result: "numberBusy" }]);
  });

  test("is refused for what is not rung, in a queue that is none, and over what the queue promises", async () => {
    for (const number of ["", "112", "15", "+15", "+1 212 555 0123", "0899 12 34 56", "*21"]) {
      expect(await promise({ number }), number).toBe("refused");
    }
    expect(await promise({ number: "+1 212 555 0123", callerNumber: "+12125550123" })).toBe("promised");
    expect(await promise({ number: "204" })).toBe("promised");
    expect(await promise({ number: "0612345679", card: card({ from: null, hidden: true }) })).toBe("promised");
    expect(await promise({ queueId: randomId("queue") })).toBe("refused");
    expect((await listed()).map(({ number }) => number)).toEqual(["+33612345679", "204", "+12125550123"]);
    const small = await newQueue("Small", { ...standardCallbacks, most: 1 });
    expect(await promise({ queueId: small })).toBe("promised");
    expect(await promise({ queueId: small, number: "0612345699" })).toBe("full");
    expect(await promise({ queueId: small })).toBe("already");
  });

  test("is changed, cancelled and listed by supervisors, and each leaves its entry in the audit log", async () => {
    await promise();
    await promise({ number: "0612345600" });
    const [newer, older] = await listed();
    const params = { callbackId: older?.callbackId ?? "" };
    const change = (number: string) => supervisor.call("callbacks.change", { params, body: { number } });
    expect(await change("112")).toMatchObject({ ok: false, error: { code: "numberNotRung" } });
    expect(await change("06 12 34 56 00")).toMatchObject({ ok: false, error: { code: "callbackPromised" } });
    expect(must(await change("+44 20 7946 0000"))).toMatchObject({ number: "+442079460000", state: "waiting" });
    expect(must(await supervisor.call("callbacks.cancel", { params }))).toMatchObject({
      ...{ state: "over", result: "cancelled" },
    });
    expect(await change("0612345601")).toMatchObject({ ok: false, error: { code: "callbackOver" } });
    const open = must(await supervisor.call("callbacks.list", { query: { open: true, queueId: sales } }));
    expect(open.items.map(({ callbackId }) => callbackId)).toEqual([newer?.callbackId]);
    const page = must(await supervisor.call("callbacks.list", { query: { limit: 1 } }));
    expect(page.items.map(({ callbackId }) => callbackId)).toEqual([newer?.callbackId]);
    const rest = must(await supervisor.call("callbacks.list", { query: { before: page.next ?? "" } }));
    expect(rest).toMatchObject({ items: [{ callbackId: older?.callbackId }], next: null });
    const admin = await runtime.user(company, "admin");
    const { items } = must(await admin.call("audit.list", { query: { resource: "callbacks" } }));
    // The newest first; what was refused changed nothing.
    expect(items.map(({ action }) => action)).toEqual(["callbacks.cancel", "callbacks.change"]);
    expect(items.find(({ action }) => action === "callbacks.cancel")).toMatchObject({
      before: { state: "waiting" },
      after: { leftReason: "cancelled" },
    });
  });

  test("says why it waits, and is offered when its hours open", async () => {
    const scope = systemScope(company.companyId);
    await runtime.features.schedules.force(scope, schedule, { state: "closed", until: null });
    await centre.queuesChanged(company.companyId);
    await promise();
    const { view } = await desk();
    expect(await first()).toMatchObject({ state: "waiting", heldBack: "closed", notBefore: null });
    expect(view()?.offer).toBeNull();
    await runtime.features.schedules.force(scope, schedule, null);
    await centre.queuesChanged(company.companyId);
    await expect.poll(() => view()?.offer?.callback).toBeTruthy();
  });

  test("keeps its queue, and its queue the schedule, from being deleted", async () => {
    const admin = await runtime.user(company, "admin");
    await promise();
    expect(await admin.call("queues.delete", { params: { queueId: sales } })).toMatchObject({
      ...{ ok: false, error: { code: "inUse", details: { uses: [{ kind: "callbacks", name: "1" }] } } },
    });
    expect(await admin.call("schedules.delete", { params: { scheduleId: schedule } })).toMatchObject({
      ...{ ok: false, error: { code: "inUse", details: { uses: [{ kind: "queue", name: "Sales" }] } } },
    });
  });

  test("belongs to its company and its queue: nobody else sees it or does anything about it", async () => {
    await promise();
    const { callbackId } = await first();
    const other = await runtime.user(await runtime.company("other"), "admin");
    expect(await listed(other)).toEqual([]);
    const refused = { ok: false, error: { code: "notFound" } };
    for (const route of ["callbacks.get", "callbacks.cancel", "callbacks.callNow"] as const) {
      expect(await other.call(route, { params: { callbackId } })).toMatchObject(refused);
    }
    const author = await runtime.user(company, "author");
    expect(await author.call("callbacks.list", { query: {} })).toMatchObject({ error: { code: "notAllowed" } });
    const theo = await desk("102", {});
    expect((await theo.ask("GET", "callbacks")).body).toEqual({ items: [], next: null });
    expect((await theo.ask("POST", `callbacks/${callbackId}/cancel`)).body.error.code).toBe("notFound");
    expect((await theo.ask("POST", "call-back", { callbackId })).body.error.code).toBe("notFound");
  });
});

describe("a queue", () => {
  test("states the contract's standard where nobody chose otherwise, and where it was set up before there were callbacks", async () => {
    const admin = await runtime.user(company, "admin");
    const sparse = admin as { call(id: "queues.create", input: object): ReturnType<ApiClient["call"]> };
    expect(must(await sparse.call("queues.create", { body: { name: "New" } }))).toMatchObject({
      callbacks: standardCallbacks,
    });
    await runtime.store.connection.collection("queues").updateMany({ name: "Sales" }, { $unset: { callbacks: "" } });
    expect(must(await admin.call("queues.get", { params: { queueId: sales } })).callbacks).toEqual(standardCallbacks);
    expect(await promise()).toBe("promised");
    expect(await first()).toMatchObject({ attemptsAllowed: 3 });
  });

  test("cannot go by a schedule that there is none of", async () => {
    const wrong = { ...standardCallbacks, scheduleId: randomId("schedule") };
    await expect(newQueue("Wrong", wrong)).rejects.toMatchObject({ code: "notFound", details: { what: "schedule" } });
  });
});
