import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TraceEvent } from "../calls/model.ts";
import { heldMs, ringMs, rungTalkMs, talkMs, waitMs } from "./call-record.ts";
import { type RecordedCall, recordOfCall, toldKinds } from "./record-of-call.ts";

const start = Date.UTC(2026, 10, 23, 9);
const names = { queue: (id: string) => `queue ${id}`, operator: (id: string) => `operator ${id}` };

const call = (fields: Partial<RecordedCall> = {}): RecordedCall => ({
  _id: "call_1",
  companyId: "co_1",
  direction: "inbound",
  from: "+33612345678",
  hidden: false,
  callerName: "M. Martin",
  to: "+33143670903",
  lineId: "line_1",
  lineName: "Main",
  flowId: "reception",
  flowVersionId: "ver_1",
  startedAt: start,
  answeredAt: start,
  endedAt: null,
  endedBy: null,
  ...fields,
});

type Line = readonly [seconds: number, kind: string, details?: TraceEvent["details"], nodeId?: string | null];

const trace = (...lines: readonly Line[]): TraceEvent[] =>
  [[0, "began", { served: true }, null] as const, ...lines].map(([seconds, kind, details = {}, nodeId = "n1"], at) => ({
    seq: at + 1,
    at: start + seconds * 1000,
    kind,
    nodeId,
    details,
  }));

const ended = (seconds: number, by: NonNullable<RecordedCall["endedBy"]> = "caller") =>
  call({ endedAt: start + seconds * 1000, endedBy: by });
const joins: Line = [10, "joinsQueue", { queueId: "sales", priority: 0 }];
const answered = [
  [20, "offer.accepted", { offerId: "offer_1", operatorId: "ines" }],
  [20, "rings", { target: "tel_1", ringMs: 20_000, offerId: "offer_1" }],
  [24, "dial.answered"],
] satisfies Line[];

describe("somebody who was asked first and has the call", () => {
  const given = { operatorId: "ines", kind: "operator", to: "theo", talkMs: 16_000, queueId: "sales" };

  test("has a conversation of their own from then on: the caller was passed on, waited once, and talked all the time", () => {
    const record = recordOfCall(
      ended(84),
      trace(
        ...[joins, ...answered],
        [30, "consults", { operatorId: "ines", kind: "operator", to: "theo" }],
        [36, "consultAnswered", { operatorId: "theo", kind: "operator", to: "theo" }],
        [40, "consultGiven", { ...given, offerId: "offer_2", toOperatorId: "theo" }],
        [84, "dial.ended", { result: "completed", talkMs: 44_000 }],
      ),
      names,
    );
    expect(record.passedOn).toEqual([
      { at: start + 40_000, operatorId: "ines", kind: "operator", to: "theo", consulted: true },
    ]);
    expect(record.rung.map(({ operatorId, answeredAt, endedAt }) => [operatorId, answeredAt, endedAt])).toEqual([
      ["ines", start + 24_000, start + 40_000],
      ["theo", start + 40_000, start + 84_000],
    ]);
    expect(record.visits).toHaveLength(1);
    expect([talkMs(record, start + 84_000), record.operatorIds]).toEqual([60_000, ["ines", "theo"]]);
  });

  test("a number has no operator; who was only asked leaves nothing in the record", () => {
    const number = { ...given, kind: "number", to: "+33155555555" };
    const record = recordOfCall(ended(84), trace(joins, ...answered, [40, "consultGiven", number]), names);
    expect(record.rung.at(-1)).toMatchObject({ operatorId: null, offerId: null, target: "+33155555555" });
    const asked = trace(joins, ...answered, [30, "consults", given], [40, "consultEnded", { operatorId: "ines" }]);
    expect(recordOfCall(ended(84), asked, names)).toMatchObject({ rung: [{ operatorId: "ines" }] });
  });
});

describe("lines and conversations", () => {
  test("a caller who is put on hold is held until taken back, until nothing came of it, or until the conversation ends", () => {
    const lines = trace(
      joins,
      ...answered,
      [30, "holds", { operatorId: "ines" }],
      [30, "holds", { operatorId: "ines" }],
      [40, "takesBack", { operatorId: "ines", heldMs: 10_000 }],
      [50, "holds", { operatorId: "ines" }],
      [52, "holdFailed"],
      [60, "holds", { operatorId: "ines" }],
    );
    const at = (seconds: number) => start + seconds * 1_000;
    const running = recordOfCall(call(), lines, names);
    expect(running.held).toBe(true);
    const [telephone] = running.rung;
    expect(telephone?.holds).toEqual([
      { at: at(30), until: at(40) },
      { at: at(50), until: at(52) },
      { at: at(60), until: null },
    ]);
    expect(telephone && heldMs(telephone, at(65))).toBe(17_000);
    const left: Line = [70, "leftOnHold", { operatorId: "ines" }];
    const over = recordOfCall(
      ended(80),
      [...lines, ...trace([70, "dial.ended", { result: "completed" }], left).slice(1)],
      names,
    );
    expect(over.rung[0]?.holds?.at(-1)).toEqual({ at: at(60), until: at(70) });
    expect(recordOfCall(ended(84), trace(joins, ...answered, [84, "caller.gone"]), names)).not.toHaveProperty("held");
  });

  test("an answered call waited until the telephone was picked up, and talked until the end", () => {
    const record = recordOfCall(
      ended(84),
      trace(joins, ...answered, [84, "caller.gone", { by: "caller" }], [84, "leavesQueue", { queueId: "sales" }]),
      names,
    );
    expect(record.result).toBe("answered");
    expect(record.visits).toEqual([
      {
        queueId: "sales",
        queueName: "queue sales",
        nodeId: "n1",
        joinedAt: start + 10_000,
        leftAt: start + 24_000,
        outcome: "answered",
      },
    ]);
    expect(record.rung).toEqual([
      {
        offerId: "offer_1",
        operatorId: "ines",
        operatorName: "operator ines",
        queueId: "sales",
        target: "tel_1",
        rangAt: start + 20_000,
        answeredAt: start + 24_000,
        endedAt: start + 84_000,
        outcome: "answered",
      },
    ]);
    expect([waitMs(record, 0), talkMs(record, 0), record.operatorIds, record.queueIds]).toEqual([
      14_000,
      60_000,
      ["ines"],
      ["sales"],
    ]);
  });

  test("a telephone that was busy leaves the caller in the same visit, and rang somebody who did not talk", () => {
    const record = recordOfCall(
      ended(70),
      trace(
        joins,
        [12, "offer.accepted", { offerId: "offer_0", operatorId: "theo" }],
        [12, "rings", { target: "tel_2", ringMs: 20_000, offerId: "offer_0" }],
        [14, "dial.ended", { result: "busy", talkMs: 0 }],
        ...answered,
        [64, "dial.ended", { result: "completed", talkMs: 40_000 }],
        [64, "leavesQueue", { queueId: "sales" }],
        [70, "ended", { by: "us" }],
      ),
      names,
    );
    expect(record.visits).toMatchObject([{ outcome: "answered", leftAt: start + 24_000 }]);
    expect(record.rung).toMatchObject([
      { operatorId: "theo", outcome: "busy", answeredAt: null, endedAt: start + 14_000 },
      { operatorId: "ines", outcome: "answered", endedAt: start + 64_000 },
    ]);
    expect(record.operatorIds).toEqual(["ines"]);
    expect(record.rung.map((one) => ringMs(one, 0))).toEqual([2_000, 4_000]);
  });

  test("overflow is two visits; the first was left, the second decides", () => {
    const record = recordOfCall(
      ended(40),
      trace(
        joins,
        [30, "leavesQueue", { queueId: "sales" }],
        [30, "moved", { output: "timeout", to: "n2" }],
        [30, "joinsQueue", { queueId: "support" }, "n2"],
        [40, "ended", { by: "caller" }],
      ),
      names,
    );
    expect(record.visits.map(({ queueId, outcome }) => [queueId, outcome])).toEqual([
      ["sales", "left"],
      ["support", "abandoned"],
    ]);
    expect([record.result, record.queueIds, record.nodesVisited]).toEqual(["abandoned", ["sales", "support"], 2]);
  });

  test("a conversation that began unheard is as long as its end says", () => {
    const record = recordOfCall(
      ended(60, "us"),
      trace(joins, ...answered.slice(0, 2), [50, "dial.ended", { result: "completed", talkMs: 20_000 }]),
      names,
    );
    expect(record.result).toBe("answered");
    expect(record.rung.map((one) => rungTalkMs(one, 0))).toEqual([20_000]);
    expect(waitMs(record, 0)).toBe(20_000);
  });

  test("a call that runs is told as it stands", () => {
    const waiting = recordOfCall(call(), trace(joins), names);
    expect([waiting.result, waiting.visits[0]?.outcome, waitMs(waiting, start + 15_000)]).toEqual([
      null,
      "waiting",
      5_000,
    ]);
    const talking = recordOfCall(call(), trace(joins, ...answered), names);
    expect([talking.result, talking.visits[0]?.outcome, talkMs(talking, start + 34_000)]).toEqual([
      null,
      "answered",
      10_000,
    ]);
  });

  test("what was chosen by keys is told, with the keys left out", () => {
    const record = recordOfCall(
      ended(9, "us"),
      trace(
        [3, "input.digits", { digits: "9" }, "menu"],
        [3, "asked", {}, "menu"],
        [5, "input.digits", { digits: "2" }, "menu"],
        [5, "moved", { output: "choice_support", to: "n2" }, "menu"],
        [5, "moved", { output: "done", to: "n3" }, "n2"],
      ),
      names,
    );
    expect(record.choices).toEqual([{ at: start + 5000, nodeId: "menu", output: "choice_support" }]);
    expect(record.nodesVisited).toBe(3);
    expect(JSON.stringify(record)).not.toContain('"9"');
  });
});

describe("what became of the call", () => {
  const record = { boxId: "box_1", maxMs: 60_000, minMs: 2_000 };
  test.each<[string, RecordedCall, Line[]]>([
    ["answered", ended(84), [joins, ...answered]],
    [
      "transferred",
      ended(60),
      [
        [5, "rings", { target: "tel_9", ringMs: 20_000 }],
        [9, "dial.answered"],
      ],
    ],
    ["callback", ended(60), [joins, [30, "callback.answered", { result: "promised" }]]],
    ["callback", ended(60), [[30, "callback.answered", { result: "already" }]]],
    ["hungUp", ended(60), [[30, "callback.answered", { result: "full" }]]],
    ["voicemail", ended(60), [joins, [20, "leavesQueue"], [21, "records", record], [40, "keepsMessage"]]],
    ["voicemail", ended(60), [[21, "records", record]]],
    ["hungUp", ended(22), [[21, "records", record]]],
    [
      "hungUp",
      ended(60),
      [
        [21, "records", record],
        [22, "play.failed", { reason: "disk" }],
      ],
    ],
    [
      "voicemail",
      ended(60),
      [
        [21, "records", record],
        [30, "record.done", { durationMs: 9_000 }],
        [31, "play.failed"],
      ],
    ],
    [
      "voicemail",
      ended(60),
      [
        [21, "records", record],
        [30, "record.done", { durationMs: 9_000 }],
      ],
    ],
    [
      "hungUp",
      ended(60),
      [
        [21, "records", record],
        [30, "record.done", { durationMs: 1_000 }],
      ],
    ],
    [
      "hungUp",
      ended(60),
      [
        [21, "records", record],
        [30, "dropsMessage"],
      ],
    ],
    ["abandoned", ended(15), [joins]],
    ["abandoned", ended(40), [joins, ...answered.slice(0, 2)]],
    ["shortAbandoned", ended(14.999), [joins]],
    ["abandoned", ended(30, "network"), [joins]],
    ["lost", ended(30, "lost"), [joins]],
    ["left", ended(40, "us"), [joins, [30, "leavesQueue"], [31, "hears"]]],
    ["failed", ended(40, "us"), [[30, "flow.failed", { code: "x" }]]],
    ["hungUp", ended(8), [[1, "hears"]]],
    ["finished", ended(8, "us"), [[1, "hears"]]],
    ["unreached", { ...ended(30, "us"), direction: "outbound", answeredAt: null }, []],
  ])("%s", (result, given, lines) => {
    expect(recordOfCall(given, trace(...lines), names).result).toBe(result);
  });

  test("notServed", () => {
    const unserved = trace().map((line) => ({ ...line, details: { served: false } }));
    expect(recordOfCall(ended(5, "us"), unserved, names).result).toBe("notServed");
  });
});

test("lines of other kinds change nothing of it", () => {
  // A wrong key is no choice, though the next line that is read says where the call went later.
  const all = trace(
    [1, "input.digits", { digits: "9" }],
    [1, "asked"],
    [8, "input.silence"],
    [8, "moved", { output: "noInput", to: "n2" }],
    joins,
    [11, "hears"],
    ...answered.slice(0, 2),
    [21, "asked"],
    [22, "timer", { dueAt: 1 }],
    [24, "dial.answered"],
    [30, "note.promptMissing"],
    [40, "dial.ended", { result: "completed", talkMs: 16_000 }],
    [41, "hangsUp"],
  );
  const told = all.filter(({ kind }) => toldKinds.some((one) => one === kind));
  expect(told.length).toBeLessThan(all.length);
  expect(recordOfCall(ended(42), told, names)).toEqual(recordOfCall(ended(42), all, names));
  expect(recordOfCall(ended(42), told, names).choices).toEqual([]);
});

test("a hidden number, and the name that came with it, are nowhere in the record", () => {
  const record = recordOfCall({ ...ended(5), hidden: true }, trace(joins), names);
  expect([record.hidden, record.from, record.callerName]).toEqual([true, null, null]);
  expect(JSON.stringify(record)).not.toMatch(/612345678|Martin/);
});

test("whatever a trace says, times are in order and an ended call waits and talks no longer", () => {
  const kinds = [
    "joinsQueue",
    "leavesQueue",
    "offer.accepted",
    "rings",
    "dial.answered",
    "dial.ended",
    "moved",
    "input.digits",
    "caller.gone",
    "records",
    "record.done",
  ];
  const line = fc.record({
    gap: fc.integer({ min: 0, max: 30 }),
    kind: fc.constantFrom(...kinds),
    details: fc.record(
      {
        queueId: fc.constantFrom("sales", "support"),
        offerId: fc.constantFrom("offer_1", "offer_2"),
        operatorId: fc.constantFrom("ines", "theo"),
        result: fc.constantFrom("completed", "busy", "silent"),
        talkMs: fc.constantFrom(0, 1_000),
        to: fc.constantFrom("n1", "n2"),
      },
      { requiredKeys: ["talkMs"] },
    ),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      let at = 1;
      const told = trace(
        ...lines.map(({ gap, kind, details }): Line => {
          at += gap;
          return [at, kind, details];
        }),
      );
      const end = start + at * 1000;
      const record = recordOfCall(call({ endedAt: end, endedBy: "caller" }), told, names);
      for (const { joinedAt, leftAt, outcome } of record.visits) {
        expect(outcome).not.toBe("waiting");
        expect(leftAt).toBeGreaterThanOrEqual(joinedAt);
        expect(leftAt).toBeLessThanOrEqual(end);
      }
      for (const { rangAt, endedAt, answeredAt, outcome } of record.rung) {
        expect(outcome).not.toBeNull();
        expect(endedAt).toBeGreaterThanOrEqual(rangAt);
        expect(outcome === "answered").toBe(answeredAt !== null);
      }
      expect(waitMs(record, end + 99_000)).toBe(waitMs(record, end));
      expect(talkMs(record, end + 99_000)).toBe(talkMs(record, end));
      expect(record.result === "answered").toBe(
        record.rung.some(({ answeredAt, offerId }) => answeredAt !== null && offerId !== null),
      );
    }),
  );
});

describe("a call that was placed for a callback", () => {
  const placed = (seconds: number, by: NonNullable<RecordedCall["endedBy"]>) =>
    call({ ...ended(seconds, by), direction: "outbound", from: "+33143670903", to: "+33612345678" });
  const telephone: Line = [
    0,
    "ringsTelephone",
    { telephoneId: "tel_1", offerId: "offer_1", operatorId: "ines", queueId: "sales", ringMs: 25_000 },
  ];
  const number: Line = [6, "rings", { target: "+33612345678", ringMs: 40_000 }];
  const told = (of: RecordedCall, ...lines: readonly Line[]) => {
    const record = recordOfCall(of, trace(telephone, ...lines), names);
    const [one, ...others] = record.rung;
    expect(others).toEqual([]);
    expect([record.queueIds, record.operatorIds, record.visits]).toEqual([["sales"], ["ines"], []]);
    expect(one).toMatchObject({ operatorName: "operator ines", queueName: "queue sales", offerId: "offer_1" });
    return [record.result, one?.target, one?.outcome, one && ringMs(one, 0), one && rungTalkMs(one, 0)];
  };

  test("that was answered is one conversation with the number, however it ended", () => {
    const lines: Line[] = [[4, "telephone.pickedUp"], number, [20, "dial.answered"]];
    const talked = ["answered", "+33612345678", "answered", 20_000, 40_000];
    expect(told(placed(60, "operator"), ...lines, [60, "caller.gone", { by: "operator" }])).toEqual(talked);
    const over: Line = [60, "dial.ended", { result: "completed", talkMs: 40_000 }];
    expect(told(placed(61, "us"), ...lines, over)).toEqual(talked);
  });

  test("whose number did not answer, or was not waited for, reached nobody", () => {
    const busy: Line[] = [number, [9, "dial.ended", { result: "busy", talkMs: 0 }]];
    expect(told(placed(12, "us"), ...busy)).toEqual(["unreached", "+33612345678", "busy", 9_000, 0]);
    const gone: Line[] = [number, [9, "caller.gone", { by: "operator" }]];
    expect(told(placed(9, "operator"), ...gone)).toEqual(["unreached", "+33612345678", "operatorLeft", 9_000, 0]);
  });

  test("for which the operator's own telephone was not picked up names that telephone", () => {
    const missed: Line = [25, "telephone.missed", { result: "silent" }];
    expect(told(placed(25, "network"), missed)).toEqual(["unreached", "tel_1", "silent", 25_000, 0]);
    expect(told(placed(90, "lost"))).toEqual(["lost", "tel_1", "operatorLeft", 90_000, 0]);
  });
});

describe("a call that an operator dialled", () => {
  const over = (by: NonNullable<RecordedCall["endedBy"]>) =>
    call({ ...ended(60, by), direction: "outbound", from: "+33143670903", to: "+33612345678" });
  const who = { offerId: null, queueId: null, operatorId: "ines", ringMs: 25_000 };
  const told = (of: RecordedCall, ...lines: readonly Line[]) => {
    const { result, rung, queueIds, operatorIds, visits } = recordOfCall(of, trace(...lines), names);
    expect([queueIds, operatorIds, visits, rung.length]).toEqual([[], ["ines"], [], 1]);
    return [result, rung[0]?.target, rung[0]?.outcome];
  };

  test("is one conversation with the number, in no queue, whoever was rung first", () => {
    const operatorFirst: Line[] = [
      [0, "ringsTelephone", { ...who, telephoneId: "tel_1" }],
      [6, "rings", { target: "+33612345678", ringMs: 40_000 }],
      [20, "dial.answered"],
    ];
    expect(told(over("operator"), ...operatorFirst)).toEqual(["answered", "+33612345678", "answered"]);
    const partyFirst: Line[] = [
      [0, "ringsNumber", { ...who, number: "+33612345678" }],
      [6, "rings", { target: "tel_1", ringMs: 30_000 }],
      [20, "dial.answered"],
    ];
    expect(told(over("caller"), ...partyFirst)).toEqual(["answered", "+33612345678", "answered"]);
  });

  test("whose person was rung first and waited in line is told with whoever answered them there", () => {
    const callback = { ...who, offerId: "offer_1", queueId: "sales" };
    const record = recordOfCall(
      over("caller"),
      trace(
        [0, "ringsNumber", { ...callback, number: "+33612345678" }],
        [6, "rings", { target: "tel_1", ringMs: 25_000 }],
        [9, "dial.ended", { result: "busy" }],
        [9, "joinsQueue", { queueId: "sales", priority: 0 }],
        [20, "offer.accepted", { offerId: "offer_2", operatorId: "paul" }],
        [20, "rings", { target: "tel_2", ringMs: 20_000, offerId: "offer_2" }],
        [24, "dial.answered"],
      ),
      names,
    );
    expect(record.result).toBe("answered");
    expect(record.rung.map(({ operatorId, outcome }) => [operatorId, outcome])).toEqual([
      ["ines", "busy"],
      ["paul", "answered"],
    ]);
    expect(record.visits.map(({ queueId, outcome }) => [queueId, outcome])).toEqual([["sales", "answered"]]);
  });

  test("that was passed on is told with both conversations", () => {
    const record = recordOfCall(
      over("caller"),
      trace(
        [0, "ringsTelephone", { ...who, telephoneId: "tel_1" }],
        [6, "rings", { target: "+33612345678", ringMs: 40_000 }],
        [20, "dial.answered"],
        [50, "dial.ended", { result: "completed", talkMs: 30_000 }],
        [50, "passedOn", { operatorId: "ines", kind: "queue", to: "sales" }],
        [50, "joinsQueue", { queueId: "sales", priority: 0 }],
        [60, "offer.accepted", { offerId: "offer_2", operatorId: "paul" }],
        [60, "rings", { target: "tel_2", ringMs: 20_000, offerId: "offer_2" }],
        [64, "dial.answered"],
      ),
      names,
    );
    expect(record.rung.map(({ operatorId, target, outcome }) => [operatorId, target, outcome])).toEqual([
      ["ines", "+33612345678", "answered"],
      ["paul", "tel_2", "answered"],
    ]);
    expect(record.visits.map(({ queueId, outcome }) => [queueId, outcome])).toEqual([["sales", "answered"]]);
  });

  test("that reached nobody says how", () => {
    const missed: Line[] = [
      [0, "ringsNumber", { ...who, number: "+336" }],
      [9, "number.missed", { result: "busy" }],
    ];
    expect(told(over("network"), ...missed)).toEqual(["unreached", "+336", "busy"]);
  });

  test("to try a telephone reached nobody, and was to", () => {
    const rings: Line = [0, "ringsTelephone", { ...who, telephoneId: "tel_1" }];
    const { result } = recordOfCall(over("us"), trace([0, "began", { test: true }], rings), names);
    expect(result).toBe("finished");
  });

  test("by which a supervisor listened is nobody's conversation, whoever hung up", () => {
    const rings: Line = [0, "ringsTelephone", { ...who, operatorId: "", telephoneId: "tel_1" }];
    const lines = trace([0, "began", { supervises: "call_2" }], rings, [2, "supervises", { mode: "listen" }]);
    for (const by of ["us", "operator"] as const)
      expect(recordOfCall(over(by), lines, names)).toMatchObject({
        ...{ result: "finished", rung: [], visits: [], operatorIds: [], queueIds: [] },
      });
  });
});
