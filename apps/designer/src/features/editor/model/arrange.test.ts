import { expect, test } from "vitest";
import { smallFlow } from "../testing.ts";
import { arrangeCommands } from "./arrange.ts";

const sizeOf = () => ({ width: 200, height: 100 });

test("from left to right as calls go", async () => {
  const places = await arrangeCommands({ ...smallFlow(), layout: {} }, sizeOf);
  const x = new Map(places.map((one) => (one.type === "moveNode" ? [one.id, one.position?.[0]] : ["", 0])));
  expect(x.get("hello")).toBeLessThan(x.get("menu") ?? 0);
  expect(x.get("menu")).toBeLessThan(x.get("end") ?? 0);
});

test("of some alone: the others are not told to move, and the upper left corner stays where it was", async () => {
  const flow = { ...smallFlow(), layout: { hello: [0, 0], menu: [900, 700], end: [800, 900] } };
  const places = await arrangeCommands(flow, sizeOf, new Set(["menu", "end"]));
  expect(places.map((one) => (one.type === "moveNode" ? one.id : null))).toEqual(["menu", "end"]);
  const [xs, ys] = [0, 1].map((axis) => places.map((one) => (one.type === "moveNode" ? one.position?.[axis] : 0) ?? 0));
  expect([Math.min(...(xs ?? [])), Math.min(...(ys ?? []))]).toEqual([800, 700]);
});
