import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import { percent } from "./index.ts";

const sharing = (...percents: readonly number[]) => {
  const shares = percents.map((share, index) => ({ id: `s${index + 1}`, label: "", percent: share }));
  const sketch = flow({
    share: node(percent, { shares }),
    s1: node(hangup, { prompt: "first" }),
    s2: node(hangup, { prompt: "second" }),
    others: node(hangup, { prompt: "others" }),
  });
  for (const { id } of shares) sketch.connect("share", id, id);
  return sketch;
};

for (const [drawn, heard] of [
  [0, "first"],
  [0.2999, "first"],
  [0.3, "second"],
  [0.4999, "second"],
  [0.5, "others"],
  [0.9999, "others"],
] as const) {
  scenario(`of shares of 30 and 20 percent, ${drawn} falls to ${heard}`, (call) => {
    call.draws(drawn);
    call.to(sharing(30, 20).connect("share", "otherwise", "others"));
    call.hears(heard);
  });
}

scenario("each call is drawn by itself", (call) => {
  call.draws(0.1, 0.4);
  call.to(sharing(30, 20));
  call.hears("first");
  const next = call.another();
  next.to(sharing(30, 20));
  next.hears("second");
});

test("more than a hundred percent is refused; at a hundred the others need no way", () => {
  const codes = (...percents: readonly number[]) =>
    validate(sharing(...percents).document(), registry)
      .filter(({ nodeId, severity }) => nodeId === "share" && severity === "error")
      .map(({ code }) => code);
  expect(codes(60, 41)).toEqual(["percentTooMuch"]);
  expect(codes(60, 40)).toEqual([]);
  expect(codes(60, 30)).toEqual(["outputUnconnected"]);
});
