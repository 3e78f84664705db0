import { expect, test } from "vitest";
import { createMicrophone } from "./microphone.ts";
import { levelOf } from "./microphone-level.ts";

const headset = { id: "headset", label: "Headset" };

/** A machine with these microphones; what was opened last. */
function aMachine(ids: string[]) {
  const kept = new Map<string, string>();
  const opened: string[] = [];
  const media = {
    enumerateDevices: async () => [
      ...ids.map((deviceId) => ({ kind: "audioinput", deviceId, label: "" })),
      { kind: "audiooutput", deviceId: "speaker", label: "" },
      { kind: "audioinput", deviceId: "default", label: "Default" },
    ],
    getUserMedia: async ({ audio }: { audio: { deviceId?: { exact: string } } }) => {
      const wanted = audio.deviceId?.exact;
      if (wanted === "denied") throw new DOMException("no", "NotAllowedError");
      if (wanted !== undefined && !ids.includes(wanted)) throw new DOMException("gone", "OverconstrainedError");
      opened.push(wanted ?? "usual");
      return {} as MediaStream;
    },
  } as unknown as MediaDevices;
  const store = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  return { opened, microphone: () => createMicrophone({ media, store }) };
}

test("the chosen one is found again; while it is away the usual one is used; a refusal is not worked around", async () => {
  const ids = ["headset"];
  const machine = aMachine(ids);
  machine.microphone().choose(headset);
  const again = machine.microphone();
  expect(again.chosen()).toEqual(headset);
  await again.open();
  ids.length = 0;
  await again.open();
  expect(machine.opened).toEqual(["headset", "usual"]);
  again.choose({ id: "denied", label: "" });
  await expect(again.open()).rejects.toThrow("no");
  again.choose(null);
  expect(machine.microphone().chosen()).toBeNull();
});

test("only microphones are listed, by a name that can be told", async () => {
  expect(await aMachine(["headset-of-the-desk"]).microphone().list()).toEqual([
    { id: "headset-of-the-desk", label: "headset-" },
  ]);
});

test("silence is nothing, a voice near by is much", () => {
  expect(levelOf(new Float32Array(1024))).toBe(0);
  expect(levelOf(new Float32Array(1024).fill(0.004))).toBeLessThan(0.3);
  expect(levelOf(new Float32Array(1024).fill(0.4))).toBe(1);
});
