import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import type { VoicemailConfig } from "./config.ts";
import { voicemail } from "./index.ts";

const recording = (settings: Partial<VoicemailConfig> = {}) =>
  flow({
    box: node(voicemail, { ...voicemail.initial, box: "sales", greeting: "greeting", ...settings }),
    sent: node(hangup, { prompt: "thanks" }),
    empty: node(hangup, { prompt: "nothing" }),
    unavailable: node(hangup, { prompt: "sorry" }),
    board: node(hangup, { prompt: "switchboard" }),
  })
    .connect("box", "sent", "sent")
    .connect("box", "empty", "empty")
    .connect("box", "unavailable", "unavailable");

scenario("greeting, tone, message, end key, review: 1 sends it", (call) => {
  call.to(recording());
  call.hears("greeting");
  call.hears("beep");
  call.speaksFor("5s");
  call.presses("#");
  call.hears("voicemailReview");
  call.leavesNoMessage();
  call.presses("1");
  call.leavesMessageIn("sales");
  call.hears("thanks");
});

scenario("a key skips the greeting; without review the message is sent at once", (call) => {
  call.to(recording({ review: false }));
  call.beginsToHear("greeting");
  call.presses("5");
  call.hears("beep");
  call.speaksFor("3s");
  call.presses("#");
  call.hears("thanks");
  call.leavesMessageIn("sales");
});

scenario("2 plays the message and asks again, 3 records it again and takes the first one back", (call) => {
  call.to(recording());
  call.hears("greeting");
  call.hears("beep");
  call.speaksFor("4s");
  call.presses("#");
  call.beginsToHear("voicemailReview");
  call.presses("2");
  call.hears("recording");
  call.beginsToHear("voicemailReview");
  call.presses("3");
  call.hears("beep");
  call.speaksFor("6s");
  call.presses("#");
  call.beginsToHear("voicemailReview");
  call.presses("2");
  call.beginsToHear("recording");
  call.presses("1");
  call.hears("thanks");
  call.leavesMessageIn("sales", { seconds: 6 });
});

scenario("who hangs up while recording, or during the review, has left a message", (call) => {
  call.to(recording());
  call.hears("greeting");
  call.hears("beep");
  call.speaksFor("5s");
  call.hangsUp();
  call.leavesMessageIn("sales", { seconds: 5 });
  const reviewing = call.another();
  reviewing.to(recording());
  reviewing.hears("greeting");
  reviewing.hears("beep");
  reviewing.speaksFor("7s");
  reviewing.presses("#");
  reviewing.beginsToHear("voicemailReview");
  reviewing.hangsUp();
  reviewing.leavesMessageIn("sales", { seconds: 7 });
});

scenario("who hangs up in the greeting, or at once after the tone, has left none", (call) => {
  call.to(recording());
  call.beginsToHear("greeting");
  call.hangsUp();
  call.leavesNoMessage();
  const short = call.another();
  short.to(recording());
  short.hears("greeting");
  short.hears("beep");
  short.speaksFor("1s");
  short.hangsUp();
  short.leavesNoMessage();
});

scenario("a message that is too short is tried again, then leaves by empty", (call) => {
  call.to(recording());
  call.hears("greeting");
  call.hears("beep");
  call.speaksFor("1s");
  call.presses("#");
  call.hears("voicemailTooShort");
  call.hears("beep");
  call.presses("#");
  call.hears("voicemailTooShort");
  call.hears("nothing");
  call.isEnded();
  call.leavesNoMessage();
});

scenario("silence ends the message, and so does its greatest length", (call) => {
  call.to(recording({ review: false }));
  call.hears("greeting");
  call.hears("beep");
  call.speaksFor("3s");
  call.staysSilentFor("10s");
  call.hears("thanks");
  call.leavesMessageIn("sales");
  const long = call.another();
  long.to(recording({ maxMs: 20_000, review: false }));
  long.hears("greeting");
  long.hears("beep");
  long.speaksFor("1m");
  long.hears("thanks");
  long.leavesMessageIn("sales", { seconds: 20 });
});

scenario("who answers nothing to the review, or wrong keys only, has sent the message", (call) => {
  call.to(recording());
  call.hears("greeting");
  call.hears("beep");
  call.speaksFor("3s");
  call.presses("#");
  call.hears("voicemailReview");
  call.staysSilentFor("8s");
  call.hears("thanks");
  call.leavesMessageIn("sales");
  const wrong = call.another();
  wrong.to(recording());
  wrong.hears("greeting");
  wrong.hears("beep");
  wrong.speaksFor("3s");
  wrong.presses("#");
  for (let times = 0; times < 5; times++) {
    wrong.beginsToHear("voicemailReview");
    wrong.presses("9");
  }
  wrong.hears("thanks");
  wrong.leavesMessageIn("sales");
});

scenario("when nothing can be recorded the caller is told and goes on", (call) => {
  call.recordingFails();
  call.to(recording());
  call.hears("greeting");
  call.hears("sorry");
  call.leavesNoMessage();
});

scenario("a key of the whole flow leads away from the review; what was said is delivered at the end", (call) => {
  call.to(recording().with({ keys: { 0: "board" } }));
  call.hears("greeting");
  call.hears("beep");
  call.speaksFor("3s");
  call.presses("#");
  call.beginsToHear("voicemailReview");
  call.presses("0");
  call.hears("switchboard");
  call.isEnded();
  call.leavesMessageIn("sales");
});

test("a shortest message that is longer than the longest is refused", () => {
  const document = recording({ minMs: 10_000, maxMs: 5_000 }).document();
  const found = validate(document, registry).find(({ code }) => code === "voicemailLengths");
  expect(found).toMatchObject({ severity: "error", pointer: "/nodes/0/config/minMs" });
});
