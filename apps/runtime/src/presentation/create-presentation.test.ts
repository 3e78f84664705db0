import { type CompiledFlow, compile } from "@cordboard/engine";
import { parseFlow } from "@cordboard/flow-schema";
import type { DialTarget, MediaEffect } from "@cordboard/node-kit";
import { registry } from "@cordboard/nodes";
import { builtInAudio } from "@cordboard/prompts";
import { expect, test } from "vitest";
import type { PresentedCall } from "../calls/presentation.ts";
import { createPresentation } from "./create-presentation.ts";

const call: PresentedCall = {
  _id: "call_1",
  ownerEpoch: 1,
  companyId: "co_1",
  direction: "inbound",
  from: "+33612345678",
  flowVersionId: "ver_1",
  language: "en-GB",
  hidden: false,
  queue: null,
  leg: null,
  answeredAt: 1,
};
const flow = flowThatSays();
const presentation = createPresentation({
  mediaUrl: "http://192.0.2.1/media",
  promptsFolder: "/srv/audio",
  versionOf: () => flow,
  telephone: async (_companyId, id) => (id === "tel_ines" ? { type: "user", name: "ines@pbx.example.com" } : null),
  switchboard: async () => ({ type: "phone", number: "+33143670903" }),
  listenTo: async () => ({
    url: "ws://192.0.2.1/audio",
    username: "u",
    password: "p",
    metadata: {},
    maxMs: 60_000,
    beep: true,
  }),
  recording: async (_call, id) => (id === "rec_1" ? "secret/rec.wav" : null),
  message: async (_call, id, fromMs) => (id === "msg_1" ? `secret/msg-from-${fromMs}.wav` : null),
  greeting: (_companyId, boxId, state) =>
    boxId === "box_own" && state === "busy" ? { sha256: "own busy", durationMs: 1 } : null,
  mayRecord: async ({ companyId }, offerId) => offerId !== null && companyId === "co_recorded",
  mediaMs: () => null,
  voice: (companyId, language) => (companyId === "co_own" && language === "en-GB" ? "Emma" : null),
  replacement: (companyId, name, language) =>
    companyId === "co_own" && ["goodbye", "piece-n2"].includes(name) && language === "en-GB"
      ? { sha256: `own ${name}`, durationMs: 1 }
      : null,
  callerId: null,
});
const audio = (name: "holdMusic" | "technicalProblem", language = "en") =>
  `http://192.0.2.1/media/${builtInAudio(name, language, "/srv/audio").sha256}.wav`;
const says = (promptId: string, values: Record<string, string> = {}) =>
  ({ kind: "flow", promptId, language: "en-GB", values }) as const;
const dial = (target: DialTarget): MediaEffect => ({
  type: "dial",
  entry: 7,
  target,
  ringMs: 20_000,
  music: null,
  offerId: null,
});
const targetOf = async (target: DialTarget) => {
  const [verb] = await presentation.render(call, dial(target));
  return verb?.target;
};
const nobody = [{ type: "sip", sipUri: "sip:nobody@invalid.invalid" }];

test("a telephone is dialled as the company set it up, and one that was deleted is unreachable", async () => {
  expect(await targetOf({ kind: "telephone", telephoneId: "tel_ines" })).toEqual([
    { type: "user", name: "ines@pbx.example.com" },
  ]);
  expect(await targetOf({ kind: "telephone", telephoneId: "tel_gone" })).toEqual(nobody);
});

test("a number is dialled without what people write between digits", async () => {
  expect(await targetOf({ kind: "number", number: "+33 (1) 23-45.67 89" })).toEqual([
    { type: "phone", number: "+33123456789" },
  ]);
});

test.each<DialTarget>([
  { kind: "number", number: "1;phone-context=evil" },
  { kind: "number", number: "" },
  { kind: "sipUri", uri: "sip:a@b\r\nX-Header: 1" },
  { kind: "sipUri", uri: "http://192.0.2.1/" },
  { kind: "user", name: "ines@b>\r\nX: 1" },
])("what is no address goes nowhere: %j", async (target) => expect(await targetOf(target)).toEqual(nobody));

test("a hidden caller is shown on no telephone", async () => {
  const [verb] = await presentation.render({ ...call, hidden: true }, dial({ kind: "user", name: "ines" }));
  expect(verb).toMatchObject({ callerId: "anonymous", forwardPAI: false });
});

test("a text that values make endless is cut: jambonz closes the socket over 24 KB", async () => {
  const prompt = says("pLong", { name: "x".repeat(100_000) });
  const [verb] = await presentation.render(call, { type: "play", entry: 1, keys: "", prompt });
  expect(JSON.stringify(verb).length).toBeLessThan(24_000);
});

test("a prompt that nobody knows is an apology, never silence", async () => {
  const [verb] = await presentation.render(call, { type: "play", entry: 1, keys: "", prompt: says("pGone") });
  expect(verb).toMatchObject({ verb: "play", url: audio("technicalProblem") });
});

test("a text is said with the company's voice for its language, where it chose one", async () => {
  const prompt = says("pLong", { name: "Ada" });
  const heard = async (companyId: string) => {
    const [verb] = await presentation.render({ ...call, companyId }, { type: "play", entry: 1, keys: "", prompt });
    return verb?.say;
  };
  expect(await heard("co_own")).toMatchObject({
    synthesizer: { vendor: "default", language: "en-GB", voice: "Emma" },
  });
  expect(await heard("co_1")).not.toHaveProperty("synthesizer");
});

test("an announcement that the company recorded itself is heard in its language; the others are the product's", async () => {
  const heard = async (companyId: string, language: string) => {
    const prompt = { kind: "builtIn", name: "goodbye", language } as const;
    const [verb] = await presentation.render({ ...call, companyId }, { type: "play", entry: 1, keys: "", prompt });
    return verb?.url;
  };
  expect(await heard("co_own", "en-GB")).toBe("http://192.0.2.1/media/own goodbye.wav");
  expect(await heard("co_own", "fr-FR")).not.toContain("own");
  expect(await heard("co_1", "en-GB")).not.toContain("own");
});

test("hold music of texts only is the music that ships with the product", async () => {
  const [verb] = await presentation.render(call, { type: "hold", entry: 1, keys: "", playlist: [says("pLong")] });
  expect(verb).toMatchObject({ url: [audio("holdMusic")], loop: "forever" });
});

test("the apology answers a call that was not answered, says both languages where none is known, and ends", () => {
  expect(presentation.apology(null)).toEqual([
    { verb: "answer" },
    { verb: "play", url: audio("technicalProblem", "fr") },
    { verb: "play", url: audio("technicalProblem", "en") },
    { verb: "hangup" },
  ]);
  expect(presentation.apology(call).map(({ verb }) => verb)).toEqual(["play", "hangup"]);
});

function flowThatSays(): CompiledFlow {
  const document = {
    formatVersion: 1,
    id: "says",
    name: "Says",
    languages: ["en-GB"],
    variables: { name: { type: "string", initial: "" } },
    prompts: { pLong: { texts: { "en-GB": "Hello {{ name }}" } } },
    entry: "n",
    nodes: [{ id: "n", name: "n", type: "hangup", typeVersion: 1, config: { prompt: "pLong" } }],
    edges: [],
  };
  const parsed = parseFlow(JSON.stringify(document));
  const compiled = parsed.ok ? compile(parsed.document, registry) : parsed;
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.findings));
  return compiled.flow;
}

test("a number is said in pieces, those of them in the company's own voice that it recorded", async () => {
  const effect: MediaEffect = {
    type: "play",
    entry: 1,
    keys: "",
    prompt: { kind: "pieces", value: "12", format: "digits", language: "en-GB" },
  };
  const said = async (companyId: string) => {
    const verbs = await presentation.render({ ...call, companyId }, effect);
    return verbs.flatMap(({ url }) => url);
  };
  const [one, two] = await said("co_1");
  expect(one).not.toBe(two);
  expect(await said("co_own")).toEqual([one, "http://192.0.2.1/media/own piece-n2.wav"]);
});

test("a voicemail box greets in its own words where it has some, and the product does otherwise", async () => {
  const heard = async (boxId: string, state: "busy" | "closed") => {
    const prompt = { kind: "greeting", boxId, state, language: "en-GB" } as const;
    const [verb] = await presentation.render(call, { type: "play", entry: 1, keys: "", prompt });
    return verb?.url;
  };
  const builtIn = builtInAudio("voicemailGreeting", "en", "/srv/audio").sha256;
  expect(await heard("box_own", "busy")).toBe("http://192.0.2.1/media/own busy.wav");
  expect(await heard("box_own", "closed")).toContain(builtIn);
  expect(await heard("box_other", "busy")).toContain(builtIn);
});

test("a message is heard from a moment on, by an address of its own; one that is gone is said to be", async () => {
  const message = (messageId: string) => ({ kind: "message", messageId, fromMs: 1_500, durationMs: 9_000 }) as const;
  const play = (messageId: string): MediaEffect => ({ type: "play", entry: 1, keys: "", prompt: message(messageId) });
  const [verb] = await presentation.render(call, play("msg_1"));
  expect(verb?.url).toBe("http://192.0.2.1/media/secret/msg-from-1500.wav");
  expect(presentation.spokenMs(call, play("msg_1"))).toBe(7_500);
  const [gone] = await presentation.render(call, play("msg_2"));
  expect(gone?.url).toContain(builtInAudio("mailboxUnavailable", "en", "/srv/audio").sha256);
});

test("counts, days and times of a box are said in pieces", async () => {
  const said = async (format: "number" | "date" | "time" | "duration", value: string) => {
    const prompt = { kind: "pieces", format, value, language: "en-GB" } as const;
    const [verb] = await presentation.render(call, { type: "play", entry: 1, keys: "", prompt });
    return Array.isArray(verb?.url) ? verb.url.length : 0;
  };
  expect(await said("number", "12")).toBe(1);
  expect(await said("date", "2026-11-29")).toBeGreaterThan(3);
  expect(await said("time", "14:05")).toBe(4);
  expect(await said("duration", "65000")).toBe(4);
});

test("the sound of a conversation stays on the media server that may be recorded, or whose near end we rang; of no other", async () => {
  const dialled = async (offerId: string | null, companyId = "co_1", direction: "inbound" | "outbound" = "inbound") => {
    const [verb] = await presentation.render({ ...call, companyId, direction }, {
      ...dial({ kind: "user", name: "ines" }),
      offerId,
    } as MediaEffect);
    return verb?.anchorMedia;
  };
  expect(await dialled("offer_1", "co_recorded")).toBe(true);
  expect(await dialled("offer_1")).toBeUndefined();
  expect(await dialled(null, "co_recorded")).toBeUndefined();
  // jambonz brings no sound back to a telephone that it has dialled: who is passed on would hear nothing.
  expect(await dialled(null, "co_1", "outbound")).toBe(true);
});

test("a place in line is said in pieces, one play for all of it, in both languages", async () => {
  const said = async (position: number | null, minutes: number | null, language = "en-GB") => {
    const prompt = { kind: "place", position, minutes, language } as const;
    const [verb] = await presentation.render(call, { type: "play", entry: 1, keys: "", prompt });
    return verb?.url;
  };
  const file = (name: "placeNext" | "placeIs" | "waitIs", language = "en") =>
    `http://192.0.2.1/media/${builtInAudio(name, language, "/srv/audio").sha256}.wav`;
  const wav = expect.stringMatching(/wav$/);
  for (const [tag, language] of [
    ["en-GB", "en"],
    ["fr-FR", "fr"],
  ] as const) {
    expect(await said(1, null, tag)).toEqual([file("placeNext", language)]);
    const both = await said(3, 25, tag);
    expect(both).toEqual([file("placeIs", language), wav, file("waitIs", language), wav, wav]);
    expect(await said(null, 5, tag)).toEqual([file("waitIs", language), wav, wav]);
  }
});

test("hold music goes on from where the caller heard it, and of unknown length from its beginning", async () => {
  const heard = async (heardMs: number) => {
    const playlist = [
      { kind: "builtIn", name: "holdMusic", language: "en" },
      { kind: "builtIn", name: "advert", language: "en" },
    ] as const;
    const [verb] = await presentation.render(call, { type: "hold", entry: 1, keys: "", playlist, heardMs });
    return verb?.url;
  };
  const music = audio("holdMusic");
  const advert = `http://192.0.2.1/media/${builtInAudio("advert", "en", "/srv/audio").sha256}.wav`;
  expect(await heard(0)).toEqual([music, advert]);
  const part = (cut: string) => music.replace(".wav", `-${cut}.wav`);
  expect(await heard(9_500)).toEqual([part("from-10000"), advert, part("until-10000")]);
});
