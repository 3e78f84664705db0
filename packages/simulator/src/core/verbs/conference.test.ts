import { describe, expect, test } from "vitest";
import { createSimulatorCore } from "../create-simulator-core.ts";
import type { Input, Sound } from "../types.ts";

/** Calls of one application, each told what to do on its own socket, on virtual time. */
function server() {
  let count = 0;
  const next = (prefix: string) => (): string => `${prefix}${count++}`;
  const core = createSimulatorCore({
    ...{
      accountSid: "account",
      serviceProviderSid: "provider",
      defaultApplicationSid: "app",
      traceId: "0",
      speech: [],
    },
    ...{ sipAddress: "127.0.0.1:5060", outboundProxy: "127.0.0.1:5070" },
    applications: [
      {
        sid: "app",
        callHook: { url: "ws://app.example/call" },
        synthesizer: { vendor: "custom:x", language: "fr-FR", voice: "v" },
        recognizer: { vendor: "none", language: "fr-FR" },
      },
    ],
    ids: { callSid: next("call"), messageId: next("message"), sipCallId: next("sip"), sipTag: next("tag") },
  });
  let now = 0;
  let caller = "";
  let begun: unknown;
  const socketOf = new Map<string, string>();
  const hears = new Map<string, Sound>();
  const feed = (input: Input): void => {
    for (const output of core.handle(input, now)) {
      if (output.kind === "hears") hears.set(output.leg, output.sound);
      if (output.kind === "send") {
        const { type, msgid } = JSON.parse(output.text);
        if (type === "session:new") begun = msgid;
      }
      if (output.kind !== "connect") continue;
      socketOf.set(caller, output.socket);
      feed({ kind: "socketOpened", socket: output.socket });
    }
  };
  const pass = (ms: number): void => {
    const end = now + ms;
    for (let due = core.wakeAt(); due !== undefined && due <= end; due = core.wakeAt()) {
      now = Math.max(now, due);
      feed({ kind: "time" });
    }
    now = end;
  };
  const say = (leg: string, message: object, ms = 500) => {
    feed({ kind: "socketMessage", socket: socketOf.get(leg) ?? "", text: JSON.stringify(message) });
    pass(ms);
  };
  const command = (leg: string, name: string, data: object) => say(leg, { type: "command", command: name, data });
  return {
    /** Calls, and comes into the room. */
    enters(leg: string, conference: object) {
      caller = leg;
      const lines = [
        "INVITE sip:100@127.0.0.1:5060 SIP/2.0",
        `From: <sip:+15550100@127.0.0.1:5090>;tag=${leg}`,
        `To: <sip:100@127.0.0.1:5060>`,
        `Call-ID: ${leg}`,
        "Contact: <sip:+15550100@127.0.0.1:5090>",
      ];
      feed({ kind: "invite", leg, raw: `${lines.join("\r\n")}\r\n\r\n`, source: "127.0.0.1:5090" });
      pass(10);
      say(leg, {
        type: "ack",
        msgid: begun,
        data: [{ verb: "answer" }, { verb: "conference", name: "room", ...conference }],
      });
      pass(1_000);
    },
    command,
    /** Sent to run these verbs, and what happens so soon after. */
    runs: (leg: string, verbs: readonly object[], ms: number) =>
      say(leg, { type: "command", command: "redirect", data: verbs }, ms),
    hangsUp(leg: string) {
      feed({ kind: "bye", leg });
      pass(1_000);
    },
    /** Whom this telephone hears. */
    hears(leg: string): readonly string[] {
      const sound = hears.get(leg);
      return sound?.kind === "bridged" ? [sound.with, ...(sound.also ?? [])].sort() : [];
    },
  };
}

/** A conversation in a room, and a supervisor who came in muted. */
function listening() {
  const s = server();
  for (const [leg, how] of [
    ["caller", {}],
    ["operator", { memberTag: "operator" }],
    ["supervisor", { joinMuted: true }],
  ] as const) {
    s.enters(leg, how);
  }
  return s;
}

describe("a conference of three", () => {
  test("who comes in muted hears the others and is heard by nobody", () => {
    const s = listening();
    expect(s.hears("supervisor")).toEqual(["caller", "operator"]);
    expect(s.hears("caller")).toEqual(["operator"]);
    expect(s.hears("operator")).toEqual(["caller"]);
  });

  test("a coach is heard by those with the tag alone, also by nobody who comes in later without it", () => {
    const s = listening();
    s.command("supervisor", "conf:participant-action", { action: "coach", tag: "operator" });
    expect(s.hears("operator")).toEqual(["caller"]);
    s.command("supervisor", "conf:participant-action", { action: "unmute" });
    expect(s.hears("operator")).toEqual(["caller", "supervisor"]);
    expect(s.hears("caller")).toEqual(["operator"]);
    s.hangsUp("caller");
    s.enters("caller again", {});
    expect(s.hears("caller again")).toEqual(["operator"]);
    expect(s.hears("operator")).toEqual(["caller again", "supervisor"]);
    s.command("supervisor", "conf:participant-action", { action: "uncoach" });
    expect(s.hears("caller again")).toEqual(["operator", "supervisor"]);
    s.command("supervisor", "mute:status", { mute_status: "mute" });
    expect(s.hears("caller again")).toEqual(["operator"]);
  });

  test("who is sent elsewhere as they come in stays with the others, whatever they are told afterwards (run against the real session code)", () => {
    const s = listening();
    const elsewhere = [{ verb: "pause", length: 600 }];
    s.runs("caller", elsewhere, 500);
    expect(s.hears("operator")).toEqual([]);
    s.runs("caller", [{ verb: "conference", name: "room" }], 20);
    s.runs("caller", elsewhere, 1_000);
    expect(s.hears("operator")).toEqual(["caller"]);
    s.runs("caller", elsewhere, 1_000);
    expect(s.hears("operator")).toEqual(["caller"]);
  });

  test("orders of who is in no conference are lost", () => {
    const s = listening();
    s.hangsUp("supervisor");
    s.command("supervisor", "conf:participant-action", { action: "unmute" });
    expect(s.hears("caller")).toEqual(["operator"]);
  });

  test("nor is who is still coming into one silenced (read: `doConferenceMute`)", () => {
    const s = listening();
    s.runs("operator", [{ verb: "pause", length: 600 }], 500);
    s.runs("operator", [{ verb: "conference", name: "room" }], 20);
    s.command("operator", "mute:status", { mute_status: "mute" });
    expect(s.hears("caller")).toEqual(["operator"]);
    s.command("operator", "mute:status", { mute_status: "mute" });
    expect(s.hears("caller")).toEqual([]);
  });
});
