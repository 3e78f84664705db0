import { readFlow } from "@cordboard/flow-schema";
import { expect, test } from "vitest";
import { pictureOf } from "./flow-picture.tsx";

test("the boxes stand where the drawing has them, in the colours of their groups, each cord from its output; the picture holds them all", () => {
  const read = readFlow({
    ...{ formatVersion: 1, id: "toy", name: "Toy", languages: ["en-GB"], entry: "a" },
    prompts: { p: { texts: { "en-GB": "Hello." } } },
    nodes: [
      { id: "a", name: "A", type: "play", typeVersion: 1, config: { prompt: "p", bargeIn: false } },
      { id: "b", name: "B", type: "hangup", typeVersion: 1, config: { prompt: null } },
    ],
    edges: [{ from: "a", output: "done", to: "b" }],
    layout: { a: [-100, 0], b: [300, 50] },
  });
  if (!read.ok) throw new Error("no flow");
  const { boxes, cords, viewBox } = pictureOf(read.document);
  expect(boxes).toMatchObject([
    { id: "a", x: -100, y: 0, group: "say" },
    { id: "b", x: 300, y: 50, group: "end" },
  ]);
  expect(cords).toHaveLength(1);
  expect(cords[0]).toMatch(/^M100,76 C.* 300,82$/);
  const [x = 0, y = 0, width = 0, height = 0] = viewBox.split(" ").map(Number);
  expect([x, y]).toEqual([-124, -24]);
  expect(x + width).toBe(524);
  expect(y + height).toBeGreaterThan(114);
});
