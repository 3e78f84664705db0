import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeMessage } from "./decode-message.ts";
import { session } from "./testing/scripted-jambonz.ts";

const read = (message: object) => decodeMessage(JSON.stringify(message));
const own = {
  call_sid: "c1",
  direction: "inbound",
  from: "+33142278186",
  to: "+33970170170",
  sip_status: 200,
  sip_reason: "OK",
  account_sid: "acc-1",
  trace_id: "0000",
};

describe("hooks of what is played while keys are listened for", () => {
  const hook = (path: string, data: object) =>
    read({ type: "verb:hook", msgid: "m1", hook: path, data: { ...own, ...data } });

  test.each([
    // A finish key is not among the digits, but what was pressed before it is (jambonz 0.9.8, seen: l7).
    ["/e/7/keys/0", { digits: "", reason: "dtmfDetected" }, { kind: "collectEnded", digits: "0" }],
    ["/e/7/keys/star", { digits: "55", reason: "dtmfDetected" }, { kind: "collectEnded", digits: "*" }],
    ["/e/7/keys/hash", { digits: "", reason: "dtmfDetected" }, { kind: "collectEnded", digits: "#" }],
    ["/e/7/keys", { digits: "5", reason: "dtmfDetected" }, { kind: "collectEnded", digits: "5" }],
    ["/e/7/keys", { reason: "timeout" }, { kind: "playEnded", failed: false }],
    ["/e/7/record", { digits: "#", dial_call_duration: 5 }, { kind: "recordEnded", key: "#" }],
    ["/e/7/record", { dial_call_duration: 3 }, { kind: "recordEnded", key: null }],
  ])("%s", (path, data, result) => {
    expect(hook(path, data)).toMatchObject({ kind: "hook", nested: false, result: { entry: 7, ...result } });
  });

  test("of the play inside: the end of a prompt, and of music only that it failed", () => {
    const over = { reason: "playCompleted", playback_seconds: "3" };
    const failed = { status: "fail", reason: "playFailed" };
    const told = { kind: "hook", nested: true };
    expect(hook("/e/7/prompt", over)).toMatchObject({ ...told, result: { kind: "playEnded", failed: false } });
    expect(hook("/e/7/prompt", failed)).toMatchObject({ ...told, result: { kind: "playEnded", failed: true } });
    expect(hook("/e/7/music", failed)).toMatchObject({ ...told, result: { kind: "playEnded", failed: true } });
    expect(hook("/e/7/music", over)).toMatchObject({ kind: "otherHook", msgid: "m1" });
  });

  test.each(["/e/7/keys/9x", "/e/7/play/0", "/e/7/keys/", "/e/7/constructor"])("%s is none of ours", (path) => {
    expect(hook(path, {})).toMatchObject({ kind: "otherHook" });
  });
});

describe("sessions", () => {
  const facts = (change: object) => {
    const incoming = read({ type: "session:new", msgid: "m1", call_sid: "c1", data: session("c1", change) });
    return incoming.kind === "sessionNew" ? incoming.facts : incoming;
  };

  test("an inbound call that was diverted says what was dialled first", () => {
    const headers = { Diversion: "<sip:+33155500100@pbx.example>;reason=no-answer" };
    expect(facts({ sip: { headers } })).toMatchObject({ to: "+33970170170", firstDialled: "+33155500100" });
  });

  test("an inbound call", () => {
    expect(facts({ caller_name: '"Ana Lima"' })).toEqual({
      callSid: "c1",
      direction: "inbound",
      from: "+33142278186",
      hidden: false,
      to: "+33970170170",
      callerName: "Ana Lima",
      accountSid: "acc-1",
      applicationSid: "app-1",
      trunk: "carrierA",
      ourCallId: null,
    });
  });

  test("a call that we placed says which it is, and nobody else can", () => {
    const data = { ...(session("c1") as object), direction: "outbound", customerData: { call: "call_7" } };
    const facts = (changes: object) => read({ type: "session:new", msgid: "m1", data: { ...data, ...changes } });
    expect(facts({})).toMatchObject({ facts: { ourCallId: "call_7" } });
    expect(facts({ direction: "inbound" })).toMatchObject({ facts: { ourCallId: null } });
    expect(facts({ customerData: { order: 17 } })).toMatchObject({ facts: { ourCallId: null } });
  });

  test("an outbound call brings neither INVITE nor name", () => {
    const { sip: _sip, caller_name: _name, ...data } = session("c1") as Record<string, unknown>;
    const incoming = read({ type: "session:new", msgid: "m1", data: { ...data, direction: "outbound" } });
    expect(incoming).toMatchObject({ kind: "sessionNew", facts: { direction: "outbound", callerName: null } });
  });

  test.each([
    ["no number", { from: "anonymous", caller_name: '"Anonymous"' }],
    ["an empty number", { from: "" }],
    ["no `from` at all", { from: null }],
    ["whatever the letters", { from: " Anonymous " }],
    ["restricted", { from: "Restricted" }],
    ["an address", { from: "sip:anonymous@anonymous.invalid" }],
    ["an address of a gateway", { from: "sips:unavailable@192.0.2.1;user=phone" }],
    ["nobody's host", { from: '"Private" <sip:+33142278186@anonymous.invalid>' }],
    [
      "the older header",
      { sip: { headers: { "Remote-Party-ID": "<sip:+33142278186@x>;party=calling;privacy=full" } } },
    ],
    ["a number, and the wish to hide it", { sip: { headers: { Privacy: "user;id", from: "<sip:+33142278186@x>" } } }],
    ["the same in small letters", { sip: { headers: { privacy: "id" } } }],
  ])("a hidden caller stays hidden: %s", (_what, change) => {
    expect(facts({ caller_name: "Ana", ...change })).toMatchObject({ hidden: true, from: null, callerName: null });
  });

  test("a Privacy header of `none` hides nothing", () => {
    expect(facts({ sip: { headers: { privacy: "none" } } })).toMatchObject({ hidden: false, from: "+33142278186" });
    const open = { "remote-party-id": "<sip:+33142278186@x>;party=calling;privacy=off" };
    expect(facts({ sip: { headers: open } })).toMatchObject({ hidden: false });
  });

  test("a session without its call is malformed, and still to be acked", () => {
    expect(read({ type: "session:new", msgid: "m1", data: { to: "1" } })).toEqual({
      kind: "malformed",
      what: "session:new",
      msgid: "m1",
    });
  });
});

describe("hooks", () => {
  const hook = (path: unknown, data: object) =>
    read({ type: "verb:hook", msgid: "m1", call_sid: "c1", hook: path, data: { ...own, ...data }, b3: "0-0-1" });

  test.each([
    [{ digits: "42", reason: "dtmfDetected", verb_id: "e7" }, "42"],
    [{ digits: "", reason: "dtmfDetected" }, ""],
    [{ reason: "timeout", verb_id: "e7" }, null],
  ])("of a gather: %j", (data, digits) => {
    expect(hook("/e/7/collect", data)).toMatchObject({
      kind: "hook",
      result: { kind: "collectEnded", entry: 7, digits },
    });
  });

  test.each([
    [{ reason: "playCompleted", playback_seconds: 3 }, false],
    [{ status: "fail", reason: "playFailed" }, true],
  ])("of a play: %j", (data, failed) => {
    expect(hook("/e/8/play", data)).toMatchObject({ kind: "hook", result: { kind: "playEnded", entry: 8, failed } });
  });

  test("of a dial without a leg (the callee hung up while confirming: k5)", () => {
    expect(hook("/e/9/dial", { dial_call_status: "in-progress" })).toMatchObject({
      kind: "hook",
      result: { kind: "dialEnded", entry: 9, result: "silent", sipStatus: null, legSid: null },
    });
  });

  test.each(["/dialed", "/e/x/play", "/e/9/listen", "ws://192.0.2.1/telephony", { url: "/e/9/play" }, undefined])(
    "that we did not ask for: %j",
    (path) => {
      expect(hook(path, {})).toMatchObject({ kind: "otherHook", msgid: "m1" });
    },
  );

  test("whose content is of the wrong type is malformed, and still to be acked", () => {
    expect(hook("/e/7/collect", { digits: 42 })).toEqual({ kind: "malformed", what: "verb:hook", msgid: "m1" });
  });
});

describe("statuses", () => {
  const status = (data: object) => read({ type: "call:status", msgid: "m1", data: { ...own, ...data } });

  test.each([
    [{ call_status: "completed", call_termination_by: "caller", duration: 4 }, "caller", 4_000],
    [{ call_status: "completed", call_termination_by: "jambonz", duration: 2 }, "us", 2_000],
    [{ call_status: "no-answer", sip_status: 487 }, "caller", 0],
    [{ call_status: "failed", sip_status: 503 }, "network", 0],
  ])("the end of a call: %j", (data, by, durationMs) => {
    expect(status(data)).toMatchObject({
      kind: "callOver",
      callSid: "c1",
      event: { kind: "callerGone", by, durationMs },
    });
  });

  test.each([
    [{ call_status: "trying", sip_status: 100 }, { kind: "quiet" }],
    [
      { call_status: "ringing", sip_status: 180 },
      { kind: "leg", event: { kind: "legRinging", legSid: "leg", sipStatus: 180 } },
    ],
    [
      { call_status: "early-media", sip_status: 183 },
      { kind: "leg", event: { kind: "legRinging", sipStatus: 183 } },
    ],
    [{ call_status: "in-progress" }, { kind: "leg", event: { kind: "legAnswered", legSid: "leg" } }],
    [
      { call_status: "completed", duration: 3 },
      { kind: "leg", event: { kind: "legEnded", result: "completed" } },
    ],
    [
      { call_status: "busy", sip_status: 486 },
      { kind: "leg", event: { kind: "legEnded", result: "busy" } },
    ],
    [
      { call_status: "failed", sip_status: 404 },
      { kind: "leg", event: { kind: "legEnded", result: "unreachable" } },
    ],
  ])("of a dialled leg: %j", (data, expected) => {
    expect(status({ ...data, call_sid: "leg", parent_call_sid: "c1" })).toMatchObject(expected);
  });

  test("an `in-progress` that only reports a failed hook is not an answer (seen: g2)", () => {
    expect(status({ call_status: "in-progress", error: "invalid actionHook response" })).toEqual({ kind: "quiet" });
  });

  test("verbs: what starts and what is finished, by our id", () => {
    const verb = (data: object) => read({ type: "verb:status", msgid: "m1", call_sid: "c1", data });
    expect(verb({ event: "starting", id: "e12", name: "gather" })).toEqual({ kind: "verbStarted", entry: 12 });
    expect(verb({ event: "finished", id: "e12", name: "play" })).toEqual({
      kind: "verbFinished",
      entry: 12,
      verb: "play",
    });
    expect(verb({ event: "start-playback", verb: "play", id: "e12" })).toEqual({ kind: "quiet" });
    expect(verb({ event: "finished", name: "config" })).toEqual({ kind: "quiet" });
  });

  test("errors name the entry", () => {
    const data = { msg: "invalid actionHook response", verb: "gather", id: "e5", details: "timeout" };
    expect(read({ type: "jambonz:error", msgid: "m1", call_sid: "c1", data })).toEqual({
      kind: "failure",
      entry: 5,
      code: "hookUndecided",
      details: "invalid actionHook response: timeout",
    });
  });
});

describe("whatever comes", () => {
  const types = [
    "session:new",
    "session:reconnect",
    "session:redirect",
    "verb:hook",
    "call:status",
    "verb:status",
    "jambonz:error",
  ];
  const loose = fc.record(
    {
      type: fc.oneof(fc.constantFrom(...types), fc.string()),
      msgid: fc.oneof(fc.string(), fc.jsonValue()),
      hook: fc.oneof(fc.constantFrom("/e/1/play", "/e/2/collect", "/e/3/dial", "/x"), fc.jsonValue()),
      data: fc.oneof(
        fc.record(
          {
            call_sid: fc.oneof(fc.string(), fc.jsonValue()),
            call_status: fc.oneof(fc.constantFrom("completed", "ringing", "in-progress"), fc.jsonValue()),
            digits: fc.jsonValue(),
            sip: fc.jsonValue(),
            id: fc.jsonValue(),
            event: fc.jsonValue(),
          },
          { requiredKeys: [] },
        ),
        fc.jsonValue(),
      ),
    },
    { requiredKeys: [] },
  );

  test("is read without throwing", () => {
    fc.assert(
      fc.property(fc.oneof(loose, fc.jsonValue()), (message) => {
        expect(decodeMessage(JSON.stringify(message)).kind).toBeTypeOf("string");
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(decodeMessage(text).kind).toBeTypeOf("string");
      }),
    );
  });

  test("keeps its msgid when it wants an ack", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("session:new", "session:reconnect", "verb:hook"),
        fc.jsonValue(),
        fc.jsonValue(),
        (type, data, hook) => {
          const incoming = read({ type, msgid: "m1", hook, data: { ...(data as object) } });
          expect("msgid" in incoming && incoming.msgid).toBe("m1");
        },
      ),
      { numRuns: 500 },
    );
  });

  test("that is not JSON is malformed", () => {
    expect(decodeMessage('{"type":')).toEqual({ kind: "malformed", what: "not JSON", msgid: null });
    expect(decodeMessage('["type"]')).toEqual({ kind: "malformed", what: "envelope", msgid: null });
  });
});

test("who answered a call that we placed: only a machine that was made out is one", () => {
  const heard = (type: string) => read({ type: "verb:hook", msgid: "m1", hook: "/machine", data: { ...own, type } });
  expect(heard("amd_machine_detected")).toEqual({ kind: "whoAnswered", msgid: "m1", machine: true });
  for (const type of [
    "amd_human_detected",
    "amd_no_speech_detected",
    "amd_decision_timeout",
    "amd_error",
    "amd_stopped",
  ]) {
    expect(heard(type)).toEqual({ kind: "whoAnswered", msgid: "m1", machine: false });
  }
  expect(read({ type: "verb:hook", msgid: "m1", hook: "/machine" })).toMatchObject({ machine: false });
});
