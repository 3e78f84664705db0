import type { OperatorFigures } from "@cordboard/api";
import { expect, test } from "vitest";
import { noFigures } from "../figures/operator-figures.ts";
import { operatorOutlooks } from "./operator-outlook.ts";

const hour = (calls: number, occupancy: number | null, signedInMs = 3_600_000): OperatorFigures => ({
  ...{ ...noFigures(), calls, occupancy, signedInMs },
});
const at = "2026-11-24T10:00:00.000Z";
const queue = (queueId: string, calls: number, weeks = 2) => ({
  ...{ queueId, handleMs: 180_000, weeks, slots: [0, 1, 2, 3].map(() => ({ from: at, calls, needed: 1 })) },
});
const operator = (operatorId: string, ...queueIds: string[]) => ({ operatorId, name: operatorId, queueIds });

test("an operator is told from the last hour, from past weeks in which they were there, and from what their queues expect", () => {
  const [ines, tom, eve] = operatorOutlooks({
    operators: [operator("ines", "sales", "help"), operator("tom", "sales"), operator("eve", "new")],
    lastHour: new Map([["ines", hour(12, 0.9)]]),
    weeks: [
      new Map([["ines", hour(8, 0.6)]]),
      new Map([
        ["ines", hour(6, 0.4)],
        ["tom", hour(0, null, 0)],
      ]),
    ],
    queues: [queue("sales", 10), queue("help", 1), queue("new", 0, 0)],
  });
  // Forty calls of three minutes shared by two, and four more for Inès.
  expect(ines).toMatchObject({ lastHour: { calls: 12, busy: 0.9 }, usual: { calls: 7, busy: 0.5 } });
  expect(ines?.coming?.calls).toBe(24);
  expect(ines?.coming?.busy).toBeCloseTo(1.2);
  expect(tom).toMatchObject({ lastHour: { calls: 0, busy: null }, usual: null, coming: { calls: 20, busy: 1 } });
  expect(eve?.coming).toBeNull();
});
