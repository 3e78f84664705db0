import { expect, test } from "vitest";
import { aView } from "../testing/a-view.ts";
import { drawn } from "../testing/drawn.tsx";
import { SoftphoneWords } from "./softphone-words.tsx";

const view = aView({ telephone: { telephoneId: "tel_1", name: "Inès", softphone: "softphone-1" } });
const shown = async (softphone: Parameters<typeof drawn>[2] & object) =>
  drawn(<SoftphoneWords />, { view }, { language: "en", ...softphone });

test.each([
  [{ status: "lost" }, "The telephone system cannot be reached"],
  [{ status: "refused" }, "does not let this browser in"],
  [{ status: "elsewhere" }, "Your calls ring in another browser."],
  [{ status: "impossible" }, "needs an https address"],
  [{ status: "ready", microphone: "blocked" }, "The browser blocks the microphone"],
  [{ status: "ready", microphone: "missing" }, "No microphone was found"],
  [{ status: "ready", microphone: "lost" }, "The microphone is gone"],
  [{ status: "ready", soundBlocked: true }, "holds back the sound"],
] as const)("%o is said in a sentence", async (softphone, words) => {
  expect((await shown({ softphone })).words).toContain(words);
});

test("nothing is said while all is well, nor of a call that was accepted at the desk", async () => {
  const call = { phase: "talking", accepted: true, from: "Paul" } as const;
  expect((await shown({ softphone: { status: "ready", microphone: "ready", here: true, call } })).words).toBe("");
});

test("a call that nobody accepted at the desk can be answered or declined here, and ended", async () => {
  const rings = { phase: "ringing", accepted: false, from: "Paul" } as const;
  const ringing = await shown({ softphone: { status: "ready", here: true, call: rings } });
  expect([ringing.buttons, ringing.words]).toEqual([["Answer", "Decline"], expect.stringContaining("Paul is calling")]);
  const talking = await shown({ softphone: { status: "ready", here: true, call: { ...rings, phase: "talking" } } });
  expect(talking.buttons).toEqual(["Hang up"]);
});
