import Type from "typebox";
import { describe, expect, test } from "vitest";
import { behaviourText } from "../canonical-text.ts";
import { apply } from "../edit-command.ts";
import { diffFlows } from "../flow-diff.ts";
import type { EverydayMark, FlowDocument } from "../flow-document.ts";
import { mergeFlows } from "../merge-flows.ts";
import type { NodeTypeRegistry } from "../node-type-registry.ts";
import { toyFlow } from "../testing/toy-flow.ts";
import { toyRegistry } from "../testing/toy-registry.ts";
import { validate } from "../validate.ts";
import { everydaySettings } from "./everyday-settings.ts";
import { withEveryday } from "./with-everyday.ts";

const prompt = () => Type.String({ format: "prompt" });
const config = Type.Object(
  {
    prompt: Type.Optional(Type.Union([prompt(), Type.Null()])),
    adverts: Type.Optional(Type.Array(prompt(), { maxItems: 3 })),
    queue: Type.Optional(Type.String({ format: "queue" })),
    waitMs: Type.Optional(Type.Integer({ format: "duration", minimum: 1_000, maximum: 60_000 })),
    beep: Type.Optional(Type.Boolean()),
    when: Type.Optional(Type.String({ format: "expression" })),
  },
  { additionalProperties: false },
);
const registry: NodeTypeRegistry = {
  ...toyRegistry,
  find(type, version) {
    const facts = toyRegistry.find(type, version);
    return facts && { ...facts, config };
  },
};
const mark = (label: string, more: Partial<EverydayMark> = {}): EverydayMark => ({ label, ...more });

/** `say` and `end` say the same prompt; the marks are those of `say`. */
function drawn(marks: Record<string, EverydayMark>, own: Record<string, unknown> = { prompt: "p1" }): FlowDocument {
  const flow = toyFlow({ say: "say", end: "end" }, ["say.done>end"], {
    prompts: { p1: { texts: { "fr-FR": "Bonjour", "en-GB": "Hello" } } },
  });
  const [say, end] = flow.nodes;
  if (!say || !end) throw new Error("no nodes");
  const everyday = Object.keys(marks).length > 0 && { everyday: marks };
  const nodes = [
    { ...say, config: own, ...everyday },
    { ...end, config: { prompt: "p1" } },
  ];
  return { ...flow, nodes };
}
const codes = (document: FlowDocument) => validate(document, registry).map(({ code }) => code);
const configOf = (document: FlowDocument, id: string) => document.nodes.find((node) => node.id === id)?.config;
const closed = { texts: { "fr-FR": "Fermé", "en-GB": "Closed" } };

describe("values are put into a drawing", () => {
  test("a text in the marked node alone, though another one says the same prompt", () => {
    const document = drawn({ prompt: mark("Closing message") });
    const values = { say: { prompt: { kind: "prompt", value: closed } } } as const;
    const { document: put, unused } = withEveryday(document, registry, values);
    expect(unused).toEqual([]);
    expect(put.prompts[String(configOf(put, "say")?.prompt)]).toEqual(closed);
    expect(configOf(put, "end")).toEqual({ prompt: "p1" });
    expect(withEveryday(document, registry, values).document).toEqual(put);
    expect(document.prompts).toEqual(drawn({}).prompts);
  });

  test("of each kind, and nothing where the node does without", () => {
    const marks = { adverts: mark("Adverts"), waitMs: mark("Patience"), beep: mark("Beep"), queue: mark("Queue") };
    const document = drawn({ ...marks, prompt: mark("Text") }, { prompt: "p1", queue: "sales", waitMs: 5_000 });
    const { document: put } = withEveryday(document, registry, {
      say: {
        prompt: { kind: "prompt", value: null },
        adverts: { kind: "prompts", value: [closed, closed] },
        waitMs: { kind: "duration", value: 9_000 },
        beep: { kind: "yesNo", value: true },
        queue: { kind: "queue", value: null },
      },
    });
    expect(configOf(put, "say")).toEqual({
      ...{ prompt: null, adverts: ["everyday1", "everyday2"], waitMs: 9_000, beep: true },
    });
  });

  test("what no longer fits is left out and told, and what is drawn holds", () => {
    const document = drawn({ waitMs: mark("Patience", { maximum: 8_000 }), beep: mark("Beep") }, { waitMs: 5_000 });
    const { document: put, unused } = withEveryday(document, registry, {
      say: {
        waitMs: { kind: "duration", value: 9_000 },
        beep: { kind: "number", value: 3 },
        prompt: { kind: "prompt", value: closed },
      },
      gone: { prompt: { kind: "prompt", value: closed } },
    });
    expect(put).toEqual(document);
    expect(unused.map(({ nodeId, setting, reason }) => `${nodeId}.${setting} ${reason}`)).toEqual([
      ...["say.waitMs outOfLimits", "say.beep otherKind", "say.prompt gone", "gone.prompt gone"],
    ]);
  });
});

describe("a mark", () => {
  test("says what is drawn, and the closer of two limits", () => {
    const [setting] = everydaySettings(
      drawn({ waitMs: mark("Patience", { minimum: 2_000, maximum: 900_000 }) }, { waitMs: 5_000 }),
      registry,
    );
    expect(setting).toMatchObject({ kind: "duration", minimum: 2_000, maximum: 60_000, canBeNone: true });
    expect(setting?.drawn).toEqual({ kind: "duration", value: 5_000 });
  });

  test("on an expression, or on nothing, is refused; so are limits that what is drawn does not keep", () => {
    expect(codes(drawn({ when: mark("When") }))).toContain("everydayNotPossible");
    expect(codes(drawn({ nothing: mark("Nothing") }))).toContain("everydayNotPossible");
    expect(codes(drawn({ waitMs: mark("W", { minimum: 6_000 }) }, { waitMs: 5_000 }))).toContain("everydayLimits");
    expect(codes(drawn({ waitMs: mark("W", { minimum: 6_000, maximum: 2_000 }) }, {}))).toContain("everydayLimits");
    expect(codes(drawn({ waitMs: mark("Same"), beep: mark("same ") }))).toContain("everydayLabelTwice");
  });

  test("does not trouble a clean flow, nor the bytes of one without marks", () => {
    const marked = drawn({ prompt: mark("Closing message"), adverts: mark("Adverts") });
    expect(codes(marked).filter((code) => code.startsWith("everyday"))).toEqual([]);
    expect(behaviourText(drawn({}))).not.toContain("everyday");
    expect(behaviourText({ ...marked, nodes: marked.nodes.map((node) => ({ ...node, everyday: {} })) })).toBe(
      behaviourText(drawn({})),
    );
  });

  test("is made and taken away by commands that undo each other", () => {
    const document = drawn({});
    const made = apply(document, { type: "markEveryday", id: "say", setting: "prompt", mark: mark("Text") });
    if (!made.ok) throw new Error(made.reason);
    expect(made.document).toEqual(drawn({ prompt: mark("Text") }));
    const back = apply(made.document, made.inverse);
    expect(back.ok && back.document).toEqual(document);
    expect(apply(document, { type: "markEveryday", id: "x", setting: "prompt", mark: null }).ok).toBe(false);
  });

  test("is compared and merged by setting", () => {
    const base = drawn({ prompt: mark("Text") });
    const mine = drawn({ prompt: mark("Closing message") });
    const theirs = drawn({ prompt: mark("Text"), beep: mark("Beep") });
    expect(diffFlows(base, mine).nodes[0]?.values).toEqual([
      { pointer: "/everyday/prompt/label", before: "Text", after: "Closing message" },
    ]);
    const merged = mergeFlows(base, mine, theirs);
    expect(merged.conflicts).toEqual([]);
    expect(merged.document.nodes[0]?.everyday).toEqual({ prompt: mark("Closing message"), beep: mark("Beep") });
    expect(mergeFlows(base, mine, drawn({ prompt: mark("Other") })).conflicts[0]?.pointer).toBe(
      "/nodes/say/everyday/prompt/label",
    );
  });
});
