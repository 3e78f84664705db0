import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { hangup } from "../hangup/index.ts";
import { play } from "./index.ts";

const saying = (bargeIn: boolean) =>
  flow({ hello: node(play, { prompt: "welcome", bargeIn }), bye: node(hangup, { prompt: "goodbye" }) }).connect(
    "hello",
    "done",
    "bye",
  );

scenario("says its prompt to the end and goes on", (call) => {
  call.to(saying(false));
  call.hears("welcome");
  call.hears("goodbye");
  call.isEnded();
});

scenario("without barge-in a key changes nothing", (call) => {
  call.to(saying(false));
  call.beginsToHear("welcome");
  call.presses("1");
  call.staysSilentFor("1900ms");
  call.staysSilentFor("100ms");
  call.hears("goodbye");
});

scenario("with barge-in any key cuts the prompt short", (call) => {
  call.to(saying(true));
  call.beginsToHear("welcome");
  call.presses("#");
  call.beginsToHear("goodbye");
});

scenario("with barge-in and no key it goes on as well", (call) => {
  call.to(saying(true));
  call.hears("welcome");
  call.hears("goodbye");
  call.isEnded();
});

scenario("a prompt without the caller's language is heard in the flow's first, and noted", (call) => {
  const french = call.another({ language: "fr-FR" });
  french.to(saying(false).with({ languages: ["en-GB", "fr-FR"], texts: { welcome: { "en-GB": "Hello" } } }));
  french.hearsIn("en-GB", "welcome");
  french.isNoted("promptFellBack");
  french.hearsIn("fr-FR", "goodbye");
});
