import { expect, test } from "vitest";
import { placesOf } from "./places-of-use.ts";

test("each place of use leads to the page where it can be taken out", () => {
  const uses = [
    { kind: "queue", id: "queue_1", name: "Sales" },
    { kind: "flow", id: "reception", name: "Reception", draft: true },
    { kind: "company", id: "company_1", name: "Martin" },
  ];
  expect(placesOf({ details: { uses } })).toEqual([
    { kind: "queue", name: "Sales", address: "/queues/queue_1", draft: false },
    { kind: "flow", name: "Reception", address: "/flows/reception", draft: true },
    { kind: "company", name: "Martin", address: "/settings", draft: false },
  ]);
});

test("what is no place is left out", () => {
  for (const uses of [undefined, "Sales", [null, 1, { kind: "planet", name: "Mars" }, { kind: "queue" }]]) {
    expect(placesOf({ details: { uses } })).toEqual([]);
  }
});
