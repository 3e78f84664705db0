import type { EventData, EventType } from "@cordboard/api";
import { describe, expect, test } from "vitest";
import { describeCrashes } from "../call-centre/testing/crash-suite.ts";
import { MemoryCollections, memoryCentreStore } from "../call-centre/testing/memory-centre-store.ts";
import type { NewEvent } from "./new-event.ts";
import { tellingStore } from "./telling-store.ts";

/** What was told in each play, in order, each event once as in the log. */
const plays: NewEvent[][] = [];

/** The call centre's own plays, in which processes die at every write; of what is told, every fifth telling is cut off too. */
describeCrashes(
  "a call centre that tells what happens",
  async () => {
    const told: NewEvent[] = [];
    plays.push(told);
    let tellings = 0;
    return tellingStore(memoryCentreStore(new MemoryCollections()), async (events) => {
      tellings += 1;
      if (tellings % 5 === 0) throw new Error("the store did not answer");
      for (const event of events) if (!told.some(({ eventId }) => eventId === event.eventId)) told.push(event);
    });
  },
  3,
);

const of = <Type extends EventType>(events: readonly NewEvent[], type: Type) =>
  events.flatMap((event) => (event.type === type ? [event.data as EventData<Type>] : []));

describe("whoever died when", () => {
  /** The plays of a caller whom one operator refuses and another talks to; the suite has others. */
  const whole = () =>
    plays.filter(
      (told) =>
        of(told, "call.dequeued").some(({ callId, reason }) => callId === "call_1" && reason === "answered") &&
        of(told, "call.offerEnded").some(({ end }) => end === "refused"),
    );

  test("the call is told of from its place in line to the conversation, in order, nothing twice", () => {
    const calls = whole();
    expect(calls.length).toBeGreaterThan(15);
    for (const told of calls) {
      const ofCall = told.filter(({ subject }) => subject === "call_1");
      const types = ofCall.map(({ type }) => type);
      expect(types[0]).toBe("call.queued");
      expect(types.at(-1)).toBe("call.dequeued");
      expect(of(ofCall, "call.answered")).toMatchObject([{ operatorId: "op_ann" }]);
      expect(of(ofCall, "call.dequeued")).toMatchObject([{ reason: "answered" }]);
      const offered = of(ofCall, "call.offered").map(({ offerId }) => offerId);
      const ended = of(ofCall, "call.offerEnded").map(({ offerId }) => offerId);
      expect(ended.toSorted()).toEqual(offered.toSorted());
      expect(new Set(offered).size).toBe(offered.length);
      const ends = of(ofCall, "call.offerEnded").map(({ end }) => end);
      expect(ends.filter((end) => end === "refused")).toHaveLength(1);
      expect(ends.filter((end) => end === "accepted")).toHaveLength(2);
      for (const offerId of offered) {
        const at = (type: EventType) =>
          ofCall.findIndex((event) => event.type === type && "offerId" in event.data && event.data.offerId === offerId);
        expect(at("call.offered")).toBeLessThan(at("call.offerEnded"));
      }
    }
  });

  test("each operator’s states are told as they came", () => {
    for (const told of whole()) {
      const states = of(told, "operator.stateChanged").filter(({ operatorId }) => operatorId === "op_ann");
      const words = states.map(({ state }) => state);
      expect(words).toContain("offered");
      expect(words).toContain("wrapUp");
      expect(words.lastIndexOf("wrapUp")).toBeGreaterThan(words.lastIndexOf("ringing"));
      expect(states.map(({ since }) => since)).toEqual(states.map(({ since }) => since).toSorted());
    }
  });

  test("a callback is told of from its promise to its end", () => {
    const callbacks = plays.filter((told) => of(told, "callback.ended").length > 0);
    expect(callbacks.length).toBeGreaterThan(3);
    for (const told of callbacks) {
      const [promised] = of(told, "callback.promised");
      const ofCallback = told.filter(({ subject }) => subject === promised?.callbackId).map(({ type }) => type);
      expect(ofCallback[0]).toBe("callback.promised");
      expect(ofCallback.at(-1)).toBe("callback.ended");
      const attempts = of(told, "callback.attempted").map(({ attempt }) => attempt);
      expect(attempts).toEqual(attempts.map((_, index) => index + 1));
    }
  });
});
