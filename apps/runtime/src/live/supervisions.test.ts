import { describe, expect, test } from "vitest";
import type { Scope } from "../access/index.ts";
import type { CallDocument } from "../calls/model.ts";
import { blankPlacedCall } from "../calls/placed-call.ts";
import type { CallOrder, ControlAnswer, LiveOperatorRow, SupervisionWish } from "../ports/index.ts";
import { dialledFlow } from "../routing/dialled-flow.ts";
import { compiledDocument } from "../testing/compiled-document.ts";
import { auditedSupervision } from "./audited-supervision.ts";
import { createSupervisions, type SupervisionsGiven } from "./supervisions.ts";

const telephone = { kind: "telephone", telephoneId: "tel_9" } as const;
const wish = { mode: "listen", telephone } as const;

/** A company in which Inès talks to a caller of a queue, and everything that a supervisor's wish does is written down. */
function company(more: { listening?: "off" | "shown" | "unshown"; row?: object | null; call?: object } = {}) {
  const row = {
    ...{ operatorId: "op_1", state: "talking" },
    on: { callId: "call_2", queueId: "queue_1", card: null, callback: false, helpSince: null },
    ...more.row,
  };
  const talk = {
    ...{ _id: "call_2", companyId: "co_1", status: "live", placed: null },
    leg: { state: "talking", offerId: "offer_1", operatorId: "op_1" },
    ...more.call,
  } as unknown as CallDocument;
  const placed: CallOrder[] = [];
  const asked: unknown[] = [];
  const changes: unknown[] = [];
  const answers = { control: "done" as ControlAnswer, supervise: "done" as "done" | "gone" | "unowned" };
  const calls = new Map<string, CallDocument>([["call_2", talk]]);
  const given = {
    commands: { live: async () => ({ operators: more.row === null ? [] : [row as unknown as LiveOperatorRow] }) },
    directories: { of: async () => ({ operators: new Map([["op_1", { name: "Inès" }]]) }) },
    control: async (request: object) => {
      asked.push(request);
      return answers.control;
    },
    async placeCall(order: CallOrder) {
      placed.push(order);
      const compiled = compiledDocument(dialledFlow(["fr-FR"], order));
      const route = {
        ...{ companyId: "co_1", lineId: null, lineName: "", flowId: "listening", flowVersionId: "v", compiled },
        ...{ language: "fr-FR", timeZone: "UTC", shows: "+33143670903" },
      };
      calls.set(order.callId, blankPlacedCall(order, route, { processId: "p", now: 0 }));
      return "taken" as const;
    },
    calls: {
      find: async (callId: string) => calls.get(callId) ?? null,
      supervise: async (callId: string, what: SupervisionWish) => {
        asked.push({ callId, ...what });
        return answers.supervise;
      },
    },
    companies: { get: async () => ({ listening: more.listening, country: "FR", languages: ["fr-FR"] }) },
    lines: { list: async () => [{ number: "+33143670903", name: "Main" }] },
    telephones: { get: async () => ({ telephoneId: "tel_9", name: "Poste 13" }) },
    rules: { of: async () => ({ allowed: false, countries: [], premium: false }) },
    userName: async () => "Claire",
    makeId: () => "call_9",
    clock: { now: () => 1_000 },
  } as unknown as SupervisionsGiven;
  const scope: Scope = {
    ...{ companyId: "co_1", role: "supervisor", actorId: "user_1" },
    changed: (change) => changes.push(change),
  };
  return { supervisions: createSupervisions(given), scope, placed, asked, changes, answers, calls };
}

describe("a supervisor who wishes to come into a conversation", () => {
  test("has the two brought together, then their own telephone rung; the log says so", async () => {
    const { supervisions, scope, placed, asked, changes } = company();
    expect(await supervisions.begin(scope, "op_1", wish)).toMatchObject({
      ...{ supervisionId: "call_9", callId: "call_2", state: "ringing", mode: "listen", since: null },
    });
    expect(asked).toMatchObject([{ callId: "call_2", offerId: "offer_1", control: { kind: "meet" } }]);
    const of = { callId: "call_2", offerId: "offer_1", operatorName: "Inès", userName: "Claire", shown: true };
    expect(placed).toMatchObject([
      {
        ...{ callId: "call_9", operatorId: "", queueId: null, telephoneId: "tel_9", first: "operator" },
        party: { kind: "conversation", mode: "listen", of },
      },
    ]);
    expect(changes).toMatchObject([
      { targetId: "op_1", targetName: "Inès", after: { mode: "listen", call: "call_2" } },
    ]);
  });

  test.each([
    [
      "a callback",
      { callback: true },
      { placed: { offerId: "offer_3", operatorId: "op_1" }, leg: { state: "talking" } },
    ],
    ["a dialled call", { queueId: null }, { placed: { offerId: null, operatorId: "op_1" }, leg: { state: "talking" } }],
  ])("comes into %s as well", async (_what, on, call) => {
    const { supervisions, scope, placed } = company({ row: { on: { callId: "call_2", queueId: "q", ...on } }, call });
    await supervisions.begin(scope, "op_1", wish);
    expect(placed).toMatchObject([{ party: { of: { callId: "call_2", offerId: call.placed.offerId } } }]);
  });

  test("may have a number rung, as it may be dialled", async () => {
    const { supervisions, scope, placed } = company({ listening: "unshown" });
    const asked = (number: string) =>
      supervisions.begin(scope, "op_1", { mode: "join", telephone: { kind: "number", number } });
    await expect(asked("112")).rejects.toMatchObject({ code: "dialEmergency" });
    await asked("06 12 34 56 78");
    expect(placed).toMatchObject([{ number: "+33612345678", first: "party", party: { of: { shown: false } } }]);
  });

  test.each([
    ["the company does not allow it", { listening: "off" }, "listeningOff"],
    ["the operator is free", { row: { state: "available", on: null } }, "operatorNotTalking"],
    ["the operator is not signed in", { row: null }, "operatorNotTalking"],
    ["their telephone rings", { call: { leg: { state: "ringing", offerId: "offer_1" } } }, "operatorNotTalking"],
    ["the caller was handed to the exchange", { row: { state: "handedOver" } }, "talkAtExchange"],
    [
      "they are in it already",
      { row: { on: { callId: "call_2", queueId: "q", callback: false, listeners: [{ userId: "user_1" }] } } },
      "alreadyListening",
    ],
  ] as const)("is refused, and nothing rings, where %s", async (_why, more, code) => {
    const { supervisions, scope, placed } = company(more);
    await expect(supervisions.begin(scope, "op_1", wish)).rejects.toMatchObject({ code });
    expect(placed).toEqual([]);
  });

  test("is refused where the conversation ends in that moment, and told to ask again where nobody owns it", async () => {
    const { supervisions, scope, answers, placed } = company();
    answers.control = "gone";
    await expect(supervisions.begin(scope, "op_1", wish)).rejects.toMatchObject({ code: "operatorNotTalking" });
    answers.control = "unowned";
    await expect(supervisions.begin(scope, "op_1", wish)).rejects.toMatchObject({ code: "callCentreUnavailable" });
    await expect(supervisions.begin(scope, "op_2", wish)).rejects.toMatchObject({ code: "notFound" });
    await expect(supervisions.begin({ ...scope, role: "author" }, "op_1", wish)).rejects.toMatchObject({
      code: "notAllowed",
    });
    expect(placed).toEqual([]);
  });
});

describe("a supervisor who is in a conversation", () => {
  test("changes their own part alone, and may be ended by any of them", async () => {
    const { supervisions, scope, answers, asked } = company();
    await supervisions.begin(scope, "op_1", wish);
    asked.length = 0;
    const other = { ...scope, actorId: "user_2" };
    await expect(supervisions.change(other, "call_9", "join")).rejects.toMatchObject({ code: "notFound" });
    expect(await supervisions.change(scope, "call_9", "whisper")).toMatchObject({ mode: "whisper" });
    await supervisions.end(other, "call_9");
    expect(asked).toEqual([
      { callId: "call_9", kind: "mode", mode: "whisper" },
      { callId: "call_9", kind: "leave" },
    ]);
    answers.supervise = "gone";
    await expect(supervisions.change(scope, "call_9", "join")).rejects.toMatchObject({ code: "notListening" });
    // What is no supervisor's call is none of theirs.
    await expect(supervisions.end(scope, "call_2")).rejects.toMatchObject({ code: "notFound" });
    await expect(supervisions.standing({ ...scope, companyId: "co_2" }, "call_9")).rejects.toMatchObject({
      code: "notFound",
    });
  });

  test("is told how it stands, and the log once they have left", async () => {
    const { supervisions, scope, calls } = company();
    await supervisions.begin(scope, "op_1", wish);
    const call = calls.get("call_9");
    if (!call?.placed) throw new Error("not placed");
    const written: unknown[] = [];
    const log = auditedSupervision({ writeOnce: async (...entry) => void written.push(entry) }, () => 9_000);
    const busy: CallDocument = { ...call, status: "ended", placed: { ...call.placed, notPickedUp: "busy" } };
    calls.set("call_9", busy);
    expect(await supervisions.standing(scope, "call_9")).toMatchObject({ state: "over", failed: "busy" });
    await log(busy);
    expect(written).toEqual([]);
    const modes = [
      { mode: "listen", since: 2_000 },
      { mode: "join", since: 5_000 },
    ] as const;
    const there: CallDocument = { ...call, supervision: { mode: "join", modes } };
    calls.set("call_9", there);
    expect(await supervisions.standing(scope, "call_9")).toMatchObject({
      ...{ state: "in", mode: "join", since: "1970-01-01T00:00:02.000Z", failed: null },
    });
    await log({ ...there, status: "ended", endedAt: 8_000 });
    const after = { call: "call_2", from: "1970-01-01T00:00:02.000Z", until: "1970-01-01T00:00:08.000Z", shown: true };
    expect(written).toMatchObject([
      ["audit_call_9", { userId: "user_1", action: "live.stopListening", targetId: "op_1", at: 8_000, after }],
    ]);
  });
});
