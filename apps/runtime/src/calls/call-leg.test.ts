import { expect, test } from "vitest";
import { callStage, toTheTelephone } from "../testing/call-stage.ts";
import { legOver } from "./call-leg.ts";

/** What the call centre is owed of a telephone that rang, when its dial ended with this status. */
async function owedAfter(sipStatus: number | null, legEndSeen: boolean) {
  const s = callStage();
  const call = s.begin(s.connect());
  await toTheTelephone(s, call);
  call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
  await call.settled();
  const before = call.document;
  const ended = { entry: before.leg?.entry ?? -1, result: "silent", sipStatus } as const;
  const over = legOver(before, before, ended, legEndSeen, s.clock.now());
  return over.outbox.slice(before.outbox.length).flatMap((item) => (item.kind === "leg" ? [item.report] : []));
}

test("a telephone that nobody answered sets its operator aside", async () => {
  expect(await owedAfter(487, true)).toEqual([{ kind: "failed", result: "silent" }]);
});

test("one that got no final status does so too, or its caller would wait behind it for ever; and its leg is to be hung up", async () => {
  const reports = await owedAfter(180, false);
  expect(reports).toEqual([{ kind: "failed", result: "silent" }, { kind: "orphaned" }]);
});
