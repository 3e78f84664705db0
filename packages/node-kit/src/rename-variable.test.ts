import { type FlowDocument, readFlow } from "@cordboard/flow-schema";
import { describe, expect, test } from "vitest";
import { renameInExpression } from "./expression.ts";
import { renameVariable } from "./rename-variable.ts";
import { renameInTemplate } from "./template.ts";

const registry = { find: () => undefined, versions: () => [], all: () => [], checkText: () => [] };

function flow(text: string, library?: string): FlowDocument {
  const read = readFlow({
    ...{ formatVersion: 1, id: "f", name: "F", languages: ["en-GB"], entry: "a", inputs: ["who"], results: ["who"] },
    variables: { who: { type: "string" }, other: { type: "string" } },
    prompts: {
      p: { texts: { "en-GB": text }, ...(library && { library }), audio: { "en-GB": `sha256:${"0".repeat(64)}` } },
    },
    nodes: [{ id: "a", name: "", type: "unknown", typeVersion: 1, config: {} }],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return read.document;
}

describe("a name in an expression", () => {
  test.each([
    ['a + "a" + b.a', 'x + "a" + b.a'],
    ["a.a(a) == a[a]", "x.a(x) == x[x]"],
    ["[1, 2].exists(a, a == 1) && a", "[1, 2].exists(a, a == 1) && x"],
    ["a.exists(b, b == a)", "x.exists(b, b == x)"],
    ["aa + a_a", "aa + a_a"],
    ['"é😀" + a', '"é😀" + x'],
    ["  a  // a\n + a", "  x  // a\n + x"],
  ])("%s becomes %s", (before, after) => {
    expect(renameInExpression(before, "a", "x")).toEqual({ ok: true, source: after });
  });

  test("a loop that would take it for its own is told, and what cannot be parsed", () => {
    expect(renameInExpression("[1].exists(x, x == a)", "a", "x")).toEqual({ ok: false, reason: "bound" });
    expect(renameInExpression("a +", "a", "x")).toEqual({ ok: false, reason: "unreadable" });
  });
});

test("the places of a text keep their spaces and formats; what is not read keeps all", () => {
  expect(renameInTemplate("a {{a}} {{ a || b | digits }} {{ secret.a }}", "a", "x")).toEqual({
    ok: true,
    source: "a {{x}} {{ x || b | digits }} {{ secret.a }}",
  });
  expect(renameInTemplate("{{ secret.a }}", "secret", "x", (place) => place === "secret.a")).toEqual({
    ok: true,
    source: "{{ secret.a }}",
  });
});

describe("a variable", () => {
  test("is renamed where the flow takes and gives it, and where prompts say it, whose recordings stay", () => {
    const result = renameVariable(flow("Hello {{ who }}."), registry, "who", "caller");
    if (!result.ok) throw new Error(result.reason);
    expect(result.uses).toBe(1);
    expect(result.commands).toContainEqual({ type: "setInterface", inputs: ["caller"], results: ["caller"] });
    expect(result.commands).toContainEqual({
      type: "setPrompt",
      id: "p",
      prompt: { texts: { "en-GB": "Hello {{ caller }}." }, audio: { "en-GB": `sha256:${"0".repeat(64)}` } },
    });
  });

  test.each([
    ["other", "taken"],
    ["call", "reserved"],
    ["Who", "noName"],
    ["a b", "noName"],
    ["contact", "readElsewhere"],
  ])("cannot be called %s: %s", (name, reason) => {
    expect(renameVariable(flow("{{ who }} {{ contact.name }}"), registry, "who", name)).toMatchObject({ reason });
  });

  test("is not renamed where the company's library says it; what cannot be parsed stays, and is told", () => {
    const library = `prompt_${"0".repeat(32)}`;
    expect(renameVariable(flow("{{ who }}", library), registry, "who", "x")).toMatchObject({ reason: "inLibrary" });
    expect(renameVariable(flow("Nothing.", library), registry, "who", "x")).toMatchObject({ ok: true });
    expect(renameVariable(flow("{{ who + }}"), registry, "who", "x")).toMatchObject({
      ok: true,
      unread: [{ pointer: "/prompts/p/texts/en-GB" }],
    });
    expect(renameVariable(flow(""), registry, "nobody", "x")).toMatchObject({ reason: "missing" });
  });
});
