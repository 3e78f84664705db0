import { FrameCommand, FrameNews } from "@cordboard/api";
import { Value } from "typebox/value";
import { describe, expect, test } from "vitest";
import type { DeskState } from "../session/desk-state.ts";
import { initialState } from "../session/desk-state.ts";
import { aCall, aCard, anOffer, aView } from "../testing/a-view.ts";
import { newsOf } from "./news-of.ts";
import { linkToParent } from "./parent-link.ts";
import { parentOrigin } from "./parent-origin.ts";
import { readCommand } from "./read-command.ts";

const types = (before: Parameters<typeof newsOf>[0], after: Parameters<typeof newsOf>[1]) =>
  newsOf(before, after).map(({ type }) => type);

describe("what the page is told", () => {
  const answered = aCall({ answeredAt: "2026-11-24T09:00:09.000Z" });

  test("a call from its offer to its end, each once", () => {
    const free = aView({ seq: 1 });
    const offered = aView({ seq: 2, state: "offered", offer: anOffer() });
    const ringing = aView({ seq: 3, state: "ringing", call: aCall() });
    const talking = aView({ seq: 4, state: "talking", call: answered });
    const over = { ...answered, endedAt: "2026-11-24T09:02:00.000Z" };
    const wrapUp = aView({ seq: 5, state: "wrapUp", call: over });
    expect(types(free, offered)).toEqual(["state", "callOffered"]);
    expect(types(offered, { ...offered, seq: 9 })).toEqual([]);
    expect(types(offered, ringing)).toEqual(["state"]);
    expect(types(ringing, talking)).toEqual(["state", "callAnswered"]);
    expect(types(talking, wrapUp)).toEqual(["state", "callEnded"]);
    expect(types(wrapUp, free)).toEqual(["state"]);
  });

  test("an offer that somebody else took is withdrawn; a conversation that was missed while away is over", () => {
    const offered = aView({ state: "offered", offer: anOffer() });
    expect(types(offered, aView({}))).toEqual(["state", "callWithdrawn"]);
    expect(types(aView({ state: "talking", call: answered }), aView({}))).toEqual(["state", "callEnded"]);
  });

  test("who comes late is told everything that holds", () => {
    expect(types(null, aView({ state: "talking", call: answered }))).toEqual(["state", "callAnswered"]);
  });

  test("in the form of the contract, a hidden number hidden", () => {
    const hidden = { ...aCard, from: null, fromText: null, hidden: true, callerName: null };
    // Ids of tests are short words; those of the product have a form of their own.
    const id = `call_${"a".repeat(32)}`;
    const queue = { queueId: `queue_${"a".repeat(32)}`, name: "Sales" };
    const views = [
      aView({ state: "offered", offer: anOffer({ callId: id, queue, card: hidden }) }),
      aView({ state: "talking", call: { ...answered, callId: id, queue } }),
    ];
    for (const news of views.flatMap((view) => newsOf(null, view))) {
      expect([...Value.Errors(FrameNews, news)]).toEqual([]);
    }
    expect(JSON.stringify(newsOf(null, views[0] ?? aView({})))).toContain('"from":null');
  });
});

describe("what the page asks", () => {
  const good = [
    { cordboard: 1, id: "a", type: "setState", state: "available" },
    { cordboard: 1, id: "a", type: "setState", state: "paused", reason: null },
    { cordboard: 1, id: "a", type: "setState", state: "paused", reason: "lunch" },
    { cordboard: 1, id: "a", type: "tell" },
    { cordboard: 1, id: "a", type: "dial", number: "06 12 34 56 78" },
  ];
  const bad = [
    null,
    "setState",
    { id: "a", type: "tell" },
    { cordboard: 2, id: "a", type: "tell" },
    { cordboard: 1, type: "tell" },
    { cordboard: 1, id: 7, type: "tell" },
    { cordboard: 1, id: "a", type: "setState", state: "talking" },
    { cordboard: 1, id: "a", type: "setState", state: "paused" },
    { cordboard: 1, id: "a", type: "setState", state: "paused", reason: 3 },
    { cordboard: 1, id: "a", type: "accept" },
    { cordboard: 1, id: "a", type: "dial" },
    { cordboard: 1, id: "a", type: "dial", number: 33 },
  ];
  test("is read as the contract has it, and nothing else is", () => {
    for (const command of good)
      expect([readCommand(command), Value.Check(FrameCommand, command)]).toEqual([command, true]);
    for (const command of bad)
      expect([readCommand(command), Value.Check(FrameCommand, command)]).toEqual([null, false]);
  });

  /** A desk whose commands do as told, and a page that keeps what it hears. */
  function aFrame(state: Partial<DeskState>) {
    const asked: string[] = [];
    const heard: { readonly type: string }[] = [];
    let now: DeskState = { ...initialState, ...state };
    let say: (data: unknown) => void = () => {};
    let changed = () => {};
    linkToParent(
      {
        getState: () => now,
        subscribe: (listener) => {
          changed = listener;
          return () => {};
        },
        pause: async (reason) => void asked.push(`pause ${reason}`),
        resume: async () => void asked.push("resume"),
        dial: async (wish) => {
          const number = "number" in wish ? wish.number : "";
          asked.push(`dial ${number}`);
          if (number !== "112") return true;
          const problem = { code: "dialEmergency", message: "Not so.", remedy: "" };
          now = { ...now, refusal: { command: "dial", problem } as never };
          return false;
        },
        ready: async () => {
          asked.push("ready");
          const problem = { code: "callCentreUnavailable", message: "Later.", remedy: "" };
          now = { ...now, refusal: { command: "ready", problem } as never };
        },
      },
      {
        post: (news) => void heard.push(news),
        onMessage: (listener) => {
          say = listener;
        },
      },
    );
    const set = (part: Partial<DeskState>) => {
      now = { ...now, ...part };
      changed();
    };
    return { asked, heard, set, say: (data: unknown) => say(data), types: () => heard.map(({ type }) => type) };
  }

  test("is answered by its id; a refusal says why", async () => {
    const frame = aFrame({ phase: "atDesk", view: aView({ state: "paused" }) });
    frame.say({ cordboard: 1, id: "1", type: "setState", state: "available" });
    frame.say({ cordboard: 1, id: "2", type: "setState", state: "paused", reason: "lunch" });
    await expect
      .poll(() => frame.heard.slice(-2))
      .toEqual([
        { cordboard: 1, type: "done", id: "1" },
        { cordboard: 1, type: "done", id: "2" },
      ]);
    expect(frame.asked).toEqual(["resume", "pause lunch"]);
    const inWrapUp = aFrame({ phase: "atDesk", view: aView({ state: "wrapUp" }) });
    inWrapUp.say({ cordboard: 1, id: "3", type: "setState", state: "available" });
    await expect.poll(() => inWrapUp.heard.at(-1)).toMatchObject({ type: "refused", code: "callCentreUnavailable" });
    const nobody = aFrame({});
    nobody.say({ cordboard: 1, id: "4", type: "setState", state: "available" });
    expect(nobody.heard.at(-1)).toMatchObject({ type: "refused", id: "4", code: "notSignedIn" });
  });

  test("a number is dialled for the operator; one that may not be is refused with the reason", async () => {
    const frame = aFrame({ phase: "atDesk", view: aView({}) });
    frame.say({ cordboard: 1, id: "1", type: "dial", number: "06 12 34 56 78" });
    await expect.poll(() => frame.heard.at(-1)).toEqual({ cordboard: 1, type: "done", id: "1" });
    frame.say({ cordboard: 1, id: "2", type: "dial", number: "112" });
    await expect.poll(() => frame.heard.at(-1)).toMatchObject({ type: "refused", id: "2", code: "dialEmergency" });
    expect(frame.asked).toEqual(["dial 06 12 34 56 78", "dial 112"]);
  });

  test("who signs in is told of, and everything can be said again", () => {
    const frame = aFrame({ phase: "signedOut" });
    expect(frame.heard).toEqual([{ cordboard: 1, type: "ready", signedIn: false }]);
    frame.set({ phase: "atDesk", view: aView({}) });
    expect(frame.types()).toEqual(["ready", "ready", "state"]);
    frame.say({ cordboard: 1, id: "1", type: "tell" });
    expect(frame.types().slice(3)).toEqual(["ready", "state", "done"]);
  });
});

describe("whose page it is", () => {
  const self = {};
  test.each([
    ["no frame", { parent: self }, null],
    [
      "as the browser says",
      { location: { ancestorOrigins: ["https://crm.example", "https://top.example"] } },
      "https://crm.example",
    ],
    ["as the referrer says", { document: { referrer: "https://crm.example/page?x" } }, "https://crm.example"],
    ["a browser that says nothing", {}, null],
  ])("%s", (_, given, expected) => {
    const blank = { parent: {}, self, location: {}, document: { referrer: "" } };
    expect(parentOrigin({ ...blank, ...given } as never)).toBe(expected);
  });
});
