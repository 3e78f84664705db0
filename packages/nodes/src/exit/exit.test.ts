import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { play } from "../play/index.ts";
import { exit } from "./index.ts";

scenario("in a flow that nothing runs inside itself an exit ends the call", (call) => {
  call.to(
    flow({ hello: node(play, { prompt: "welcome", bargeIn: false }), out: node(exit, { output: "done" }) }).connect(
      "hello",
      "done",
      "out",
    ),
  );
  call.hears("welcome");
  call.isEnded();
});
