import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { hangup } from "../hangup/index.ts";
import type { EchoConfig } from "./config.ts";
import { echo } from "./index.ts";

const trial = (settings: Partial<EchoConfig> = {}) =>
  flow({
    echo: node(echo, { ...echo.initial, ...settings }),
    heard: node(hangup, { prompt: "good" }),
    notHeard: node(hangup, { prompt: "bad" }),
    unavailable: node(hangup, { prompt: "nothing" }),
  })
    .connect("echo", "heard", "heard")
    .connect("echo", "notHeard", "notHeard")
    .connect("echo", "unavailable", "unavailable");

scenario("one's own words come back, and 1 says so; nothing is kept of them", (call) => {
  call.to(trial());
  call.hears("testCallSpeak");
  call.hears("beep");
  call.speaksFor("3s");
  call.presses("#");
  call.hears("recording");
  call.beginsToHear("testCallQuestion");
  call.presses("1");
  call.hears("good");
  call.leavesNoMessage();
});

scenario("2 says that nothing was heard; silence to the end counts as that", (call) => {
  call.to(trial());
  call.hears("testCallSpeak");
  call.hears("beep");
  call.speaksFor("2s");
  call.presses("#");
  call.hears("recording");
  call.beginsToHear("testCallQuestion");
  call.presses("2");
  call.hears("bad");
  const silent = call.another();
  silent.to(trial({ attempts: 1 }));
  silent.hears("testCallSpeak");
  silent.hears("beep");
  silent.speaksFor("2s");
  silent.presses("#");
  silent.hears("recording");
  silent.hears("testCallQuestion");
  silent.staysSilentFor("6s");
  silent.hears("bad");
});

scenario("who hangs up in it leaves no message", (call) => {
  call.to(trial());
  call.hears("testCallSpeak");
  call.hears("beep");
  call.speaksFor("4s");
  call.hangsUp();
  call.leavesNoMessage();
});
