import type { MediaEffect } from "@cordboard/node-kit";
import { hunt } from "@cordboard/nodes";
import { describe, expect, test } from "vitest";
import { callStage } from "../testing/call-stage.ts";
import { compiledDocument } from "../testing/compiled-document.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { ANSWER_CLOCK } from "./apply-effects.ts";
import { mayStayUnanswered, provesAnswer } from "./call-evidence.ts";

test("hold music that is sent again after a reconnection goes on where the caller is by then", async () => {
  const s = callStage();
  const call = s.begin(s.connect());
  await call.beginNew();
  const { pending } = s.hook();
  call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits: "1", hook: pending });
  await call.settled();
  const heard = () => s.rendered.filter((effect): effect is MediaEffect & { type: "hold" } => effect.type === "hold");
  expect(heard().at(-1)?.heardMs ?? 0).toBeLessThan(100);
  await s.clock.advance(30_000);
  // Nothing proved that it began: it is sent again.
  const old = call.connection;
  if (old) call.cut(old, 1006);
  call.reattach(s.connect());
  await s.clock.advance(1_000);
  expect(heard()).toHaveLength(2);
  expect(heard().at(-1)?.heardMs).toBeGreaterThanOrEqual(30_000);
  expect(heard().at(-1)?.heardMs).toBeLessThan(31_500);
});

describe("a call that may be heard unanswered", () => {
  const waiting = () => {
    const node = {
      id: "desk",
      name: "desk",
      type: "hunt",
      typeVersion: 1,
      config: { ...hunt.initial, maxWaitMs: null, leaveWhenUnstaffed: false },
    };
    const document = { formatVersion: 1, id: "desk", name: "Desk", languages: ["en-GB"], prompts: {} };
    return compiledDocument({ ...document, entry: "desk", nodes: [node], edges: [] });
  };
  const begin = async () => {
    const answerBy = virtualClock().now() + 60_000;
    const s = callStage(waiting(), { answerBy, timers: [{ timerId: ANSWER_CLOCK, entry: 0, dueAt: answerBy }] });
    const call = s.begin(s.connect());
    await call.beginNew();
    return { s, call };
  };

  test("is answered when that time is over, and its music goes on", async () => {
    const { s, call } = await begin();
    call.handle({ kind: "mediaStarted", entry: s.entryNow(call) });
    await s.clock.advance(59_000);
    expect(call.document.answeredAt).toBeNull();
    expect(s.sent).toHaveLength(1);
    await s.clock.advance(2_000);
    expect(s.sent).toHaveLength(2);
    expect(s.rendered.at(-1)).toMatchObject({ type: "hold", heardMs: 60_000 });
    expect(call.document.timers.map(({ timerId }) => timerId)).not.toContain(ANSWER_CLOCK);
    call.handle({ kind: "answered" });
    await call.settled();
    expect(call.document.answeredAt).not.toBeNull();
  });

  test("and was answered before goes on as it was", async () => {
    const { s, call } = await begin();
    call.handle({ kind: "answered" });
    await s.clock.advance(61_000);
    expect(s.sent).toHaveLength(1);
  });

  test("what is played proves no answer; what hears keys does", () => {
    const late = { answerBy: 1 };
    expect(provesAnswer({ kind: "mediaStarted", entry: 1 }, late)).toBe(false);
    expect(provesAnswer({ kind: "mediaStarted", entry: 1 }, {})).toBe(true);
    expect(provesAnswer({ kind: "answered" }, late)).toBe(true);
    expect([
      mayStayUnanswered({ answeredAt: null, answerBy: 5 }, 4),
      mayStayUnanswered({ answeredAt: null }, 4),
    ]).toEqual([true, false]);
    expect(mayStayUnanswered({ answeredAt: 3, answerBy: 5 }, 4)).toBe(false);
    expect(mayStayUnanswered({ answeredAt: null, answerBy: 5 }, 5)).toBe(false);
  });
});
