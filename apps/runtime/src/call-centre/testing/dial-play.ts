import { expect } from "vitest";
import type { Dial, LegReport, OperatorCommand } from "../../ports/index.ts";
import type { Insist } from "./callback-play.ts";
import { card, signingIn } from "./samples.ts";
import { companyId, type TestWorld } from "./test-process.ts";

export function dialling(callId: string, number = "+33612345678"): Dial {
  return { callId, number, party: { kind: "number", number }, first: "operator", card: card(number) };
}

/**
 * An operator dials: the number is busy. They dial again, in a pause: it answers, they talk, and are in their pause again. Whoever dies meanwhile, the
 * same comes of it, and each call is placed once.
 */
export async function dialPlay(world: TestWorld, insist: Insist): Promise<void> {
  const command = (asked: OperatorCommand) => insist(({ centre }) => centre.command(companyId, "op_ann", asked));
  const view = () => insist(({ centre }) => centre.view(companyId, "op_ann"));
  const report = (callId: string, told: LegReport) =>
    insist(({ centre }) => centre.reportLeg({ companyId, callId, offerId: null, report: told }));
  const placed = async (callId: string) => {
    for (let tries = 0; tries < 25 && !world.calls.placed.has(callId); tries++) {
      await command({ kind: "connected", processId: "proc_of_the_agents" });
      await world.advance(1_000);
    }
    const call = world.calls.placed.get(callId);
    if (!call) throw new Error("the call was not placed");
    return call;
  };

  expect(await command(signingIn("shift_op_ann", "tel_1"))).toEqual({ ok: true });
  expect(await command({ kind: "dial", dial: dialling("call_1") })).toEqual({ ok: true });
  const first = await placed("call_1");
  expect(first.order).toMatchObject({
    ...{ callbackId: null, offerId: null, queueId: null, operatorId: "op_ann", telephoneId: "tel_1" },
    ...{ number: "+33612345678", first: "operator", card: { to: "+33140000000" } },
  });
  await report("call_1", { kind: "ringing", rings: "telephone" });
  expect(await view()).toMatchObject({
    state: "dialling",
    call: { callId: "call_1", offerId: null, rings: "telephone" },
  });
  await report("call_1", { kind: "ringing", rings: "number" });
  expect((await view()).call?.rings).toBe("number");
  first.alive = false;
  await report("call_1", { kind: "numberFailed", result: "busy" });
  expect(await view()).toMatchObject({ state: "available", call: null });
  expect((await view()).notices.at(-1)).toMatchObject({ code: "numberBusy", callId: "call_1" });

  expect(await command({ kind: "pause", label: "paperwork" })).toEqual({ ok: true });
  expect(await command({ kind: "dial", dial: dialling("call_2") })).toEqual({ ok: true });
  const second = await placed("call_2");
  await world.advance(2_000);
  await report("call_2", { kind: "answered" });
  expect(await view()).toMatchObject({ state: "talking", afterCall: "pause", call: { callId: "call_2" } });
  second.alive = false;
  await report("call_2", { kind: "ended", talkMs: 3_000 });
  expect(await command({ kind: "ready" })).toEqual({ ok: true });
  expect(await view()).toMatchObject({ state: "paused", pause: { reason: "asked", label: "paperwork" }, call: null });
  expect(world.calls.placed.size).toBe(2);
  expect([...world.violations, ...world.calls.faults]).toEqual([]);
}
