import { describe, expect, test } from "vitest";
import type { DialledNow } from "../ports/index.ts";
import { callStage, toTheTelephone } from "../testing/call-stage.ts";

/**
 * A telephone was being dialled when the process died, and what jambonz has said of it since went to the dead socket: whoever takes the call
 * up asks by REST.
 */
async function takenUp(
  dialled: readonly DialledNow[] | "unavailable",
  { heard = false, evidence = "sent" }: { readonly heard?: boolean; readonly evidence?: "due" | "sent" } = {},
) {
  const s = callStage();
  const killed = s.begin(s.connect());
  await toTheTelephone(s, killed);
  if (heard) killed.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
  await killed.settled();
  killed.abandon();
  const left = s.stored();
  if (!left?.media) throw new Error("not stored");
  const taken = { ...left, media: { ...left.media, evidence }, ownerEpoch: left.ownerEpoch + 1, owner: "proc_2" };
  s.store.documents.set("call_1", structuredClone(taken));
  s.sent.length = 0;
  s.told.length = 0;
  s.rest.dialled = dialled;
  const call = s.begin(s.connect(), taken, true);
  call.resume();
  await s.clock.advance(1_000);
  return { s, call, dials: () => s.sent.filter(([verb]) => verb?.verb === "dial").length };
}

describe("a dial of which nothing was heard", () => {
  test.each(["due", "sent"] as const)("rings: it is left alone, and its answer is heard (%s)", async (evidence) => {
    const { s, call, dials } = await takenUp([{ legSid: "leg", state: "ringing" }], { evidence });
    expect(call.document.leg).toMatchObject({ legSid: "leg", state: "ringing" });
    expect(s.told).toEqual([{ leg: { kind: "ringing" } }]);
    await s.clock.advance(15_000);
    expect(dials()).toBe(0);
    call.handle({ kind: "legAnswered", legSid: "leg" });
    await call.settled();
    expect(call.document.leg?.state).toBe("talking");
  });

  test("was answered unheard: they talk", async () => {
    const { s, call, dials } = await takenUp([{ legSid: "leg", state: "talking" }]);
    expect(call.document.leg).toMatchObject({ legSid: "leg", state: "talking" });
    expect(s.told).toEqual([{ leg: { kind: "ringing" } }, { leg: { kind: "answered" } }]);
    await s.clock.advance(120_000);
    expect(dials()).toBe(0);
  });

  test("never began: it is sent", async () => {
    const { dials } = await takenUp([]);
    expect(dials()).toBe(1);
  });

  test("and no answer by REST: its first word is waited for, then it is sent", async () => {
    const { s, dials } = await takenUp("unavailable");
    expect(dials()).toBe(0);
    await s.clock.advance(10_000);
    expect(dials()).toBe(1);
  });
});

describe("a telephone that was heard ringing", () => {
  test("and was answered unheard: they talk", async () => {
    const { call } = await takenUp([{ legSid: "leg", state: "talking" }], { heard: true });
    expect(call.document.leg?.state).toBe("talking");
  });

  test.each([
    ["rings on", [{ legSid: "leg", state: "ringing" }] as const],
    ["is not told of any more", []],
    ["cannot be asked after", "unavailable" as const],
  ])("%s: it is not rung anew", async (_what, dialled) => {
    const { s, call, dials } = await takenUp(dialled, { heard: true });
    await s.clock.advance(10_000);
    expect(call.document.leg?.state).toBe("ringing");
    expect(dials()).toBe(0);
  });
});

test("an earlier telephone that jambonz believes to ring still is not taken for the one that was dialled", async () => {
  const s = callStage();
  const killed = s.begin(s.connect());
  await toTheTelephone(s, killed);
  const entry = s.entryNow(killed);
  killed.handle({ kind: "legRinging", legSid: "first", sipStatus: 180 });
  const silent = { kind: "dialEnded", entry, result: "silent", sipStatus: 487, legSid: "first" } as const;
  killed.handle({ ...silent, hook: s.hook().pending });
  await killed.settled();
  const queue = killed.document.queue;
  if (!queue) throw new Error("not back in the queue");
  const target = { kind: "telephone", telephoneId: "tel_2" } as const;
  const offer = { entry: queue.entry, offerId: "offer_2", operatorId: "op_2", target };
  expect(await killed.offerAccepted({ type: "offer.accepted", ...offer }, "Marc")).toBe("taken");
  await killed.settled();
  killed.abandon();
  const left = s.stored();
  if (!left) throw new Error("not stored");
  const taken = { ...left, ownerEpoch: left.ownerEpoch + 1, owner: "proc_2" };
  s.store.documents.set("call_1", structuredClone(taken));
  s.sent.length = 0;
  s.rest.dialled = [{ legSid: "first", state: "ringing" }];
  s.begin(s.connect(), taken, true).resume();
  await s.clock.advance(1_000);
  expect(s.sent.map(([verb]) => verb?.verb)).toEqual(["dial"]);
});
