import { expect, test } from "vitest";
import { isOfferAnswer } from "../alerts/offer-answer.ts";
import { type AgentWindow, passOnAnswer } from "./answered-notification.ts";

function aWindow(changes: Partial<AgentWindow> = {}) {
  const done: string[] = [];
  const window: AgentWindow = {
    focused: false,
    visibilityState: "hidden",
    focus: async () => void done.push("focus"),
    postMessage: ({ answer, offerId }) => void done.push(`${answer} ${offerId}`),
    ...changes,
  };
  return { window, done };
}
const neverOpens = () => Promise.reject(new Error("a window is there"));

test("an accept brings the agent to the front first, and then says so to one window", async () => {
  const [hidden, seen] = [aWindow(), aWindow({ visibilityState: "visible" })];
  await passOnAnswer({ action: "accept", offerId: "offer_1" }, [hidden.window, seen.window], neverOpens);
  expect([hidden.done, seen.done]).toEqual([[], ["focus", "accept offer_1"]]);
});

test("a refusal leaves everything where it is; a click on the words only shows", async () => {
  const one = aWindow();
  await passOnAnswer({ action: "refuse", offerId: "offer_1" }, [one.window], neverOpens);
  await passOnAnswer({ action: "", offerId: "offer_2" }, [one.window], neverOpens);
  expect(one.done).toEqual(["refuse offer_1", "focus", "show offer_2"]);
});

test("a browser that does not bring it to the front does not lose the answer; without a window one opens", async () => {
  const stuck = aWindow({ focus: () => Promise.reject(new Error("not allowed")) });
  await passOnAnswer({ action: "accept", offerId: "offer_1" }, [stuck.window], neverOpens);
  expect(stuck.done).toEqual(["accept offer_1"]);
  let opened = 0;
  await passOnAnswer({ action: "accept", offerId: "offer_1" }, [], async () => {
    opened += 1;
  });
  expect(opened).toBe(1);
});

test("what somebody else says to the page is no answer", () => {
  expect(isOfferAnswer({ kind: "offerAnswer", offerId: "offer_1", answer: "accept" })).toBe(true);
  for (const strange of [null, "accept", { kind: "offerAnswer" }, { kind: "offerAnswer", offerId: "o", answer: "x" }]) {
    expect(isOfferAnswer(strange)).toBe(false);
  }
});
