import { Use } from "@cordboard/api";
import { expect, test } from "vitest";
import { placesIn, placesOf } from "./places-of-use.ts";

test("each place of use leads to the page where it can be taken out", () => {
  const uses = [
    { kind: "queue", id: "queue_1", name: "Sales" },
    {
      kind: "flow",
      id: "reception",
      name: "Reception",
      draft: true,
      nodes: [{ nodeId: "n1", name: "", type: "hunt" }, 1],
    },
    { kind: "company", id: "company_1", name: "Martin" },
  ];
  const node = { nodeId: "n1", name: "", type: "hunt", address: "/flows/reception?node=n1" };
  expect(placesOf({ details: { uses } })).toEqual([
    { kind: "queue", name: "Sales", address: "/queues/queue_1", draft: false, nodes: [] },
    { kind: "flow", name: "Reception", address: "/flows/reception", draft: true, nodes: [node] },
    { kind: "company", name: "Martin", address: "/settings", draft: false, nodes: [] },
  ]);
});

test("every kind of place that the server names leads somewhere", () => {
  for (const { kind } of Use.properties.kind.enum.map((one) => ({ kind: one }))) {
    expect(placesIn([{ kind, id: "x", name: "X" }]), kind).toHaveLength(1);
  }
});

test("what is no place is left out", () => {
  for (const uses of [undefined, "Sales", [null, 1, { kind: "planet", name: "Mars" }, { kind: "queue" }]]) {
    expect(placesOf({ details: { uses } })).toEqual([]);
  }
});
