import { expect, test } from "vitest";
import { decodeMessage } from "./decode-message.ts";
import { renderNotice } from "./render-notice.ts";

const url = "http://192.0.2.1/media/notice.wav";

test("one gather that hears one key, with time to press it after the notice; nothing that could end the call", () => {
  const gather = { verb: "gather", input: ["digits"], numDigits: 1, play: { url } };
  expect(renderNotice(7, { url }, "notice")).toEqual([{ ...gather, actionHook: "/e/7/notice", timeout: 1.5 }]);
  expect(renderNotice(7, { url }, "refusal")).toEqual([{ ...gather, actionHook: "/e/7/refusal", timeout: 0.1 }]);
});

test("what jambonz says of it is known again by its entry", () => {
  const read = (type: string, hook: string, data: object) =>
    decodeMessage(JSON.stringify({ type, msgid: "m", hook, data }));
  const of = (result: object) => expect.objectContaining({ kind: "hook", msgid: "m", result, nested: false });
  expect(read("dial:confirm", "/e/7/confirm", { call_sid: "leg" })).toEqual(of({ kind: "confirmAsked", entry: 7 }));
  expect(read("verb:hook", "/e/7/notice", { digits: "9", reason: "dtmfDetected" })).toEqual(
    of({ kind: "noticeHeard", entry: 7, digits: "9" }),
  );
  expect(read("verb:hook", "/e/7/notice", { reason: "timeout" })).toEqual(
    of({ kind: "noticeHeard", entry: 7, digits: null }),
  );
  expect(read("verb:hook", "/e/7/refusal", { reason: "timeout" })).toEqual(of({ kind: "refusalHeard", entry: 7 }));
  expect(read("dial:confirm", "/e/7/dial", {})).toMatchObject({ kind: "otherHook" });
});
