import { expect, test } from "vitest";
import { adopt } from "./adopt.ts";
import { sampleAnswers } from "./check-template.ts";
import { toyFlow } from "./testing/toy-flow.ts";
import { toyRegistry } from "./testing/toy-registry.ts";
import { validate } from "./validate.ts";

const ask = (properties: object, name = "{{param.firm}}") =>
  toyFlow({ a: "ask", b: "talk", c: "end" }, ["a.yes>b", "a.no>c", "b.ended>c"], {
    name,
    parameters: { type: "object", properties },
  });
const firm = { type: "string", minLength: 2 };
const codes = (...given: Parameters<typeof validate>) => validate(...given).map(({ code }) => code);

test("a template is checked as the flow that comes of it, without the company's things", () => {
  expect(codes(ask({ firm }), toyRegistry)).toEqual([]);
  const broken = toyFlow({ a: "ask", c: "end" }, ["a.yes>c"], {
    name: "{{param.firm}}",
    parameters: { type: "object", properties: { firm } },
  });
  expect(codes(broken, toyRegistry)).toEqual(["outputUnconnected"]);
});

test("questions without a place, places without a question and defaults that do not fit are found", () => {
  expect(codes(ask({ firm, more: { type: "boolean" } }), toyRegistry)).toEqual(["parameterUnused"]);
  expect(codes(ask({ firm }, "{{param.firm}} {{ param.other }}"), toyRegistry)).toEqual(["parameterUnknown"]);
  expect(codes(ask({ firm: { ...firm, default: 7 } }), toyRegistry)).toEqual(["parameterDefault"]);
});

test("a company cannot use a template before it is adopted", () => {
  expect(codes(ask({ firm }), toyRegistry, { queue: new Set() })).toEqual(["templateNotAdopted"]);
});

test("sample answers fit their questions", () => {
  const questions = {
    text: { type: "string", minLength: 8 },
    count: { type: "integer", minimum: 3 },
    way: { enum: ["left", "right"] },
    sure: { type: "boolean" },
    usual: { type: "string", default: "usual" },
    none: { type: ["string", "null"] },
  };
  expect(sampleAnswers(ask(questions))).toEqual({
    text: "textxxxx",
    count: 3,
    way: "left",
    sure: false,
    usual: "usual",
    none: null,
  });
});

test("questions that would cost the server dearly, or are none, are refused before they are asked", () => {
  const slow = { type: "string", pattern: "^(a+)+$", default: `${"a".repeat(40)}!` };
  expect(codes(ask({ firm: slow }), toyRegistry)).toEqual(["unknownMember"]);
  expect(codes(ask({ firm: { ...firm, minLength: 1e12 } }), toyRegistry)).toEqual(["wrongValue"]);
  expect(codes(ask({ firm: { allOf: [], $ref: "#" } }), toyRegistry)).toEqual(["unknownMember", "unknownMember"]);
  expect(codes(ask({ firm: "a question" }), toyRegistry)).toEqual(["wrongType"]);
  expect(codes(ask({ "__proto__ ": firm }), toyRegistry)).toEqual(["unknownMember"]);
  const before = process.cpuUsage();
  expect(sampleAnswers(ask({ firm: slow }))).toEqual({});
  expect(adopt(ask({ firm: slow }), { firm: `${"a".repeat(40)}!` })).toMatchObject({
    ok: false,
    problems: [{ parameter: "/parameters/properties/firm/pattern" }],
  });
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
});
