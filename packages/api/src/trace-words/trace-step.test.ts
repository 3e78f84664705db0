import { describe, expect, test } from "vitest";
import type { TraceEvent } from "../routes/calls.ts";
import { flowWords, outputName } from "./call-names.ts";
import english from "./texts.en.json" with { type: "json" };
import french from "./texts.fr.json" with { type: "json" };
import { type CallNames, traceStep as stepOf } from "./trace-step.ts";

const names: CallNames = {
  node: (id) => `node ${id}`,
  output: (_, output) => `output ${output}`,
  prompt: (id, language) => `${id} in ${language}`,
  queue: (id) => `queue ${id}`,
  operator: (id) => `operator ${id}`,
  telephone: (id) => `telephone ${id}`,
  script: (id) => `script ${id}`,
  schedule: (id) => `schedule ${id}`,
  voicemailBox: (id) => `box ${id}`,
  number: (kept) => `number ${kept}`,
};

const traceStep = (event: TraceEvent, known: CallNames) =>
  stepOf(event, known, (code, { prompt }) =>
    code === "promptMissing" ? { fr: `manque : ${prompt}`, en: `missing: ${prompt}` } : null,
  );

const event = (kind: string, details: TraceEvent["details"] = {}): TraceEvent => ({
  seq: 1,
  at: "2026-11-24T09:00:00.000Z",
  kind,
  nodeId: "n1",
  details,
});

describe("a step in words", () => {
  test("what is heard is quoted, what is keyed is drawn as keys", () => {
    expect(traceStep(event("hears", { prompt: "welcome", language: "fr-FR" }), names)).toMatchObject({
      key: "step.hears",
      quote: "welcome in fr-FR",
    });
    expect(traceStep(event("input.digits", { digits: "12#" }), names).keys).toEqual(["1", "2", "#"]);
    expect(traceStep(event("input.digits", { digits: "••••" }), names).keys).toEqual(["•", "•", "•", "•"]);
  });

  test("who is asked first is named for what they are, and why nothing came of it is said", () => {
    const asks = (kind: string, to: string) => ({ operatorId: "ines", kind, to });
    expect(traceStep(event("consults", asks("operator", "theo")), names)).toMatchObject({
      ...{ key: "step.consults", values: { operator: "operator ines", to: "operator theo" } },
    });
    expect(traceStep(event("consultGiven", asks("number", "+33")), names).values).toMatchObject({ to: "number +33" });
    expect(traceStep(event("consultFailed", { ...asks("queue", "sales"), why: "silent" }), names)).toMatchObject({
      ...{ key: "step.consultSilent", values: { to: "queue sales" }, problem: true },
    });
    expect(traceStep(event("consultFailed", { ...asks("queue", "sales"), why: "left" }), names).problem).toBe(false);
  });

  test("a message that keys may interrupt is no question", () => {
    const asked = (patienceMs: number) =>
      traceStep(event("asked", { prompt: "welcome", language: "fr-FR", patienceMs }), names).key;
    expect(asked(6_000)).toBe("step.asked");
    expect(asked(1)).toBe("step.askedBriefly");
    expect(traceStep(event("asked", { patienceMs: 6_000 }), names).key).toBe("step.askedSilently");
  });

  test("what is asked of schedules, chance and the voicemail, and what is promised", () => {
    const told = (kind: string, details: TraceEvent["details"]) => {
      const { key, values } = traceStep(event(kind, details), names);
      return [key, ...Object.values(values)];
    };
    expect(told("asksSchedule", { scheduleId: "s" })).toEqual(["step.asksSchedule", "schedule s"]);
    expect(told("schedule.answered", { state: "holiday", version: "v" })).toEqual(["step.scheduleHoliday"]);
    expect(told("drawn", { share: 0.4567 })).toEqual(["step.drawn", 45]);
    expect(told("records", { boxId: "b", maxMs: 60_000 })).toEqual(["step.records", "box b", { durationMs: 60_000 }]);
    expect(told("record.done", { reason: "silence", durationMs: 9_000 })).toEqual([
      "step.recordedSilence",
      { durationMs: 9_000 },
    ]);
    expect(told("keepsMessage", { recordingId: "rec_1" })).toEqual(["step.keepsMessage"]);
    expect(told("promisesCallback", { queueId: "q", number: "+336" })).toEqual([
      "step.promisesCallback",
      "number +336",
      "queue q",
    ]);
    expect(told("callback.answered", { result: "already" })).toEqual(["step.callbackAlready"]);
    expect(told("callback.answered", { result: "slotTaken" })).toEqual(["step.callbackSlotTaken"]);
    expect(told("slots.answered", { count: 3 })).toEqual(["step.slots", 3]);
    const slot = { slotAt: 60_000, key: "2", language: "fr-FR", patienceMs: 300 };
    expect(told("asked", slot)).toEqual(["step.hearsSlot", { moment: 60_000 }, "2"]);
    const promise = { queueId: "q", number: "+331" };
    const keys = [60_000, null, undefined].map(
      (slotAt) => told("promisesCallback", slotAt === undefined ? promise : { ...promise, slotAt })[0],
    );
    expect(keys).toEqual(["step.promisesCallbackAt", "step.promisesCallbackSoon", "step.promisesCallback"]);
    expect(told("number.missed", { result: "machine" })).toEqual(["step.numberMachine"]);
    expect(told("hears", { recordingId: "rec_1" })).toEqual(["step.hearsOwnMessage"]);
    expect(traceStep(event("hears", { value: "12", language: "fr-FR" }), names).quote).toBe("12");
  });

  test("who was asked, and did not take the call", () => {
    const kinds = ["offer.made", "offer.refused", "offer.expired", "offer.withdrawn"];
    const steps = kinds.map((kind) => traceStep(event(kind, { operatorId: "7" }), names));
    expect(steps.map(({ key }) => key)).toEqual(["step.offered", "step.refused", "step.expired", "step.withdrawn"]);
    expect(steps.every(({ values }) => values.operator === "operator 7")).toBe(true);
  });

  test("who accepted, what rang, how it ended", () => {
    expect(traceStep(event("offer.accepted", { operatorId: "7" }), names).values).toEqual({ operator: "operator 7" });
    expect(traceStep(event("rings", { target: "t", ringMs: 25_000 }), names).values).toEqual({
      target: "telephone t",
      ring: { durationMs: 25_000 },
    });
    expect(traceStep(event("dial.ended", { result: "busy" }), names)).toMatchObject({
      key: "step.dialBusy",
      problem: true,
    });
    expect(traceStep(event("dial.ended", { result: "completed", talkMs: 61_000 }), names)).toMatchObject({
      key: "step.dialCompleted",
      problem: false,
      values: { talk: { durationMs: 61_000 } },
    });
    expect(traceStep(event("ended", { by: "lost" }), names)).toMatchObject({ key: "step.ended", end: "lost" });
  });

  test("a call that was placed for a callback: whose telephone, who picked up, who heard what, who hung up", () => {
    const told = (kind: string, details: TraceEvent["details"] = {}) => {
      const { key, values, problem } = traceStep(event(kind, details), names);
      return [key, ...Object.values(values), ...(problem ? ["problem"] : [])];
    };
    const began = { direction: "outbound", to: "+336", operatorId: "7", queueId: "q" };
    expect(told("began", began)).toEqual(["step.beganPlaced", "operator 7", "number +336", "queue q"]);
    expect(told("began", { ...began, queueId: null })).toEqual(["step.beganDialled", "operator 7", "number +336"]);
    expect(told("began", { ...began, queueId: null, test: true })).toEqual(["step.beganTest", "operator 7"]);
    expect(told("ringsNumber", { number: "+336", ringMs: 25_000 })).toEqual([
      ...["step.ringsNumber", "number +336", { durationMs: 25_000 }],
    ]);
    expect([told("number.missed", { result: "busy" }), told("number.pickedUp")].flat()).toEqual([
      ...["step.numberBusy", "problem", "step.numberPickedUp"],
    ]);
    expect(told("ringsTelephone", { telephoneId: "t", ringMs: 25_000 })).toEqual([
      ...["step.ringsTelephone", "telephone t", { durationMs: 25_000 }],
    ]);
    expect(told("telephone.pickedUp")).toEqual(["step.telephonePickedUp"]);
    expect(told("telephone.missed", { result: "busy" })).toEqual(["step.telephoneBusy", "problem"]);
    expect(told("telephone.missed", { result: "unreachable" })).toEqual(["step.telephoneUnreachable", "problem"]);
    expect(told("placingRefused", { why: "HTTP 500" })).toEqual(["step.placingRefused", "HTTP 500", "problem"]);
    expect(told("numberLeftBehind")).toEqual(["step.numberLeftBehind", "problem"]);
    expect(told("hears", { prompt: "busy", language: "en", who: "operator" })).toEqual(["step.operatorHears"]);
    expect(told("caller.gone", { by: "operator" })).toEqual(["step.operatorGone"]);
    expect(traceStep(event("ended", { by: "operator" }), names).end).toBe("operator");
    expect(told("note.promiseUnanswered")).toEqual(["step.promiseUnanswered", "problem"]);
  });

  test("a note of the engine comes with its own sentence in both languages", () => {
    const step = traceStep(event("note.promptMissing", { prompt: "hello" }), names);
    expect(step.problem).toBe(true);
    expect(step.sentence?.fr).toContain("hello");
    expect(step.sentence?.en).toContain("hello");
  });

  test("what this page does not know yet is shown as it is, never left out", () => {
    expect(traceStep(event("balloon.launched"), names)).toMatchObject({
      key: "step.other",
      values: { kind: "balloon.launched" },
    });
  });
});

test("a key of the whole flow is told as such, not as an output of the node", () => {
  expect(traceStep(event("moved", { output: "key:0", to: "n7" }), names)).toMatchObject({
    key: "step.movedByKey",
    values: { key: "0", to: "node n7" },
  });
});

test("a flow's error that nobody has words for is still told, as a problem", () => {
  expect(traceStep(event("note.balloon"), names)).toMatchObject({ values: { kind: "balloon" }, problem: true });
  expect(traceStep(event("flow.failed", { code: "balloon" }), names)).toMatchObject({
    key: "step.failed",
    sentence: null,
    problem: true,
  });
});

test("both languages have the same words, with the same values in them", () => {
  const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
  expect(Object.keys(french)).toEqual(Object.keys(english));
  for (const [key, text] of Object.entries(english)) {
    expect(values(french[key as keyof typeof french]), key).toEqual(values(text));
    expect(french[key as keyof typeof french], key).not.toMatch(/ [?!;:»]|« /);
  }
});

test("names are read out of a flow document, and a document of any shape does no harm", () => {
  const words = flowWords({
    nodes: [{ id: "n1", name: "Menu", config: { choices: [{ id: "c1", digit: "1", label: "Ventes" }] } }],
    prompts: { hello: { name: "Accueil", texts: { "fr-FR": "Bonjour" } } },
  });
  expect(words.nodes.get("n1")?.name).toBe("Menu");
  expect(words.nodes.get("n1")?.choices.get("c1")).toBe("Ventes");
  expect(words.prompts.get("hello")?.texts).toEqual({ "fr-FR": "Bonjour" });
  for (const strange of [{}, { nodes: "no", prompts: 3 }, { nodes: [null, 7], prompts: { a: null } }])
    expect(() => flowWords(strange)).not.toThrow();
});

test("an output is called by its caption, else as its node type calls it in the reader's language, else by its id", () => {
  const words = flowWords({
    nodes: [
      {
        id: "n1",
        type: "menu",
        config: {
          choices: [
            { id: "c1", digit: "1", label: "Ventes" },
            { id: "c2", digit: "2", label: "" },
          ],
        },
      },
      { id: "n2", type: "condition", config: { branches: [{ id: "b1", label: "", when: "weekday == 1" }] } },
      { id: "n3", type: "transfer", config: {} },
      { id: "n4", type: "constructor", config: {} },
    ],
  });
  const called = (nodeId: string | null, output: string) =>
    (["fr", "en"] as const).map((language) => outputName(words, nodeId, output, language));
  expect(called("n1", "c1")).toEqual(["Ventes", "Ventes"]);
  expect(called("n1", "c2")).toEqual(["2", "2"]);
  expect(called("n1", "noInput")).toEqual(["Aucune touche", "No key pressed"]);
  expect(called("n2", "b1")).toEqual(["weekday == 1", "weekday == 1"]);
  expect(called("n2", "otherwise")).toEqual(["Sinon", "Otherwise"]);
  expect(called("n3", "noAnswer")).toEqual(["Pas de réponse", "No answer"]);
  expect(called("n3", "toString")).toEqual(["toString", "toString"]);
  expect(called("n4", "name")).toEqual(["name", "name"]);
  expect(called(null, "done")).toEqual(["done", "done"]);
});

test("a recording that was cut, and a schedule that is gone, are told as troubles", () => {
  for (const [kind, key] of [
    ["recordingInterrupted", "step.recordingInterrupted"],
    ["note.scheduleMissing", "step.scheduleMissing"],
    ["note.scheduleUnanswered", "step.scheduleUnanswered"],
  ] as const) {
    expect(traceStep(event(kind), names)).toMatchObject({ key, problem: true });
  }
});

describe("a place in line", () => {
  test("as it stands, and as the caller was told it", () => {
    const stands = { position: 2, expectedWaitMs: 90_000, waitedMs: 1, say: "both" };
    const wait = { durationMs: 90_000 };
    expect(traceStep(event("place.answered", stands), names)).toMatchObject({
      ...{ key: "step.placeAndWait", values: { position: 2, wait } },
    });
    expect(traceStep(event("place.answered", { ...stands, expectedWaitMs: null }), names).key).toBe("step.placeStands");
    expect(traceStep(event("place.answered", { ...stands, position: null }), names).key).toBe("step.placeUnknown");
    expect(traceStep(event("place.answered", { say: "never" }), names).key).toBe("step.placeUntold");
    const heard = (position: number | null, minutes: number | null) =>
      traceStep(event("hears", { position, minutes, language: "fr-FR" }), names);
    expect(heard(2, 5)).toMatchObject({ key: "step.hearsPlaceAndWait", values: { wait: { durationMs: 300_000 } } });
    expect(heard(2, null)).toMatchObject({ key: "step.hearsPlace", values: { position: 2 } });
    expect(heard(null, 5)).toMatchObject({ key: "step.hearsWait" });
  });
});
