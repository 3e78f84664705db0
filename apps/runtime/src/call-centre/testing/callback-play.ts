import { expect } from "vitest";
import type { LegReport, OperatorCommand } from "../../ports/index.ts";
import { callbackIdOf, placedCallId } from "../callback-ids.ts";
import { promising } from "./callback-suite.ts";
import { card, joining, signingIn } from "./samples.ts";
import { companyId, type TestProcess, type TestWorld } from "./test-process.ts";

export type Insist = <T>(ask: (process: TestProcess) => Promise<T>) => Promise<T>;

/**
 * A caller who waits leaves their number and chooses a time; it is busy at the first attempt and answers at the second. Whoever dies meanwhile, the same comes
 * of it: `insist` asks until a living process has answered.
 */
export async function callbackPlay(world: TestWorld, insist: Insist): Promise<void> {
  const command = (asked: OperatorCommand) => insist(({ centre }) => centre.command(companyId, "op_ann", asked));
  const offer = async () => {
    for (let tries = 0; tries < 90; tries++) {
      await command({ kind: "connected", processId: "proc_of_the_agents" });
      const view = await insist(({ centre }) => centre.view(companyId, "op_ann"));
      if (view.offer) return view.offer;
      await world.advance(1_000);
    }
    throw new Error("the callback was not offered");
  };
  const placed = async (offerId: string) => {
    for (let tries = 0; tries < 25 && !world.calls.placed.has(placedCallId(offerId)); tries++)
      await world.advance(1_000);
    const call = world.calls.placed.get(placedCallId(offerId));
    if (!call) throw new Error("the call was not placed");
    return call;
  };
  const report = (offerId: string, told: LegReport) =>
    insist(({ centre }) => centre.reportLeg({ companyId, callId: placedCallId(offerId), offerId, report: told }));
  const ends = async (offerId: string, call: { alive: boolean }) => {
    call.alive = false;
    await report(offerId, { kind: "ended", talkMs: 0 });
    await insist(({ centre }) => centre.callEnded({ companyId, callId: placedCallId(offerId), by: "us" }));
  };

  const slotAt = world.clock.now() + 30_000;
  const caller = world.calls.add("call_1");
  const { place } = await insist(({ centre }) => centre.join(joining("call_1", { card: card("+33612345678") })));
  await insist(({ centre }) => centre.leave({ companyId, callId: "call_1", queueId: "queue_sales", entry: 1 }));
  expect(await insist(({ centre }) => centre.promiseCallback(promising("call_1", { slotAt })))).toEqual({
    result: "promised",
  });
  caller.alive = false;
  await insist(({ centre }) => centre.callEnded({ companyId, callId: "call_1", by: "caller" }));
  expect(await command(signingIn("shift_op_ann", "tel_1"))).toEqual({ ok: true });

  const first = await offer();
  expect(first.offeredAt).toBeGreaterThanOrEqual(slotAt);
  expect(await command({ kind: "accept", offerId: first.offerId })).toEqual({ ok: true });
  const busy = await placed(first.offerId);
  await report(first.offerId, { kind: "numberFailed", result: "busy" });
  await ends(first.offerId, busy);
  const second = await offer();
  expect(second.offeredAt - first.offeredAt).toBeGreaterThanOrEqual(60_000);
  expect(await command({ kind: "accept", offerId: second.offerId })).toEqual({ ok: true });
  const talked = await placed(second.offerId);
  await report(second.offerId, { kind: "answered" });
  await ends(second.offerId, talked);
  expect(await command({ kind: "ready" })).toEqual({ ok: true });

  const id = `${callbackIdOf(companyId, "call_1", "n1.1")}.1`;
  await world.settle();
  const [kept] = await insist(() => world.store.waitingCalls(companyId, [id]));
  expect(kept).toMatchObject({
    ...{ place, state: "left", leftReason: "answered", live: false },
    callback: { slotAt, attempts: [{ result: "numberBusy" }, { result: "answered" }] },
  });
  expect(world.calls.placed.size).toBe(2);
  expect([...world.violations, ...world.calls.faults]).toEqual([]);
}
