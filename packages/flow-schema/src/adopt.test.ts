import { describe, expect, test } from "vitest";
import { adopt } from "./adopt.ts";
import { parseFlow } from "./parse-flow.ts";

const parameters = {
  type: "object",
  required: ["sales"],
  additionalProperties: false,
  properties: {
    sales: { type: "string", format: "queue", title: "Sales" },
    opening: { type: ["string", "null"], format: "schedule", default: null },
    tries: { type: "integer", minimum: 1, maximum: 5, default: 3 },
    company: { type: "string", default: "us" },
  },
};

function template(changes: object = {}) {
  const parsed = parseFlow(
    JSON.stringify({
      formatVersion: 1,
      id: "reception",
      name: "Reception",
      languages: ["en-GB"],
      parameters,
      prompts: { p1: { texts: { "en-GB": "Welcome to {{ param.company }}. You are {{ call.callerNumber }}." } } },
      entry: "n1",
      nodes: [
        {
          ...{ id: "n1", name: "Wait", type: "hunt", typeVersion: 1 },
          config: { queue: "{{param.sales}}", hours: "{{param.opening}}", deep: [{ tries: "{{param.tries}}" }] },
        },
      ],
      ...changes,
    }),
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.document;
}

function adopted(answers: Record<string, unknown>, changes: object = {}) {
  const adoption = adopt(template(changes), answers);
  if (!adoption.ok) throw new Error(JSON.stringify(adoption.problems));
  return adoption.document;
}

describe("a template", () => {
  test("becomes a flow with the answers in their places, of their own types, and asks nothing any more", () => {
    const flow = adopted({ sales: "queue_1", tries: 2 });
    expect(flow.parameters).toEqual({});
    expect(flow.nodes[0]?.config).toEqual({ queue: "queue_1", hours: null, deep: [{ tries: 2 }] });
  });

  test("keeps every other expression as it is", () => {
    const { prompts } = adopted({ sales: "queue_1", company: "Durand" });
    expect(prompts.p1?.texts["en-GB"]).toBe("Welcome to Durand. You are {{ call.callerNumber }}.");
  });

  test("takes an answer for a text, whatever was typed", () => {
    const { prompts } = adopted({ sales: "queue_1", company: "{{ call.callerNumber }}{{param.sales}}" });
    expect(prompts.p1?.texts["en-GB"]).toBe(
      "Welcome to { { call.callerNumber }}{ {param.sales}}. You are {{ call.callerNumber }}.",
    );
  });

  test("is not changed by being adopted", () => {
    const before = template();
    const copy = structuredClone(before);
    adopt(before, { sales: "queue_1" });
    expect(before).toEqual(copy);
  });
});

describe("answers that do not fit are named, in both languages", () => {
  test.each([
    ["one that is missing", {}, "sales", "has no answer", "n’a pas de réponse"],
    ["one of the wrong type", { sales: 7 }, "sales", "it must be of type string", "elle doit être de type string"],
    ["one out of range", { sales: "q", tries: 9 }, "tries", "it must be at most 5", "elle doit être au plus 5"],
    ["one that nobody asked for", { sales: "q", more: true }, "more", "not one that", "n’est pas posée"],
  ])("%s", (_, answers, parameter, en, fr) => {
    const adoption = adopt(template(), answers);
    expect(adoption).toMatchObject({
      ok: false,
      problems: [{ parameter, message: { en: expect.stringContaining(en), fr: expect.stringContaining(fr) } }],
    });
  });

  test("a place that no question asks for", () => {
    const adoption = adopt(template({ name: "{{param.nothing}}" }), { sales: "queue_1" });
    expect(adoption).toMatchObject({ ok: false, problems: [{ parameter: "nothing" }] });
  });

  test("an answer that makes no flow", () => {
    const adoption = adopt(template({ name: "{{param.tries}}" }), { sales: "queue_1" });
    expect(adoption).toMatchObject({ ok: false, problems: [{ parameter: "/name" }] });
  });
});

test("a flow without questions is adopted as it is", () => {
  expect(
    adopted(
      {},
      { parameters: {}, nodes: [{ id: "n1", name: "N", type: "x", typeVersion: 1, config: {} }], prompts: {} },
    ).nodes,
  ).toHaveLength(1);
});
