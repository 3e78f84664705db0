import type { ServerMessage } from "@cordboard/api";
import { expect, test } from "vitest";
import { anOffer, aView } from "../testing/a-view.ts";
import { initialState, withLink, withMessage, withView } from "./desk-state.ts";

const at = Date.parse("2026-11-24T09:00:00.000Z");
const later = "2026-11-24T09:00:05.000Z";
const shown = withView(initialState, aView({ seq: 5 }), at);

test("a view that is older than the one on the screen is dropped, an equal or newer one is shown", () => {
  expect(withView(shown, aView({ seq: 4, state: "paused" }), at)).toBe(shown);
  expect(withView(shown, aView({ seq: 6, state: "paused" }), at).view?.state).toBe("paused");
  expect(withView(shown, aView({ seq: 5, now: later, legToClear: true }), at).view?.legToClear).toBe(true);
});

test("of two answers with the same number, the one that was made first does not come back", () => {
  const newest = withView(shown, aView({ seq: 5, now: later }), at);
  expect(withView(newest, aView({ seq: 5 }), at)).toBe(newest);
});

test("another operator's view replaces the one there was, whatever its number", () => {
  const other = aView({ seq: 1, operator: { ...aView({}).operator, operatorId: "operator_2", name: "Paul" } });
  expect(withView(shown, other, at).view?.operator.name).toBe("Paul");
});

test("the server's clock counts: the browser's may be wrong by minutes", () => {
  expect(withView(initialState, aView({ now: "2026-11-24T09:10:00.000Z" }), at).clockOffsetMs).toBe(600_000);
});

test("an operator who still chooses a telephone and is offered a call is brought to the desk", () => {
  const preparing = { ...shown, phase: "preparing" as const };
  expect(withView(preparing, aView({ seq: 6 }), at).phase).toBe("preparing");
  expect(withView(preparing, aView({ seq: 6, offer: anOffer() }), at).phase).toBe("atDesk");
});

test("waiting numbers are merged by queue; a gap asks for the whole view and shows nothing", () => {
  const news = (seq: number, waiting: number): ServerMessage => ({
    v: 1,
    type: "queues",
    seq,
    queues: [{ queueId: "queue_1", waiting, longestSince: null }],
  });
  const first = withMessage(shown, news(40, 2), at);
  expect(first.refresh).toBe(false);
  expect(first.state.view?.queues.map((queue) => [queue.name, queue.waiting])).toEqual([
    ["Support", 2],
    ["Sales", 0],
  ]);
  const next = withMessage(first.state, news(41, 3), at);
  expect(next.refresh).toBe(false);
  const lost = withMessage(next.state, news(43, 9), at);
  expect(lost.refresh).toBe(true);
  expect(lost.state.view?.queues[0]?.waiting).toBe(3);
});

test("a session that ends leaves the view where it is: the call on it goes on", () => {
  const ended = withMessage(shown, { v: 1, type: "sessionEnded" }, at).state;
  expect(ended.sessionExpired).toBe(true);
  expect(ended.view).toBe(shown.view);
});

test("a break counts from its first moment, and how long it was is known when it is over", () => {
  const lost = withLink(withLink(shown, true, at), false, at + 1_000);
  const tried = withLink(lost, false, at + 4_000);
  expect(tried).toBe(lost);
  const back = withLink(tried, true, at + 9_000);
  expect(back.link).toEqual({ status: "connected" });
  expect(back.back).toMatchObject({ awayMs: 8_000, since: at + 1_000 });
});

test("what was said of a lost offer is dropped when the next one comes", () => {
  const said = { ...shown, lostOffer: { offerId: "offer_1", how: "expired" as const } };
  expect(withView(said, aView({ seq: 6 }), at).lostOffer).not.toBeNull();
  expect(withView(said, aView({ seq: 6, offer: anOffer({ offerId: "offer_2" }) }), at).lostOffer).toBeNull();
});
