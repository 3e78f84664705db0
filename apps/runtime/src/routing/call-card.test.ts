import { expect, test } from "vitest";
import { UserError } from "../errors/index.ts";
import { type CallCardsGiven, createCallCards, type ShownOfCall } from "./call-card.ts";

const call: ShownOfCall = {
  _id: "call_1",
  companyId: "co_1",
  from: "+33612345678",
  hidden: false,
  callerName: "Ana Lima",
  to: "+33143670903",
  lineName: "Main",
  language: "en-GB",
  startedAt: 1_000,
  queue: { queueId: "queue_sales" },
  script: null,
};

function cards(given: Partial<CallCardsGiven> = {}) {
  const asked: unknown[] = [];
  const cardOf = createCallCards({
    queues: { get: async () => ({ scriptId: "script_contact" }) },
    scripts: {
      render: async (_scope, id, parameters) => {
        asked.push({ id, parameters });
        return { name: "Contact", url: "https://crm.example.com/", window: null };
      },
    },
    ...given,
  });
  return { cardOf, asked };
}

test("the queue's script opens with what is known of the call", async () => {
  const { cardOf, asked } = cards();
  expect(await cardOf(call)).toMatchObject({ from: "+33612345678", script: { name: "Contact" } });
  expect(asked).toEqual([
    { id: "script_contact", parameters: expect.objectContaining({ caller: "+33612345678", line: "Main" }) },
  ]);
});

test("a hidden caller's number and name are in none of it", async () => {
  const { cardOf, asked } = cards();
  const card = await cardOf({ ...call, hidden: true });
  expect(JSON.stringify({ card, asked })).not.toMatch(/612345678|Ana/);
});

test("a queue that was deleted meanwhile costs the script, not the place in line", async () => {
  const get = () => Promise.reject(new UserError("notFound", { what: "queue" }));
  expect(await cards({ queues: { get } }).cardOf(call)).toMatchObject({ from: "+33612345678", script: null });
});

test("a store that does not answer is asked again by whoever wants the card", async () => {
  const get = () => Promise.reject(new Error("connection lost"));
  await expect(cards({ queues: { get } }).cardOf(call)).rejects.toThrow("connection lost");
});
