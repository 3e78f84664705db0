import { describe, expect, test } from "vitest";
import { callStage } from "../testing/call-stage.ts";
import { flowOf } from "../testing/flow-of.ts";
import { quiet } from "../testing/virtual-clock.ts";

const says = (name: string) => ({
  states: ({ hold, builtIn, leaveBy, pressed }: Parameters<Parameters<typeof flowOf>[0][string]["states"]>[0]) => ({
    entry: hold([builtIn(name)], "0"),
    on: { "input.digits": { guard: pressed("0"), target: leaveBy("key") } },
  }),
  to: { key: "hours" },
});

/** Asks a schedule; open callers are shared out by chance. */
const flow = flowOf({
  hours: {
    states: ({ askSchedule, scheduleIs, leaveBy }) => ({
      entry: askSchedule("schedule_1"),
      on: {
        "schedule.answered": [
          { guard: scheduleIs("open"), target: leaveBy("open") },
          { guard: scheduleIs("holiday"), target: leaveBy("holiday") },
          { target: leaveBy("closed") },
        ],
      },
    }),
    to: { open: "chance", holiday: "holiday", closed: "closed" },
  },
  chance: {
    states: ({ draw, drawnBelow, leaveBy }) => ({
      entry: draw,
      on: { drawn: [{ guard: drawnBelow(0.5), target: leaveBy("some") }, { target: leaveBy("others") }] },
    }),
    to: { some: "some", others: "others" },
  },
  some: says("pleaseWait"),
  others: says("ringMusic"),
  holiday: says("closedHoliday"),
  closed: says("closedNow"),
});

type Answers = ReturnType<typeof callStage>["answers"];
async function called(prepare: (answers: Answers) => void = () => {}) {
  const s = callStage(flow);
  prepare(s.answers);
  const call = s.begin(s.connect());
  return { s, call, begun: call.beginNew() };
}
const nodeOf = (call: {
  readonly document: { readonly snapshot: { readonly node: { readonly id: string } | null } | null };
}) => call.document.snapshot?.node?.id;
const state = (answer: "open" | "closed" | "holiday") => (answers: Answers) => {
  answers.scheduleState = async () => ({ state: answer, version: "3.1" });
};

describe("what a flow asks of the host", () => {
  test.each(["open", "closed", "holiday"] as const)("a schedule: %s", async (answer) => {
    const { s, call, begun } = await called(state(answer));
    await begun;
    expect(nodeOf(call)).toBe(answer === "open" ? "some" : answer);
    // Asked and answered before the first write: the caller heard one thing, and the store was written once.
    expect(s.sent).toHaveLength(1);
    expect(s.store.state.batches).toEqual([1]);
    expect(call.document.traceTail.find(({ kind }) => kind === "schedule.answered")?.details).toEqual({
      state: answer,
      version: "3.1",
    });
  });

  test.each([
    [0, "some"],
    [0.4999, "some"],
    [0.5, "others"],
    [0.9999, "others"],
  ])("chance: %d leads to %s", async (share, node) => {
    const { call, begun } = await called((answers) => {
      state("open")(answers);
      answers.share = share;
    });
    await begun;
    expect(nodeOf(call)).toBe(node);
  });

  test("a schedule that is gone counts as open, and the trace says so", async () => {
    const { call, begun } = await called();
    await begun;
    expect(nodeOf(call)).toBe("some");
    expect(call.document.traceTail.map(({ kind }) => kind)).toContain("note.scheduleMissing");
  });

  test("one whose store fails, or does not answer, keeps nobody waiting", async () => {
    const failing = await called((answers) => {
      answers.scheduleState = () => Promise.reject(new Error("the store is away"));
    });
    await failing.begun;
    expect(failing.call.document.traceTail.map(({ kind }) => kind)).toContain("note.scheduleUnanswered");
    const silent = await called((answers) => {
      answers.scheduleState = () => new Promise(() => {});
    });
    await silent.s.clock.advance(1_400);
    expect(silent.s.sent).toEqual([]);
    await silent.s.clock.advance(200);
    await silent.begun;
    expect(nodeOf(silent.call)).toBe("some");
    expect(silent.s.sent).toHaveLength(1);
  });

  test("asked in answer to a hook, the answer is that hook's", async () => {
    const { s, call, begun } = await called(state("closed"));
    await begun;
    state("holiday")(s.answers);
    const { answers, pending } = s.hook();
    call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits: "0", hook: pending });
    await call.settled();
    expect(nodeOf(call)).toBe("holiday");
    expect(answers).toEqual([[{ verb: "hold", id: `e${s.entryNow(call)}` }]]);
  });

  test.each([
    [
      "as the call centre says",
      async () => ({ waiting: 7, longestMs: 1, staffed: 2, expectedWaitMs: null }),
      "crowded",
      [],
    ],
    ["empty when the store fails", () => Promise.reject(new Error("away")), "quiet", ["note.queueUnanswered"]],
    ["empty when it does not answer", () => new Promise<never>(() => {}), "quiet", ["note.queueUnanswered"]],
  ])("a queue stands %s", async (_, queueFigures, node, notes) => {
    const names = { waiting: "count", longest: null, staffed: null, expectedWait: null };
    const asking = flowOf(
      {
        asks: {
          states: ({ askQueue, keepQueueFigures, choose, chosen, advance, leaveBy }) => ({
            initial: "asking",
            states: {
              asking: {
                entry: askQueue("queue_1"),
                on: { "queue.answered": { target: "deciding", actions: keepQueueFigures(names) } },
              },
              deciding: {
                entry: [choose([{ id: "many", expression: "count > 5" }]), advance],
                on: { advance: [{ guard: chosen("many"), target: leaveBy("many") }, leaveBy("few")] },
              },
            },
          }),
          to: { many: "crowded", few: "quiet" },
        },
        crowded: { states: ({ hold }) => ({ entry: hold([]) }), to: {} },
        quiet: { states: ({ hold }) => ({ entry: hold([]) }), to: {} },
      },
      { count: { type: "number", initial: 0 } },
    );
    const s = callStage(asking);
    s.answers.queueFigures = queueFigures;
    const call = s.begin(s.connect());
    const begun = call.beginNew();
    await s.clock.advance(1_600);
    await begun;
    expect(nodeOf(call)).toBe(node);
    const told = call.document.traceTail.map(({ kind }) => kind);
    expect(told).toContain("asksQueue");
    expect(told.filter((kind) => kind.startsWith("note."))).toEqual(notes);
  });

  test("for ever, without a wait between, ends in the error path, which the caller hears", async () => {
    const circle = flowOf({
      dice: {
        states: ({ draw, leaveBy }) => ({ entry: draw, on: { drawn: leaveBy("again") } }),
        to: { again: "dice" },
      },
    });
    const s = callStage(circle);
    const call = s.begin(s.connect());
    await call.beginNew();
    expect(call.document.media?.effect).toMatchObject({ type: "play", prompt: { name: "technicalProblem" } });
  });
});

describe("a callback that is promised", () => {
  const promising = flowOf({
    ask: {
      states: ({ promiseCallback, callbackIs, leaveBy }) => ({
        entry: promiseCallback({ queueId: "queue_1", number: "+33612345678", keepPlace: true, scheduleId: null }),
        on: {
          "callback.answered": [
            { guard: callbackIs("promised"), target: leaveBy("promised") },
            { guard: callbackIs("full"), target: leaveBy("full") },
            leaveBy("refused"),
          ],
        },
      }),
      to: { promised: "some", full: "others", refused: "closed" },
    },
    some: says("callbackPromised"),
    others: says("callbackFull"),
    closed: says("callbackWrongNumber"),
    hours: { states: ({ endCall }) => ({ entry: [], on: { advance: endCall } }), to: {} },
  });
  const called = async (promise: Answers["promise"]) => {
    const s = callStage(promising);
    s.answers.promise = promise;
    const call = s.begin(s.connect());
    return { s, call, begun: call.beginNew() };
  };

  test.each([
    ["promised", "some"],
    ["full", "others"],
    ["refused", "closed"],
  ] as const)("is told as the call centre answers: %s", async (result, node) => {
    const asked: unknown[] = [];
    const { s, call, begun } = await called(async (_call, effect) => {
      asked.push(effect);
      return result;
    });
    await begun;
    expect(nodeOf(call)).toBe(node);
    expect(asked).toMatchObject([{ queueId: "queue_1", number: "+33612345678", keepPlace: true }]);
    // Asked and answered before the first write: nothing is said that is not so.
    expect(s.store.state.batches).toEqual([1]);
  });

  test("is asked for again as the very same until it is answered; the caller hears music meanwhile", async () => {
    const asked: number[] = [];
    const { s, call, begun } = await called(async (_call, { entry }) => {
      asked.push(entry);
      if (asked.length < 8) throw new Error("nobody decides just now");
      return "promised";
    });
    await s.clock.advance(2_600);
    expect(s.sent).toEqual([[{ verb: "comfort" }]]);
    await s.clock.advance(2_000);
    await begun;
    expect(nodeOf(call)).toBe("some");
    expect(new Set(asked).size).toBe(1);
  });

  test.each([
    ["that fails", () => Promise.reject(new Error("away"))],
    ["that does not answer", () => new Promise<never>(() => {})],
  ])("by a call centre %s is none: the flow goes on as where no more are taken", async (_how, promise) => {
    const { s, call, begun } = await called(promise);
    await s.clock.advance(9_000);
    expect(nodeOf(call)).toBe("ask");
    await s.clock.advance(1_500);
    await begun;
    expect(nodeOf(call)).toBe("others");
    expect(call.document.traceTail.map(({ kind }) => kind)).toContain("note.promiseUnanswered");
  });
});

test("a key that is not asked for begins the music again, and the flow hears nothing of it", async () => {
  const { s, call, begun } = await called(state("closed"));
  await begun;
  const entry = s.entryNow(call);
  const rev = s.stored()?.rev;
  const { answers, pending } = s.hook();
  call.handle({ kind: "collectEnded", entry, digits: "7", hook: pending });
  await call.settled();
  await quiet();
  expect(answers).toEqual([[{ verb: "hold", id: `e${entry}` }]]);
  expect(s.entryNow(call)).toBe(entry);
  expect(call.document.traceTail.map(({ kind }) => kind)).not.toContain("input.digits");
  expect(s.stored()?.rev).toBe(rev);
});

describe("the end of a prompt with one key, which was lost with the socket", () => {
  const flowOfPrompts = flowOf({
    first: {
      states: ({ say, builtIn, leaveBy }) => ({
        entry: say(builtIn("demoWelcome"), "0"),
        on: { "play.done": leaveBy("done"), "input.digits": leaveBy("done") },
      }),
      to: { done: "second" },
    },
    second: says("pleaseWait"),
    hours: { states: ({ endCall }) => ({ entry: [], on: { advance: endCall } }), to: {} },
  });
  const begun = async () => {
    const s = callStage(flowOfPrompts);
    const call = s.begin(s.connect());
    await call.beginNew();
    call.handle({ kind: "mediaStarted", entry: s.entryNow(call) });
    await call.settled();
    return { s, call };
  };

  test("is waited for no longer than the prompt can last", async () => {
    const { s, call } = await begun();
    await s.clock.advance(2_000);
    call.reattach(s.connect());
    // The prompt lasts 3 s; it may have begun late.
    await s.clock.advance(3_900);
    expect(nodeOf(call)).toBe("first");
    await s.clock.advance(200);
    expect(nodeOf(call)).toBe("second");
  });

  test("is not thought lost while the socket was never cut", async () => {
    const { s, call } = await begun();
    await s.clock.advance(10_000);
    expect(nodeOf(call)).toBe("first");
  });

  test("has all its time when it is said again", async () => {
    const s = callStage(flowOfPrompts);
    const call = s.begin(s.connect());
    await call.beginNew();
    await s.clock.advance(5_000);
    call.reattach(s.connect());
    await s.clock.advance(3_000);
    expect(s.sent).toHaveLength(2);
    expect(nodeOf(call)).toBe("first");
  });
});
