import { expect, test } from "vitest";
import { type QueuesToExamine, queueProblems } from "./queue-problems.ts";

const sound = { sha256: "a".repeat(64), durationMs: 1, uploadedAt: "2026-11-30T09:00:00.000Z" } as never;
const queue = (queueId: string, fields: Partial<QueuesToExamine["queues"][number]> = {}) => ({
  ...{ queueId, name: queueId.toUpperCase(), operatorIds: ["op_1"] },
  ...fields,
});
const overflow = (...queueIds: string[]) => ({ overflow: { queueIds } as never });
const hours = (scheduleId: string | null, promptId: string | null = null) => ({
  opening: { scheduleId, promptId, boxId: null },
});
const examine = (queues: QueuesToExamine["queues"], more: Partial<QueuesToExamine> = {}) =>
  queueProblems({
    ...{ queues, prompts: [], languages: ["fr-FR", "en-GB"], timeZone: "Europe/Paris" },
    ...{ closedWhileOpen: () => null, neverOpen: () => false, ...more },
  });

test("overflow into a queue that nobody may serve, that never opens, or that is closed at times", () => {
  const queues = [queue("a", overflow("b", "c", "d", "gone")), queue("b", { operatorIds: [] })];
  const others = [queue("c", hours("never")), queue("d", hours("short"))];
  const found = examine([...queues, ...others], {
    neverOpen: (id) => id === "never",
    closedWhileOpen: (open, closed) => (open === null && closed === "short" ? Date.UTC(2026, 10, 30, 17) : null),
  });
  expect(found.map(({ queueId, code }) => [queueId, code])).toEqual([
    ["a", "overflowUnserved"],
    ["a", "overflowNeverOpen"],
    ["a", "overflowClosed"],
  ]);
  expect(found[2]?.sentence.en).toContain("“D”, into which it overflows, is closed (Monday 18:00)");
  expect(found[2]?.sentence.fr).toContain("(lundi 18:00)");
});

test("nothing is wrong with queues that keep the same hours, or have none", () => {
  const same = { ...overflow("b"), ...hours("office") };
  const closedWhileOpen = () => expect.fail("nothing to compare");
  expect(examine([queue("a", same), queue("b", hours("office"))], { closedWhileOpen })).toEqual([]);
  expect(examine([queue("a", overflow("b")), queue("b")], { closedWhileOpen })).toEqual([]);
});

test("what is said while callers wait, or when it is closed, is there in each language of the company; music has none", () => {
  const prompts = [
    { promptId: "jazz", name: "Jazz", texts: {}, audio: { "fr-FR": sound } },
    { promptId: "offer", name: "Offer", texts: { "fr-FR": "Profitez !", "en-GB": " " }, audio: {} },
    { promptId: "closed", name: "Closed", texts: { "en-US": "Closed." }, audio: { "fr-FR": sound } },
    { promptId: "blank", name: "Blank", texts: {}, audio: {} },
  ];
  const music = { holdMusic: ["jazz", "blank"], adverts: ["offer"], advertEveryMs: null };
  const found = examine([queue("a", { music, ...hours(null, "closed") })], { prompts });
  expect(found.map(({ code, sentence }) => [code, sentence.en.slice(0, 60)])).toEqual([
    ["promptEmpty", expect.stringContaining("“Blank”")],
    ["promptLanguage", expect.stringContaining("“Offer”")],
  ]);
  expect(found[1]?.sentence).toMatchObject({
    fr: expect.stringContaining("n’existe pas en anglais"),
    en: expect.stringContaining("not there in English"),
  });
});
