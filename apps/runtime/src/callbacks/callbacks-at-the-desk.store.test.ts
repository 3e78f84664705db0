import { describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { placedCallId } from "../call-centre/index.ts";
import { standardCallbacks } from "../queues/index.ts";
import { answersOfCalls } from "../script-runs/index.ts";
import {
  card,
  centre,
  company,
  desk,
  first,
  ines,
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

describe("an operator", () => {
  test("is told how many are to be made, at once and after each change", async () => {
    const { counts } = await desk("101", { telephoneId, queueIds: [] });
    await expect.poll(counts).toEqual([{ queueId: sales, open: 0 }]);
    await promise();
    await expect.poll(counts).toEqual([{ queueId: sales, open: 1 }]);
    const { callbackId } = await first();
    await supervisor.call("callbacks.cancel", { params: { callbackId } });
    await expect.poll(counts).toEqual([{ queueId: sales, open: 0 }]);
  });

  test("takes one from the list, whatever its hours, and cancels another", async () => {
    await runtime.features.schedules.force(systemScope(company.companyId), schedule, { state: "closed", until: null });
    await centre.queuesChanged(company.companyId);
    await promise();
    await promise({ number: "0612345600" });
    const { ask, view } = await desk();
    const { items } = (await ask("GET", "callbacks?open=true")).body;
    expect(items).toHaveLength(2);
    expect((await ask("POST", `callbacks/${items[0].callbackId}/cancel`)).body).toMatchObject({ result: "cancelled" });
    expect((await ask("POST", "call-back", { callbackId: items[0].callbackId })).body.error.code).toBe("callbackOver");
    const taken = await ask("POST", "call-back", { callbackId: items[1].callbackId });
    expect(taken.body.view).toMatchObject({
      state: "dialling",
      call: { callback: { callbackId: items[1].callbackId } },
    });
    await expect.poll(() => placed).toMatchObject([{ callbackId: items[1].callbackId, number: "+33612345678" }]);
    expect((await ask("POST", `callbacks/${items[1].callbackId}/cancel`)).body.error.code).toBe("callbackUnderWay");
    // Their own telephone did not answer: nothing of the callback is used up.
    await report(placed[0]?.offerId ?? "", "failed");
    await expect.poll(() => view()).toMatchObject({ state: "paused", pause: { reason: "telephoneBusy" } });
    expect(must(await supervisor.call("callbacks.get", { params: { callbackId: items[1].callbackId } }))).toMatchObject(
      {
        ...{ state: "waiting", attempts: [] },
      },
    );
  });

  test("is led through questions in a callback; what is answered is kept while nobody decides, and found by who comes after", async () => {
    const { scriptId } = await runtime.features.scripts.create(systemScope(company.companyId), {
      ...{ name: "Guide", url: null, window: null },
      questionnaire: {
        steps: [
          {
            ...{ stepId: "s1", title: "Who", say: "Hello {{caller}}", branches: [], next: null },
            questions: [{ key: "house", kind: "text", text: "Which house?", required: false }],
          },
        ],
      },
    });
    const guided = { scriptId, values: [{ name: "caller", value: "+33612345678" }] };
    await promise({ card: card({ script: { name: "Guide", url: null, guided } }) });
    const { ask, view } = await desk();
    await expect.poll(() => view()?.offer).toBeTruthy();
    const offerId = view()?.offer?.offerId ?? "";
    const callId = placedCallId(offerId);
    await ask("POST", `offers/${offerId}/accept`);
    await report(offerId, "answered");
    await expect.poll(() => view()?.state).toBe("talking");
    const opened = (await ask("POST", `calls/${callId}/script`, {})).body;
    expect(opened.current).toMatchObject({ scriptId, questionnaire: { steps: [{ say: "Hello +33612345678" }] } });
    // Whoever decides for the company is gone: answers do not wait for the next one.
    await centre.close();
    const changes = [{ kind: "answer", key: "house", value: "the red one", seen: opened.current.rev, givenAt: 1 }];
    const told = await ask("POST", `calls/${callId}/script/${scriptId}/changes`, { changes });
    expect(told).toMatchObject({ status: 200, body: { refused: [], run: { answers: [{ value: "the red one" }] } } });
    const kept = await answersOfCalls(runtime.store.connection, company.companyId, [callId], String);
    expect(kept.get(callId)).toMatchObject([{ scriptId, answers: [{ key: "house", operatorId: ines.operatorId }] }]);
  });

  test("says that a machine answered: the promise is open again with its attempt, once however often it is said", async () => {
    await promise();
    const { ask, view } = await desk();
    await expect.poll(() => view()?.offer).toBeTruthy();
    const offerId = view()?.offer?.offerId ?? "";
    const callId = placedCallId(offerId);
    expect((await ask("POST", `calls/${callId}/machine`)).body.error.code).toBe("notYourCall");
    await ask("POST", `offers/${offerId}/accept`);
    await report(offerId, "answered");
    await expect.poll(() => view()?.state).toBe("talking");
    expect(await first()).toMatchObject({ state: "over", result: "answered" });
    // The call is the test's, which hangs up for them.
    await ask("POST", `calls/${callId}/machine`);
    await report(offerId, "ended");
    await expect.poll(() => view()?.state).toBe("wrapUp");
    expect((await ask("POST", `calls/${callId}/machine`)).status).toBe(200);
    const again = await first();
    expect(again).toMatchObject({
      ...{ state: "waiting", result: null, endedAt: null, heldBack: "retry" },
      attempts: [{ result: "numberMachine", operatorName: "Inès", callId }],
    });
    // It is the operator's next one, when its time has come.
    await ask("POST", "ready");
    must(await supervisor.call("callbacks.callNow", { params: { callbackId: again.callbackId } }));
    await expect.poll(() => view()?.offer?.callback?.attempts).toMatchObject([{ result: "numberMachine" }]);
  });

  test("without a telephone, or on a call, is told so", async () => {
    await runtime.features.schedules.force(systemScope(company.companyId), schedule, { state: "closed", until: null });
    await centre.queuesChanged(company.companyId);
    await promise();
    const { callbackId } = await first();
    const { ask } = await desk("101", { queueIds: [sales] });
    expect((await ask("POST", "call-back", { callbackId })).body.error.code).toBe("telephoneMissing");
    await ask("PUT", "telephone", { telephoneId });
    await ask("POST", "pause", { reason: "lunch" });
    expect((await ask("POST", "call-back", { callbackId })).body.error.code).toBe("notNow");
  });

  test("calls back the author of a message, in the box's queue, and the message says so; a hidden number is not rung", async () => {
    const help = await newQueue("Help");
    const scope = systemScope(company.companyId);
    const fields = { name: "Box", queueId: help, operatorIds: [ines.operatorId], retentionDays: 90 };
    const box = await runtime.features.voicemailBoxes.create(scope, fields);
    const leave = (digit: string, from: string | null) =>
      runtime.store.connection.collection<{ _id: string }>("messages").insertOne({
        ...{ _id: `msg_${digit.repeat(32)}`, companyId: company.companyId, boxId: box.boxId, state: "new", from },
        ...{ receivedAt: 1, durationMs: 5_000, sha256: "0".repeat(64), callId: `call_${digit.repeat(32)}`, note: "" },
        ...{ hidden: from === null, callerName: null, lineName: "Main", heard: null, assignedTo: null },
        ...{ calledBack: null, deletedAt: null },
      });
    await leave("1", "+33612345678");
    await leave("2", null);
    const { ask } = await desk();
    const hidden = await ask("POST", "call-back", { messageId: `msg_${"2".repeat(32)}` });
    expect(hidden).toMatchObject({ status: 422, body: { error: { code: "numberNotRung" } } });
    const messageId = `msg_${"1".repeat(32)}`;
    const made = await ask("POST", "call-back", { messageId });
    expect(made.body.view).toMatchObject({
      ...{
        state: "dialling",
        call: { queue: { name: "Help" }, card: { fromText: "06 12 34 56 78", lineName: "Main" } },
      },
    });
    await expect.poll(() => placed).toMatchObject([{ number: "+33612345678", queueId: help }]);
    const [message] = must(await supervisor.call("messages.list", { query: { boxId: box.boxId } })).items.filter(
      (one) => one.messageId === messageId,
    );
    expect(message?.calledBack).toMatchObject({ by: { name: "Inès" } });
    expect(await first()).toMatchObject({ state: "calling", promisedInCallId: null, attemptsAllowed: 1 });
  });
});

describe("a callback whose person is rung first", () => {
  test("is ordered so, machines left alone where the queue wants it, and one that was reached is an attempt, told to the operator", async () => {
    const queueId = await newQueue("Caller first", { ...standardCallbacks, first: "caller", machines: "leave" });
    await promise({ queueId });
    const { view, ask } = await desk("101", { telephoneId, queueIds: [queueId] });
    await expect.poll(() => view()?.offer?.callback).toMatchObject({ first: "caller" });
    const offerId = view()?.offer?.offerId ?? "";
    await ask("POST", `offers/${offerId}/accept`);
    await expect.poll(() => placed).toMatchObject([{ offerId, first: "party", leavesMachines: true }]);
    await centre.reportLeg({
      ...{ companyId: company.companyId, callId: placedCallId(offerId), offerId },
      report: { kind: "numberFailed", result: "machine" },
    });
    await expect.poll(() => view()?.state).toBe("available");
    expect(view()?.notices.map(({ code }) => code)).toContain("numberMachine");
    expect(await first()).toMatchObject({ heldBack: "retry", attempts: [{ result: "numberMachine" }] });
  });

  test("waits in line where the operator's telephone is not answered: not rung again meanwhile, and not afterwards once they were served", async () => {
    const queueId = await newQueue("Caller first", { ...standardCallbacks, first: "caller" });
    await promise({ queueId });
    const { view, ask } = await desk("101", { telephoneId, queueIds: [queueId] });
    await expect.poll(() => view()?.offer).toBeTruthy();
    const offerId = view()?.offer?.offerId ?? "";
    await ask("POST", `offers/${offerId}/accept`);
    const { companyId } = company;
    const callId = placedCallId(offerId);
    const joining = {
      companyId,
      callId,
      queueId,
      entry: 3,
      priority: 0,
      leaveWhenUnstaffed: true,
      at: "head" as const,
    };
    await centre.join({ ...joining, card: card() });
    await report(offerId, "failed");
    await expect.poll(() => view()?.state).toBe("paused");
    expect(await first()).toMatchObject({ state: "waiting", heldBack: "onTheLine", attempts: [] });
    await ask("POST", "resume");
    await expect.poll(() => view()?.offer?.callback === null && view()?.offer?.callId).toBe(callId);
    const again = view()?.offer?.offerId ?? "";
    await ask("POST", `offers/${again}/accept`);
    await centre.reportLeg({ companyId, callId, offerId: again, report: { kind: "answered" } });
    await expect.poll(() => view()?.state).toBe("talking");
    expect(await first()).toMatchObject({ state: "over", result: "calledIn" });
    expect(placed).toHaveLength(1);
  });

  test("is rung first as well where an operator takes it from the list", async () => {
    const queueId = await newQueue("Caller first", { ...standardCallbacks, first: "caller" });
    const { ask } = await desk("101", { telephoneId, queueIds: [queueId] });
    await promise({ queueId, slotAt: Date.now() + 3_600_000 });
    const { callbackId } = await first();
    await ask("POST", "call-back", { callbackId });
    await expect.poll(() => placed).toMatchObject([{ first: "party" }]);
  });
});
