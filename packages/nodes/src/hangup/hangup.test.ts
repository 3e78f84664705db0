import { startUntilWait } from "@cordboard/engine";
import { compiledFlow, flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "./index.ts";

scenario("says a last prompt to its end, then ends the call", (call) => {
  call.to(flow({ bye: node(hangup, { prompt: "goodbye" }) }));
  call.hears("goodbye");
  call.isEnded();
});

test("as the first node without a prompt it refuses the call", () => {
  const refusing = compiledFlow(flow({ bye: node(hangup, { prompt: null }) }).document());
  const call = {
    callId: "call_1",
    callerNumber: null,
    callerName: null,
    dialledNumber: "1",
    lineName: "Main",
    language: null,
    timeZone: "UTC",
  };
  const { effects, snapshot } = startUntilWait(refusing, { call, now: 0 });
  expect(effects).toEqual([{ type: "hangUp", declineStatus: 603 }]);
  expect(snapshot.status).toBe("ended");
});
