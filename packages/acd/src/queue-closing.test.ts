import { describe, expect, test } from "vitest";
import { CallCentre } from "../test/call-centre.ts";
import type { ByHand, Opening, Queue } from "./index.ts";

const by = (state: ByHand["state"], more: Partial<ByHand> = {}): Opening => ({
  scheduleId: null,
  byHand: { state, until: null, sendsAway: false, at: 0, by: "Zoe", reason: "Fire drill", ...more },
});

function opens(centre: CallCentre, opening: Opening | undefined) {
  const { opening: _, ...queue } = centre.state.queues.sales as Queue;
  return centre.does({ type: "queueChanged", queue: { ...queue, ...(opening && { opening }) } });
}

describe("a queue that is closed by hand", () => {
  test("turns away who comes, whatever their flow asked for, and serves who waits", () => {
    const centre = new CallCentre();
    centre.joins("call_1");
    opens(centre, by("closed"));
    expect(centre.intents("closed")).toEqual([]);
    centre.joins("call_2");
    expect(centre.intents("closed")).toEqual([{ type: "closed", callId: "call_2", entry: 1 }]);
    centre.signsIn("ines");
    centre.signsIn("paul");
    expect([centre.whoHas("call_1"), centre.whoHas("call_2")]).toEqual(["ines", undefined]);
  });

  test("sends away who waits where that was wished; an offer that stands may still be accepted", () => {
    const centre = new CallCentre();
    centre.joins("call_1");
    centre.joins("call_2");
    centre.signsIn("ines");
    opens(centre, by("closed", { sendsAway: true }));
    expect(centre.intents("closed").map(({ callId }) => callId)).toEqual(["call_2"]);
    centre.refuses("ines");
    expect(centre.intents("closed").map(({ callId }) => callId)).toContain("call_1");
    centre.does({ type: "callLeft", callId: "call_1", entry: 1 });
    expect(centre.after(2_000).intents.filter(({ type }) => type === "closed")).toEqual([
      { type: "closed", callId: "call_2", entry: 1 },
    ]);
  });

  test("keeps who was passed on to an operator, or comes back to one", () => {
    const centre = new CallCentre({ opening: by("closed", { sendsAway: true }) });
    centre.joins("call_1", { named: { operatorId: "ines", only: false } });
    expect(centre.intents("closed")).toEqual([]);
  });

  test("takes callers again from the moment that was given, without a word", () => {
    const centre = new CallCentre({ opening: by("closed", { until: 60_000 }) });
    expect(
      centre
        .later(59_999)
        .joins("call_1")
        .intents.map(({ type }) => type),
    ).toContain("closed");
    expect(
      centre
        .later(1)
        .joins("call_2")
        .intents.map(({ type }) => type),
    ).not.toContain("closed");
  });

  test("makes no callbacks but those that somebody asks for now; at the moment that was given they are offered", () => {
    const centre = new CallCentre({ opening: by("closed", { until: 60_000 }) });
    centre.signsIn("ines");
    centre.signsIn("paul");
    centre.promises("cb_1");
    centre.promises("cb_2", { number: "+332" });
    expect(centre.whoHas("cb_1")).toBeUndefined();
    expect(centre.intents("scheduleAt").at(-1)?.at).toBe(60_000);
    centre.does({ type: "callbackUrged", callId: "cb_2" });
    expect([centre.whoHas("cb_1"), centre.whoHas("cb_2")]).toEqual([undefined, "ines"]);
    centre.after(60_000);
    expect(centre.whoHas("cb_1")).toBe("paul");
  });
});

describe("opening hours of a queue", () => {
  const hours = { scheduleId: "hours", byHand: null };

  test("turn callers away while they are closed, and send nobody away who waits", () => {
    const centre = new CallCentre({ opening: hours });
    centre.does({ type: "schedulesSeen", open: ["hours"] });
    centre.joins("call_1");
    centre.does({ type: "schedulesSeen", open: [] });
    expect(centre.intents("closed")).toEqual([]);
    centre.joins("call_2");
    expect(centre.intents("closed")).toMatchObject([{ callId: "call_2" }]);
  });

  test("do not count while somebody has opened the queue by hand; callbacks are made then too", () => {
    const callbacks = { most: null, attempts: 1, retryMs: 0, scheduleId: "hours" };
    const centre = new CallCentre({ callbacks, opening: { ...by("open"), scheduleId: "hours" } });
    centre.signsIn("ines");
    centre.signsIn("paul");
    centre.joins("call_1");
    centre.promises("cb_1");
    expect([centre.whoHas("call_1"), centre.whoHas("cb_1")]).toEqual(["ines", "paul"]);
  });
});
