import type { MediaEffect } from "@cordboard/node-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MediaContext, renderMedia } from "./render-media.ts";
import { InvalidVerbsError, validateVerbs } from "./validate-verbs.ts";

const context: MediaContext = {
  answered: true,
  resolvePrompt: (reference) => ({
    url: `http://192.0.2.1/media/${reference.kind === "media" ? reference.media : "x"}.wav`,
  }),
  resolveTarget: (target) =>
    target.kind === "number" ? { type: "phone", number: target.number } : { type: "user", name: "ines@example.com" },
  callerId: null,
  hidden: false,
  headers: {},
};
const prompt = (media: string) => ({ kind: "media", media }) as const;
const collect = {
  type: "collect",
  entry: 5,
  prompt: prompt("menu"),
  minDigits: 1,
  maxDigits: 1,
  finishOnKey: null,
} as const;
const patience = { patienceMs: 6_000, interDigitMs: null, secret: false } as const;

describe("play and hold", () => {
  test("the first thing said answers the call", () => {
    const play = { type: "play", entry: 4, keys: "", prompt: prompt("welcome") } as const;
    const verb = { verb: "play", id: "e4", url: "http://192.0.2.1/media/welcome.wav", actionHook: "/e/4/play" };
    expect(renderMedia(play, { ...context, answered: false })).toEqual([{ verb: "answer" }, verb]);
    expect(renderMedia(play, context)).toEqual([verb]);
  });

  test("before the answer, only what is played is heard; what hears keys, records or rings answers first", () => {
    const early: MediaContext = { ...context, answered: false, unanswered: true };
    const play = { type: "play", entry: 4, keys: "", prompt: prompt("welcome") } as const;
    const hold = { type: "hold", entry: 6, keys: "", playlist: [prompt("music")] } as const;
    const ring = { type: "dial", entry: 7, target: { kind: "user", name: "ines" }, ringMs: 20_000 } as const;
    const first = (effect: MediaEffect, how = early) => renderMedia(effect, how)[0];
    expect(first(play)).toMatchObject({ verb: "play", earlyMedia: true });
    expect(first(hold)).toMatchObject({ verb: "play", loop: "forever", earlyMedia: true });
    for (const effect of [
      { ...play, keys: "1" },
      { ...hold, keys: "12" },
      { ...collect, ...patience },
      { ...ring, music: null, offerId: null },
    ]) {
      expect(first(effect)).toEqual({ verb: "answer" });
    }
    expect(first(play, { ...early, answered: true })).not.toHaveProperty("earlyMedia");
    expect(renderMedia({ type: "hangUp", declineStatus: 603 }, early)).toEqual([{ verb: "sip:decline", status: 603 }]);
  });

  test("hold music goes round, and a missing file is told", () => {
    expect(
      renderMedia({ type: "hold", entry: 6, keys: "", playlist: [prompt("music"), prompt("advert")] }, context),
    ).toEqual([
      {
        verb: "play",
        id: "e6",
        url: ["http://192.0.2.1/media/music.wav", "http://192.0.2.1/media/advert.wav"],
        loop: "forever",
        actionHook: "/e/6/play",
      },
    ]);
  });
});

describe("a text without audio", () => {
  const spoken: MediaContext = { ...context, resolvePrompt: () => ({ text: "Bonjour" }) };

  test("is said by the synthesiser, and its end comes with a hook", () => {
    expect(renderMedia({ type: "play", entry: 4, keys: "", prompt: prompt("hello") }, spoken)).toEqual([
      expect.objectContaining({ verb: "gather", id: "e4", actionHook: "/e/4/play", say: { text: "Bonjour" } }),
    ]);
  });

  test("is left out of hold music and of ring music, which must go round", () => {
    const mixed: MediaContext = {
      ...context,
      resolvePrompt: (reference) =>
        reference.kind === "media" && reference.media === "music" ? { url: "http://m/1.wav" } : { text: "Bonjour" },
    };
    const hold = renderMedia(
      { type: "hold", entry: 6, keys: "", playlist: [prompt("music"), prompt("advert")] },
      mixed,
    );
    expect(hold).toEqual([expect.objectContaining({ verb: "play", url: ["http://m/1.wav"], loop: "forever" })]);
  });
});

describe("keys while something is heard", () => {
  const url = "http://192.0.2.1/media/welcome.wav";
  const heard = (effect: MediaEffect) => renderMedia(effect, context)[0];
  const play = { type: "play", entry: 4, prompt: prompt("welcome") } as const;
  const hold = { type: "hold", entry: 6, playlist: [prompt("welcome")] } as const;

  test("one: only that key ends it, and no other starts a timer", () => {
    const listening = { verb: "gather", input: ["digits"], dtmfBargein: false, timeout: 0 };
    expect(heard({ ...play, keys: "0" })).toEqual({
      ...listening,
      id: "e4",
      finishOnKey: "0",
      actionHook: "/e/4/keys/0",
      play: { url, actionHook: "/e/4/prompt" },
    });
    expect(heard({ ...hold, keys: "*" })).toEqual({
      ...listening,
      id: "e6",
      finishOnKey: "*",
      actionHook: "/e/6/keys/star",
      play: { url: [url], loop: "forever", actionHook: "/e/6/music" },
    });
  });

  test("several: any key ends it; music never does by itself", () => {
    const listening = { verb: "gather", input: ["digits"], numDigits: 1 };
    const hook = { id: "e4", actionHook: "/e/4/keys" };
    expect(heard({ ...play, keys: "0*" })).toEqual({ ...listening, ...hook, timeout: 0.1, play: { url } });
    expect(heard({ ...hold, keys: "0*" })).toMatchObject({ ...listening, timeout: 0, actionHook: "/e/6/keys" });
  });

  test("none, in a text: no key is heard before its end, so none cuts it", () => {
    const spoken: MediaContext = { ...context, resolvePrompt: () => ({ text: "Bonjour" }) };
    const [verb] = renderMedia({ ...play, keys: "" }, spoken);
    expect(verb).toMatchObject({ verb: "gather", listenDuringPrompt: false, timeout: 0.1, actionHook: "/e/4/play" });
    expect(renderMedia({ ...play, keys: "0" }, spoken)[0]).toMatchObject({ numDigits: 1, actionHook: "/e/4/keys" });
  });
});

describe("record", () => {
  const record: MediaEffect = {
    ...{ type: "record", entry: 9, boxId: "box_1", beep: true, finishOnKey: "#" },
    ...{ maxMs: 120_000, minMs: 2_000, silenceMs: null },
  };
  const to = { url: "ws://192.0.2.1/audio", username: "u", password: "p", metadata: { grant: "g" } };

  test("listens to the caller alone, for what is left of its time", () => {
    const listenTo = { ...to, maxMs: 61_500, beep: false };
    expect(renderMedia(record, { ...context, listenTo })).toEqual([
      {
        verb: "listen",
        id: "e9",
        actionHook: "/e/9/record",
        url: "ws://192.0.2.1/audio",
        wsAuth: { username: "u", password: "p" },
        mixType: "mono",
        sampleRate: 8000,
        playBeep: false,
        maxLength: 61.5,
        passDtmf: false,
        finishOnKey: "#",
        metadata: { grant: "g" },
      },
    ]);
  });

  test("without a place to send it to, it is not begun", () => {
    expect(() => renderMedia(record, context)).toThrow("nowhere");
  });
});

describe("collect", () => {
  test("one key", () => {
    expect(renderMedia({ ...collect, ...patience }, context)).toEqual([
      {
        verb: "gather",
        id: "e5",
        actionHook: "/e/5/collect",
        input: ["digits"],
        timeout: 6,
        numDigits: 1,
        play: { url: "http://192.0.2.1/media/menu.wav" },
      },
    ]);
  });

  test("several keys, ended by one: nothing keyed is lost (seen: l8, l9, m1, m2)", () => {
    const account = {
      ...collect,
      ...patience,
      minDigits: 4,
      maxDigits: 8,
      finishOnKey: "#",
      interDigitMs: 2_500,
      prompt: null,
    };
    expect(renderMedia(account, context)).toEqual([
      {
        verb: "gather",
        id: "e5",
        actionHook: "/e/5/collect",
        input: ["digits"],
        timeout: 6,
        minDigits: 1,
        maxDigits: 8,
        interDigitTimeout: 2.5,
        finishOnKey: "#",
      },
    ]);
  });

  test("minDigits and interDigitTimeout come together or not at all, and no wait is for ever", () => {
    const times = { patienceMs: fc.nat(60_000), interDigitMs: fc.option(fc.nat(20_000)) };
    fc.assert(
      fc.property(fc.record({ maxDigits: fc.integer({ min: 1, max: 20 }), ...times }), (change) => {
        const gather = renderMedia({ ...collect, ...patience, ...change }, context)[0];
        expect(gather?.timeout).toBeGreaterThan(0);
        expect("minDigits" in (gather ?? {})).toBe("interDigitTimeout" in (gather ?? {}));
        if (gather?.interDigitTimeout !== undefined) expect(gather.interDigitTimeout).toBeGreaterThan(0);
      }),
    );
  });
});

describe("dial", () => {
  const dial: MediaEffect = {
    type: "dial",
    entry: 7,
    target: { kind: "telephone", telephoneId: "tel_1" },
    ringMs: 20_500,
    music: prompt("ring"),
    offerId: "offer_1",
  };

  test("rings whole seconds, with music, and is the caller's until somebody answers", () => {
    expect(renderMedia(dial, { ...context, callerId: "+33142278186", headers: { "X-Call": "call_1" } })).toEqual([
      {
        verb: "dial",
        id: "e7",
        actionHook: "/e/7/dial",
        target: [{ type: "user", name: "ines@example.com" }],
        timeout: 21,
        answerOnBridge: false,
        dialMusic: "http://192.0.2.1/media/ring.wav",
        callerId: "+33142278186",
        headers: { "X-Call": "call_1" },
      },
    ]);
  });

  test("who hides their number is shown on no telephone, though the INVITE may name them", () => {
    const unnamed = { callerId: "anonymous", forwardPAI: false };
    expect(renderMedia(dial, { ...context, hidden: true })).toEqual([expect.objectContaining(unnamed)]);
    const company = { ...context, hidden: true, callerId: "+33970170170" };
    expect(renderMedia(dial, company)).toEqual([
      expect.objectContaining({ callerId: "+33970170170", forwardPAI: false }),
    ]);
  });

  test("a number, without music or caller's number", () => {
    expect(renderMedia({ ...dial, target: { kind: "number", number: "+33155550100" }, music: null }, context)).toEqual([
      {
        verb: "dial",
        id: "e7",
        actionHook: "/e/7/dial",
        target: [{ type: "phone", number: "+33155550100" }],
        timeout: 21,
        answerOnBridge: false,
      },
    ]);
  });
});

describe("validation", () => {
  test.each([
    ["an unknown verb", [{ verb: "playy", url: "x" }]],
    ["an unknown property", [{ verb: "play", url: "x", bogus: 1 }]],
    ["a missing property", [{ verb: "play" }]],
    ["a wrong type", [{ verb: "gather", timeout: "5" }]],
    ["a wrong target", [{ verb: "dial", target: [{ type: "carrier-pigeon" }] }]],
  ])("refuses %s", (_what, verbs) => {
    expect(() => validateVerbs(verbs)).toThrow(InvalidVerbsError);
  });

  test("a context that resolves to nonsense is a bug that is heard of before jambonz hears it", () => {
    const broken = { ...context, callerId: 33142278186 as unknown as string };
    const target = { kind: "number", number: "1" } as const;
    const dial = { type: "dial", entry: 1, target, ringMs: 1, music: null, offerId: null } as const;
    expect(() => renderMedia(dial, broken)).toThrow(/callerId/);
  });
});
