import type { ConnectorMapping } from "@cordboard/api";
import fc from "fast-check";
import { expect, test } from "vitest";
import { atPointer, mapAnswer } from "./map-answer.ts";

const nothing: ConnectorMapping = {
  ...{ list: "", id: "/id", name: "/name", company: null, language: null, customerNumber: null },
  ...{ vip: null, blocked: null, preferredOperator: null, notes: null, fields: {} },
};

test("a list inside the answer, members by pointers, the operator by code", () => {
  const answer = {
    data: [
      {
        id: 7,
        who: { name: " Ana " },
        "a/b": "Lima",
        tier: "VIP",
        seller: "101",
        since: 2019,
        extra: { x: [1, "gold"] },
      },
    ],
  };
  const mapping = {
    ...{ ...nothing, list: "/data", name: "/who/name", company: "/a~1b", vip: "/tier", preferredOperator: "/seller" },
    fields: { since: "/since", contract: "/extra/x/1", missing: "/no/where" },
  };
  expect(mapAnswer(answer, mapping, new Map([["101", "op_1"]]))).toEqual({
    matches: 1,
    contacts: [
      {
        ...{
          contactId: "7",
          name: "Ana",
          company: "Lima",
          language: "",
          customerNumber: "",
          vip: true,
          blocked: false,
        },
        ...{ preferredOperatorId: "op_1", lastOperatorId: "", externalIds: {}, notes: "" },
        fields: { since: 2019, contract: "gold", missing: "" },
      },
    ],
  });
});

test("one contact, none, and more than are told apart", () => {
  const map = (json: unknown) => mapAnswer(json, nothing, new Map());
  expect(map({ id: "1", name: "Ana" }).matches).toBe(1);
  for (const json of [null, [], {}, [{}], "text", 7, { name: " " }]) expect(map(json).matches).toBe(0);
  const many = map(Array.from({ length: 30 }, (_, id) => ({ id, name: "x" })));
  expect([many.matches, many.contacts.length]).toEqual([30, 10]);
});

test("whatever an answer holds, it is read without a fault, and stays small", () => {
  const pointer = fc.constantFrom("", "/a", "/a/0", "/__proto__/x", "/constructor", "/length", "/a~1b/~0");
  fc.assert(
    fc.property(fc.jsonValue(), pointer, pointer, (json, list, name) => {
      const { contacts } = mapAnswer(json, { ...nothing, list, name: name || null, notes: name || null }, new Map());
      expect(JSON.stringify(contacts).length).toBeLessThan(20_000);
    }),
    { numRuns: 500 },
  );
  expect(atPointer({}, "/constructor")).toBeUndefined();
});
