import { expect, test } from "vitest";
import type { PromiseRequest } from "../ports/index.ts";
import { callStage } from "../testing/call-stage.ts";
import { card } from "../testing/callback-order.ts";
import type { CallDocument } from "./model.ts";
import { promisesBy } from "./promises.ts";

const effect = (entry: number) =>
  ({ type: "promiseCallback", entry, queueId: "queue_1", number: "0612", keepPlace: true, scheduleId: null }) as const;

test("the same step promises the same, another one something else; the card is of the number that is to be rung", async () => {
  const asked: PromiseRequest[] = [];
  const shown: CallDocument[] = [];
  const promise = promisesBy({
    callCentre: () => ({
      promiseCallback: async (request) => {
        asked.push(request);
        return { result: "promised" };
      },
    }),
    cardOf: async (call) => {
      shown.push(call);
      return { ...card, from: call.hidden ? null : call.from, hidden: call.hidden };
    },
  });
  const s = callStage();
  const call = { ...s.begin(s.connect()).document, hidden: true, callerName: "M. Martin", queue: null };
  expect(await promise(call, effect(7))).toBe("promised");
  await promise(call, effect(7));
  await promise(call, effect(9));
  await promise({ ...call, _id: "call_2" }, effect(7));
  const ids = asked.map(({ promiseId }) => promiseId);
  expect(ids[0]).toBe(ids[1]);
  expect(new Set(ids).size).toBe(3);
  expect(asked[0]).toMatchObject({ callId: "call_1", number: "0612", card: { from: "0612", hidden: false } });
  expect(JSON.stringify(shown)).not.toContain("Martin");
  expect(asked[0]?.callerNumber).toBeNull();
  // The caller has left the line: it is the queue of the promise whose script will open.
  expect(shown[0]?.queue?.queueId).toBe("queue_1");
});

test("what cannot be asked is said to be so, and never promised", async () => {
  const s = callStage();
  const away = promisesBy({
    callCentre: () => {
      throw new Error("not there yet");
    },
    cardOf: async () => card,
  });
  await expect(away(s.begin(s.connect()).document, effect(7))).rejects.toThrow("not there yet");
});
