import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { hangup } from "../hangup/index.ts";
import type { RecordConfig } from "./config.ts";
import { record } from "./index.ts";

const recording = (settings: Partial<RecordConfig> = {}) =>
  flow({
    record: node(record, { ...record.initial, ...settings }),
    again: node(record, { ...record.initial, notice: false }),
    done: node(hangup, { prompt: "bye" }),
  })
    .connect("record", "done", "done")
    .connect("record", "refused", "again")
    .connect("again", "done", "done");

scenario("the notice is heard to its end: conversations are recorded", (call) => {
  call.to(recording());
  call.recordingIs("unsaid");
  call.hears("recordingNotice");
  call.hears("bye");
  call.recordingIs("on");
});

scenario("9 refuses, at any moment of it; it is said, and no later step takes it back", (call) => {
  call.to(recording());
  call.beginsToHear("recordingNotice");
  call.presses("9");
  call.hears("recordingRefused");
  call.hears("bye");
  call.recordingIs("refused");
});

scenario("another key is no refusal", (call) => {
  call.to(recording());
  call.beginsToHear("recordingNotice");
  call.presses("1");
  call.hears("bye");
  call.recordingIs("on");
});

scenario("a notice of one's own with another key; without a key nothing can be refused", (call) => {
  call.to(recording({ noticePrompt: "ours", refuseKey: "5" }));
  call.beginsToHear("ours");
  call.presses("5");
  call.hears("recordingRefused");
  call.recordingIs("refused");
  const told = call.another();
  told.to(recording({ refuseKey: null }));
  told.hears("recordingNoticeShort");
  told.hears("bye");
  told.recordingIs("on");
});

scenario("without a notice it is at once so, or not at all", (call) => {
  call.to(recording({ notice: false }));
  call.hears("bye");
  call.recordingIs("on");
  const never = call.another();
  never.to(recording({ record: false }));
  never.hears("bye");
  never.recordingIs("off");
});
