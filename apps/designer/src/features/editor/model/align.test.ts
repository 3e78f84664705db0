import fc from "fast-check";
import { expect, test } from "vitest";
import { smallFlow } from "../testing.ts";
import { alignCommands, alignments, distributeCommands } from "./align.ts";
import { applyCommands, type EditorCommand } from "./editor-command.ts";

const sizes = {
  hello: { width: 200, height: 100 },
  menu: { width: 200, height: 180 },
  end: { width: 180, height: 60 },
};
const sizeOf = (id: string) => sizes[id as keyof typeof sizes];
const all = new Set(["hello", "menu", "end"]);
const laidOut = (layout: Record<string, [number, number]>) => ({ ...smallFlow(), layout });
const after = (document: ReturnType<typeof smallFlow>, commands: readonly EditorCommand[]) =>
  applyCommands(document, commands)?.layout;

test("by a side: where the outermost of them is; by the middle: half way", () => {
  const flow = laidOut({ hello: [0, 10], menu: [300, 0], end: [640, 40] });
  expect(after(flow, alignCommands(flow, all, sizeOf, "top"))).toEqual({
    hello: [0, 0],
    menu: [300, 0],
    end: [640, 0],
  });
  expect(after(flow, alignCommands(flow, all, sizeOf, "bottom"))).toEqual({
    hello: [0, 80],
    menu: [300, 0],
    end: [640, 120],
  });
  expect(after(flow, alignCommands(flow, all, sizeOf, "right"))).toMatchObject({ hello: [620, 10], end: [640, 40] });
  expect(after(flow, alignCommands(flow, all, sizeOf, "middle"))).toMatchObject({ hello: [0, 40], end: [640, 60] });
});

test("the same space between all of them, and the outermost stay", () => {
  const flow = laidOut({ hello: [0, 0], menu: [210, 0], end: [1_000, 0] });
  // From 0 to 1,180, of which 580 are cards: twice 300 in between.
  expect(after(flow, distributeCommands(flow, all, sizeOf, "across"))).toEqual({
    hello: [0, 0],
    menu: [500, 0],
    end: [1_000, 0],
  });
  expect(distributeCommands(flow, new Set(["hello", "end"]), sizeOf, "across")).toEqual([]);
});

test("once in line they are in line: doing it again changes nothing, and others never move", () => {
  const place = fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 }));
  fc.assert(
    fc.property(place, place, place, fc.constantFrom(...alignments), fc.subarray([...all]), (a, b, c, how, chosen) => {
      const flow = laidOut({ hello: a, menu: b, end: c });
      const ids = new Set(chosen);
      const once = applyCommands(flow, alignCommands(flow, ids, sizeOf, how)) ?? flow;
      expect(alignCommands(once, ids, sizeOf, how)).toEqual([]);
      for (const id of all) if (!ids.has(id)) expect(once.layout[id]).toEqual(flow.layout[id]);
    }),
  );
});
