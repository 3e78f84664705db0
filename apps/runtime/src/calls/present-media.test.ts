import type { MediaEffect } from "@cordboard/node-kit";
import { expect, test } from "vitest";
import { callStage } from "../testing/call-stage.ts";

test("hold music that is sent again after a reconnection goes on where the caller is by then", async () => {
  const s = callStage();
  const call = s.begin(s.connect());
  await call.beginNew();
  const { pending } = s.hook();
  call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits: "1", hook: pending });
  await call.settled();
  const heard = () => s.rendered.filter((effect): effect is MediaEffect & { type: "hold" } => effect.type === "hold");
  expect(heard().at(-1)?.heardMs ?? 0).toBeLessThan(100);
  await s.clock.advance(30_000);
  // Nothing proved that it began: it is sent again.
  const old = call.connection;
  if (old) call.cut(old, 1006);
  call.reattach(s.connect());
  await s.clock.advance(1_000);
  expect(heard()).toHaveLength(2);
  expect(heard().at(-1)?.heardMs).toBeGreaterThanOrEqual(30_000);
  expect(heard().at(-1)?.heardMs).toBeLessThan(31_500);
});
