import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSimulatorCore } from "./create-simulator-core.ts";
import type { CoreConfig, Input, Output, SimulatorCore, Sound } from "./types.ts";
import { CARRIED_VERBS } from "./verbs/make-verb.ts";

const INVITE = [
  "INVITE sip:100@127.0.0.1:5060 SIP/2.0",
  "From: <sip:+15550100@127.0.0.1:5090>;tag=1",
  "To: <sip:100@127.0.0.1:5060>",
  "Call-ID: c1",
  "Contact: <sip:+15550100@127.0.0.1:5090>",
  "",
  "",
].join("\r\n");

function config(): CoreConfig {
  let count = 0;
  const next = (prefix: string) => (): string => `${prefix}${count++}`;
  return {
    accountSid: "account",
    serviceProviderSid: "provider",
    applications: [
      {
        sid: "app",
        callHook: { url: "ws://app.example/call" },
        synthesizer: { vendor: "custom:x", language: "fr-FR", voice: "v" },
        recognizer: { vendor: "none", language: "fr-FR" },
      },
    ],
    defaultApplicationSid: "app",
    sipAddress: "127.0.0.1:5060",
    outboundProxy: "127.0.0.1:5070",
    traceId: "0",
    speech: [],
    cachedAudio: [
      { url: "https://a.example/hello.wav", durationMs: 2000 },
      { url: "https://a.example/music.wav", durationMs: 60_000 },
    ],
    ids: { callSid: next("call"), messageId: next("message"), sipCallId: next("sip"), sipTag: next("tag") },
  };
}

/** A call on virtual time: the application is open at once, and the test says what it answers. */
class Bench {
  readonly core: SimulatorCore = createSimulatorCore(config());
  readonly outputs: Array<Output & { readonly at: number }> = [];
  now = 0;

  feed(input: Input): void {
    for (const output of this.core.handle(input, this.now)) {
      this.outputs.push({ ...output, at: this.now });
      if (output.kind === "connect") this.feed({ kind: "socketOpened", socket: output.socket });
    }
  }

  pass(ms: number): void {
    const end = this.now + ms;
    for (let due = this.core.wakeAt(); due !== undefined && due <= end; due = this.core.wakeAt()) {
      this.now = Math.max(this.now, due);
      this.feed({ kind: "time" });
    }
    this.now = end;
  }

  call(verbs: unknown, leg = "caller", socket = "socket-1"): void {
    this.feed({ kind: "invite", leg, raw: INVITE, source: "127.0.0.1:5090" });
    this.pass(10);
    this.ack("session:new", verbs, socket);
  }

  messages(type: string): Array<{ readonly msgid: string; readonly data: Readonly<Record<string, unknown>> }> {
    return this.outputs.flatMap((output) => {
      if (output.kind !== "send") return [];
      const message: {
        readonly type: string;
        readonly msgid: string;
        readonly data: Readonly<Record<string, unknown>>;
      } = JSON.parse(output.text);
      return message.type === type ? [message] : [];
    });
  }

  ack(type: string, data: unknown, socket = "socket-1"): void {
    const message = this.messages(type).at(-1);
    this.say({ type: "ack", msgid: message?.msgid, data }, socket);
  }

  say(message: object, socket = "socket-1"): void {
    this.feed({ kind: "socketMessage", socket, text: JSON.stringify(message) });
  }

  redirect(verbs: unknown): void {
    this.say({ type: "command", command: "redirect", data: verbs });
  }

  hears(leg: string): Sound[] {
    return this.outputs.flatMap((output) => (output.kind === "hears" && output.leg === leg ? [output.sound] : []));
  }

  answerLatest(status: number): string {
    const invite = this.outputs.findLast(
      (output) => output.kind === "sip" && output.message.kind === "request" && output.message.method === "INVITE",
    );
    const leg = invite?.kind === "sip" ? invite.leg : "";
    this.feed({ kind: "sipResponse", leg, method: "INVITE", status, hasMedia: true });
    return leg;
  }
}

const PROPERTIES = [
  "url",
  "text",
  "loop",
  "actionHook",
  "numDigits",
  "minDigits",
  "maxDigits",
  "input",
  "timeout",
  "callerId",
  "callerName",
  "length",
  "status",
  "reason",
  "headers",
  "notifyEvents",
  "data",
  "finishOnKey",
  "interDigitTimeout",
  "play",
  "say",
  "target",
  "dialMusic",
  "dtmfHook",
  "dtmfCapture",
  "confirmHook",
  "timeLimit",
  "answerOnBridge",
  "listen",
  "synthesizer",
  "recognizer",
  "sampleRate",
  "mixType",
  "maxLength",
  "passDtmf",
  "playBeep",
  "metadata",
  "wsAuth",
  "dtmf",
  "duration",
  "timeoutSecs",
  "earlyMedia",
  "tag",
  "id",
];
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  play: ["url"],
  say: ["text"],
  dial: ["target"],
  pause: ["length"],
  dtmf: ["dtmf"],
  tag: ["data"],
  listen: ["url"],
  redirect: ["actionHook"],
  "sip:decline": ["status"],
};

const kinds = (sounds: readonly Sound[]): string[] =>
  sounds.map((sound) => (sound.kind === "audio" ? sound.url : sound.kind));
const target = [{ type: "sip", sipUri: "sip:ines@desk.example" }];

describe("what a caller hears", () => {
  test("ring-back until the answer, the greeting, then silence when the verbs have run out", () => {
    const bench = new Bench();
    bench.call([{ verb: "play", url: "https://a.example/hello.wav" }]);
    bench.pass(10_000);
    expect(kinds(bench.hears("caller"))).toEqual(["ringBack", "silence", "https://a.example/hello.wav", "silence"]);
    expect(bench.messages("call:status").map(({ data }) => data.call_status)).toEqual(["trying", "in-progress"]);
  });

  test("hold music again and again until a redirect stops it", () => {
    const bench = new Bench();
    bench.call([{ verb: "play", url: "https://a.example/hello.wav", loop: "forever" }]);
    bench.pass(7000);
    bench.redirect([{ verb: "pause", length: 30 }]);
    bench.pass(5000);
    const heard = kinds(bench.hears("caller")).filter((sound) => sound.startsWith("https"));
    expect(heard.length).toBe(4);
    expect(kinds(bench.hears("caller")).at(-1)).toBe("silence");
  });

  test("music while an operator's telephone rings, then the operator, also after the media have left the server", () => {
    const bench = new Bench();
    bench.call([{ verb: "answer" }, { verb: "dial", target, dialMusic: "https://a.example/music.wav" }]);
    bench.pass(1000);
    const leg = bench.answerLatest(200);
    expect(kinds(bench.hears("caller")).at(-1)).toBe("https://a.example/music.wav");
    bench.pass(500);
    for (let side = 0; side < 2; side += 1) {
      bench.answerLatest(200);
      bench.pass(100);
    }
    expect(bench.hears("caller").at(-1)).toEqual({ kind: "bridged", with: leg });
    expect(bench.hears(leg).at(-1)).toEqual({ kind: "bridged", with: "caller" });
  });

  test("a telephone that is busy at once: the music meant for its ringing is not heard in place of what follows", () => {
    const bench = new Bench();
    bench.call([{ verb: "answer" }, { verb: "play", url: "https://a.example/hello.wav", loop: "forever" }]);
    bench.pass(1000);
    bench.redirect([
      { verb: "dial", target, dialMusic: "https://a.example/music.wav" },
      { verb: "play", url: "https://a.example/hello.wav", loop: "forever" },
    ]);
    bench.pass(85);
    bench.answerLatest(486);
    bench.pass(1000);
    expect(kinds(bench.hears("caller")).at(-1)).toBe("https://a.example/hello.wav");
    expect(kinds(bench.hears("caller"))).not.toContain("https://a.example/music.wav");
  });

  test("with anchored media the bridge comes at once and stays after the music was stopped for it", () => {
    const bench = new Bench();
    bench.call([
      { verb: "answer" },
      { verb: "dial", target, dialMusic: "https://a.example/music.wav", anchorMedia: true },
    ]);
    bench.pass(1000);
    const leg = bench.answerLatest(200);
    bench.pass(1000);
    expect(bench.hears("caller").at(-1)).toEqual({ kind: "bridged", with: leg });
    bench.feed({ kind: "bye", leg });
    bench.pass(100);
    expect(kinds(bench.hears("caller")).at(-1)).toBe("silence");
  });
});

test("what is played to a telephone that we dialled is not heard there once its media have left the server", () => {
  const bench = new Bench();
  const to = { type: "user", name: "ines@a" };
  bench.feed({ kind: "restCreateCall", request: "r", body: { application_sid: "app", from: "1", to } });
  bench.pass(50);
  const near = bench.answerLatest(200);
  bench.pass(200);
  bench.ack("session:new", [{ verb: "dial", target: [{ type: "user", name: "tom@a" }] }], "socket-2");
  bench.pass(100);
  bench.answerLatest(200);
  // Both telephones take the re-INVITEs by which their media leave the server.
  for (let taken = 0; taken < 2; taken += 1) {
    bench.pass(500);
    bench.answerLatest(200);
  }
  bench.pass(500);
  expect(bench.hears(near).at(-1)?.kind).toBe("bridged");
  const played = [{ verb: "play", url: "https://a.example/hello.wav" }];
  bench.say({ type: "command", command: "redirect", data: played }, "socket-2");
  bench.pass(1000);
  expect(bench.hears(near).at(-1)).toEqual({ kind: "silence" });
});

/** What the real session code does, run with fakes below it (0.9.8). */
describe("voices in a conference", () => {
  const talkingInARoom = (): Bench => {
    const bench = new Bench();
    bench.call([{ verb: "answer" }, { verb: "conference", name: "c" }]);
    bench.pass(1000);
    bench.call([{ verb: "answer" }, { verb: "conference", name: "c" }], "operator", "socket-2");
    bench.pass(1000);
    expect(heard(bench)).toEqual(["bridged", "bridged"]);
    return bench;
  };
  const heard = (bench: Bench) => ["caller", "operator"].map((leg) => bench.hears(leg).at(-1)?.kind);

  test("who is muted by a command on their own socket is not heard, and hears", () => {
    const bench = talkingInARoom();
    bench.say({ type: "command", command: "mute:status", data: { mute_status: "mute" } }, "socket-2");
    expect(heard(bench)).toEqual(["silence", "bridged"]);
    bench.say({ type: "command", command: "mute:status", data: { mute_status: "unmute" } }, "socket-2");
    expect(heard(bench)).toEqual(["bridged", "bridged"]);
  });

  test("the command named after conferences takes everybody's voice who did not come as a moderator, its sender's or not", () => {
    const bench = talkingInARoom();
    bench.say({ type: "command", command: "conf:mute-status", data: { conf_mute_status: "mute" } }, "socket-2");
    expect(heard(bench)).toEqual(["silence", "silence"]);
  });
});

describe("the core", () => {
  const action = fc.oneof(
    fc.record({ what: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: 4000 }) }),
    fc.record({
      what: fc.constant("ack" as const),
      type: fc.constantFrom("verb:hook", "session:reconnect", "session:new"),
      verbs: fc.integer({ min: 0, max: 5 }),
    }),
    fc.record({ what: fc.constant("redirect" as const), verbs: fc.integer({ min: 0, max: 5 }) }),
    fc.record({
      what: fc.constantFrom(
        "bye" as const,
        "cancel" as const,
        "drop" as const,
        "close" as const,
        "keys" as const,
        "noise" as const,
      ),
    }),
    fc.record({
      what: fc.constant("answer" as const),
      status: fc.constantFrom(100, 180, 183, 200, 404, 486, 487, 603),
    }),
  );
  const lists = [
    [],
    [{ verb: "hangup" }],
    [{ verb: "play", url: "https://a.example/hello.wav", loop: "forever", actionHook: "/played" }],
    [{ verb: "gather", numDigits: 1, timeout: 2, actionHook: "/keys", play: { url: "https://a.example/hello.wav" } }],
    [
      { verb: "dial", target, timeout: 3, actionHook: "/dialled" },
      { verb: "pause", length: 1 },
    ],
    [{ verb: "sip:decline", status: 486 }],
  ];

  function live(actions: readonly (typeof action extends fc.Arbitrary<infer T> ? T : never)[]): Bench {
    const bench = new Bench();
    bench.call(lists[2]);
    for (const one of actions) {
      if (one.what === "pass") bench.pass(one.ms);
      else if (one.what === "ack") bench.ack(one.type, lists[one.verbs]);
      else if (one.what === "redirect") bench.redirect(lists[one.verbs]);
      else if (one.what === "answer") bench.answerLatest(one.status);
      else if (one.what === "bye" || one.what === "cancel") bench.feed({ kind: one.what, leg: "caller" });
      else if (one.what === "keys") bench.feed({ kind: "keys", leg: "caller", keys: "12#" });
      else if (one.what === "noise") bench.feed({ kind: "socketMessage", socket: "socket-1", text: "{not json" });
      else bench.feed({ kind: "socketClosed", socket: "socket-1", code: one.what === "drop" ? 1006 : 1000 });
    }
    bench.pass(60_000);
    return bench;
  }

  test("survives whatever telephones and application do, ends each leg once, and says the same twice", () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 25 }), (actions) => {
        const bench = live(actions);
        const ends = new Map<unknown, number>();
        for (const { data } of bench.messages("call:status")) {
          // A hook that fails after the end is told with the same status, and says so.
          if (data.call_status === "completed" && data.error === undefined)
            ends.set(data.call_sid, (ends.get(data.call_sid) ?? 0) + 1);
        }
        for (const times of ends.values()) expect(times).toBe(1);
        expect(live(actions).outputs).toEqual(bench.outputs);
      }),
      { numRuns: 150 },
    );
  });

  test("no list of verbs and no command brings it down", () => {
    const anything = fc.oneof(
      fc.string(),
      fc.integer({ min: -5, max: 100 }),
      fc.boolean(),
      fc.constant(null),
      fc.constant({ url: "https://a.example/hello.wav", verb: "play" }),
      fc.constant([
        { type: "sip", sipUri: "nonsense" },
        { type: "user", name: "" },
        { type: "phone", number: "1" },
      ]),
      fc.constantFrom("ws://a.example", "https://a.example/hello.wav", "forever", "completed", "mute", "#", "/hook"),
    );
    const names = fc.constantFrom(...PROPERTIES);
    const verb = fc.record({
      verb: fc.constantFrom(...CARRIED_VERBS),
      rest: fc.dictionary(names, anything, { maxKeys: 4 }),
    });
    const required = {
      url: "https://a.example/hello.wav",
      text: "t",
      target,
      length: 1,
      dtmf: "1",
      data: {},
      status: 480,
      actionHook: "/h",
    };
    const list = fc.array(verb, { maxLength: 4 });
    const command = fc.record({
      command: fc.constantFrom(
        "redirect",
        "call:status",
        "dial",
        "whisper",
        "dtmf",
        "listen:status",
        "config",
        "mute:status",
      ),
      data: anything,
    });
    fc.assert(
      fc.property(list, fc.array(command, { maxLength: 4 }), (verbs, commands) => {
        const bench = new Bench();
        const complete = verbs.map(({ verb: name, rest }) => {
          const known = Object.fromEntries(Object.entries(required).filter(([key]) => REQUIRED[name]?.includes(key)));
          return { verb: name, ...known, ...rest };
        });
        bench.call([{ verb: "answer" }, ...complete]);
        bench.pass(500);
        bench.redirect(complete);
        for (const { command: name, data } of commands) bench.say({ type: "command", command: name, data });
        bench.pass(500);
        bench.answerLatest(200);
        bench.feed({ kind: "restCreateCall", request: "r", body: commands[0]?.data });
        bench.feed({ kind: "restUpdateCall", request: "u", callSid: "call0", body: { call_hook: commands[0]?.data } });
        bench.pass(70_000);
        bench.feed({ kind: "bye", leg: "caller" });
        bench.pass(40_000);
        expect(bench.messages("session:new").length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  test("a verb that it does not carry is refused, not passed over", () => {
    const bench = new Bench();
    bench.call([{ verb: "enqueue", name: "c" }]);
    const answer = bench.outputs.find((output) => output.kind === "sip" && output.message.kind === "response");
    expect(answer).toMatchObject({
      message: { status: 480, headers: [["X-Reason", "the simulator does not carry the verb enqueue"]] },
    });
  });
});
