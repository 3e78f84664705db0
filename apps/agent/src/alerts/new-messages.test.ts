import { expect, test } from "vitest";
import { createMessageAlerts, type NewMessages } from "./new-messages.ts";

const box = (unheard: number, kept = 0, boxId = "sav") => ({ boxId, name: boxId.toUpperCase(), unheard, kept });

function anOperator() {
  const shown: NewMessages[] = [];
  const over: NewMessages[] = [];
  let isSeen = false;
  const alerts = createMessageAlerts({
    seen: async () => isSeen,
    show: (of) => {
      shown.push(of);
      return () => over.push(of);
    },
  });
  const look = async (boxes: readonly ReturnType<typeof box>[], leads = true) => {
    alerts.look(boxes, leads);
    await Promise.resolve();
    return shown.splice(0).map(({ boxId, count }) => `${boxId} ${count}`);
  };
  return { look, over, comes: () => (isSeen = true), goes: () => (isSeen = false) };
}

test("each message that arrives is announced once, and what was there before is not", async () => {
  const { look } = anOperator();
  expect(await look([])).toEqual([]);
  expect(await look([box(3), box(0, 0, "ventes")])).toEqual([]);
  expect(await look([box(4), box(0, 0, "ventes")])).toEqual(["sav 1"]);
  expect(await look([box(4), box(0, 0, "ventes")])).toEqual([]);
  expect(await look([box(4), box(2, 0, "ventes")])).toEqual(["ventes 2"]);
});

test("a message that is heard, deleted, or marked unheard again is no new one", async () => {
  const { look } = anOperator();
  await look([box(2, 1)]);
  expect(await look([box(1, 2)])).toEqual([]);
  expect(await look([box(2, 1)])).toEqual([]);
  expect(await look([box(2, 0)])).toEqual([]);
  expect(await look([box(3, 0)])).toEqual(["sav 1"]);
});

test("nothing is announced to who looks at the agent, nor by a tab that does not lead, then or later", async () => {
  const { look, comes, goes } = anOperator();
  await look([box(0)]);
  comes();
  expect(await look([box(1)])).toEqual([]);
  goes();
  expect(await look([box(2)], false)).toEqual([]);
  expect(await look([box(2)])).toEqual([]);
  expect(await look([box(3)])).toEqual(["sav 1"]);
});

test("what was announced goes once its box has nothing new, or is no longer the operator's", async () => {
  const { look, over } = anOperator();
  await look([box(0), box(0, 0, "ventes")]);
  await look([box(1), box(1, 0, "ventes")]);
  await look([box(2), box(1, 0, "ventes")]);
  await look([box(1, 1), box(1, 0, "ventes")]);
  expect(over).toEqual([]);
  await look([box(0, 2), box(1, 0, "ventes")]);
  expect(over.map(({ boxId }) => boxId)).toEqual(["sav", "sav"]);
  await look([box(0, 2)]);
  expect(over.map(({ boxId }) => boxId)).toEqual(["sav", "sav", "ventes"]);
});
