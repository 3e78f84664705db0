import { describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { standardCallbacks } from "../queues/index.ts";
import {
  company,
  desk,
  first,
  listed,
  must,
  newQueue,
  openOffice,
  promise,
  runtime,
  sales,
  schedule,
  supervisor,
  telephoneId,
} from "./testing/callback-office.ts";

openOffice();

describe("a callback for a time that was chosen", () => {
  const HOUR = 3_600_000;
  const slots = { lengthMs: HOUR, most: 1, days: 2, told: 3 };

  /** The next times of a queue that takes one callback an hour, open round the clock. */
  async function offered() {
    const queueId = await newQueue("Later", { ...standardCallbacks, scheduleId: schedule, slots });
    const asked = { companyId: company.companyId, queueId, scheduleId: null };
    const { slots: told, timeZone } = await runtime.features.callbackTimes.forCaller(asked, Date.now());
    const [first = 0, second = 0, third = 0] = told;
    return { queueId, asked, told, timeZone, first, second, third };
  }

  test("callers hear the next free times of the opening hours; one that is full is offered to nobody else, and not promised", async () => {
    const { queueId, asked, told, timeZone, first: slotAt, second, third } = await offered();
    expect(timeZone).toBe(company.timeZone);
    expect(told).toHaveLength(3);
    expect(slotAt).toBeGreaterThan(Date.now());
    expect([second - slotAt, third - second]).toEqual([HOUR, HOUR]);
    expect(await promise({ queueId, slotAt: second })).toBe("promised");
    const { slots: next } = await runtime.features.callbackTimes.forCaller(asked, Date.now());
    expect(next.slice(0, 2)).toEqual([slotAt, third]);
    expect(await promise({ queueId, number: "06 12 34 56 79", slotAt: second })).toBe("slotTaken");
    expect(await first()).toMatchObject({
      ...{ state: "waiting", heldBack: "slot", attempts: [] },
      ...{ slotAt: new Date(second).toISOString(), notBefore: new Date(second).toISOString() },
    });
    const { view } = await desk("101", { telephoneId, queueIds: [queueId] });
    expect(view()?.offer).toBeNull();
  });

  test("a queue that offers no times asks nobody, and an older client that says nothing of times leaves them as they are", async () => {
    const asked = { companyId: company.companyId, queueId: sales, scheduleId: null };
    expect((await runtime.features.callbackTimes.forCaller(asked, Date.now())).slots).toEqual([]);
    const { queueId } = await offered();
    const { queueId: _, rev, ...fields } = await runtime.features.queues.get(systemScope(company.companyId), queueId);
    const { slots: __, ...older } = fields.callbacks;
    const callbacks = { ...older, most: 7 };
    const kept = await runtime.features.queues.change(systemScope(company.companyId), queueId, rev, {
      ...fields,
      callbacks,
    });
    expect(kept.callbacks).toMatchObject({ most: 7, slots });
  });

  test("a supervisor and an operator put it off to a time that is free, and bring it back to as soon as possible", async () => {
    const { queueId, second, third } = await offered();
    await promise({ queueId, slotAt: second });
    await promise({ queueId, number: "06 12 34 56 79", slotAt: third });
    const theirs = (await listed()).find((one) => one.slotAt === new Date(second).toISOString());
    const callbackId = theirs?.callbackId ?? "";
    const params = { callbackId };
    const { times } = must(await supervisor.call("callbacks.times", { params }));
    expect(times.every(({ free }) => free === 1)).toBe(true);
    const taken = new Date(third).toISOString();
    expect(times.map(({ at }) => at)).not.toContain(taken);
    expect(await supervisor.call("callbacks.change", { params, body: { slotAt: taken } })).toMatchObject({
      ok: false,
      error: { code: "callbackTimeTaken" },
    });
    const later = times.at(-1)?.at ?? "";
    expect(must(await supervisor.call("callbacks.change", { params, body: { slotAt: later } }))).toMatchObject({
      slotAt: later,
      heldBack: "slot",
    });
    const { view, ask } = await desk("101", { telephoneId, queueIds: [queueId] });
    expect((await ask("GET", `callbacks/${callbackId}/times`)).body.times.length).toBeGreaterThan(0);
    expect((await ask("PUT", `callbacks/${callbackId}`, { slotAt: null })).body).toMatchObject({ slotAt: null });
    await expect.poll(() => view()?.offer?.card.from).toBe("+33612345678");
    expect((await ask("PUT", `callbacks/${callbackId}`, { slotAt: later })).status).toBe(409);
  });

  test("somebody else's queue's callbacks are not an operator's to put off", async () => {
    const { queueId, second } = await offered();
    await promise({ queueId, slotAt: second });
    const { callbackId } = await first();
    const { ask } = await desk("102", { telephoneId, queueIds: [] });
    expect((await ask("GET", `callbacks/${callbackId}/times`)).status).toBe(404);
    expect((await ask("PUT", `callbacks/${callbackId}`, { slotAt: null })).status).toBe(404);
  });
});
