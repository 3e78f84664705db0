import { expect, test } from "vitest";
import { createOutput, type OutputDevice } from "./output-device.ts";

const headset: OutputDevice = { id: "headset", label: "Headset" };
const speakers: OutputDevice = { id: "speakers", label: "Speakers" };

/** A machine whose devices come and go, and which names them only to who may use the microphone. */
function aMachine({ refuses = false } = {}) {
  const kept = new Map<string, string>();
  let devices = [headset, speakers];
  let mayHear = false;
  let changed = () => {};
  const played: string[] = [];
  let stopped = 0;
  const media = {
    enumerateDevices: async () =>
      devices.map(({ id, label }) => ({
        kind: "audiooutput",
        deviceId: mayHear ? id : "",
        label: mayHear ? label : "",
      })),
    getUserMedia: async () => {
      if (refuses) throw new DOMException("no", "NotAllowedError");
      mayHear = true;
      return { getTracks: () => [{ stop: () => (stopped += 1) }] };
    },
    addEventListener: (_: string, listener: () => void) => {
      changed = listener;
    },
  } as unknown as MediaDevices;
  const store = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  return {
    output: () => {
      const output = createOutput({ media, store });
      output.attach({
        setSinkId: async (id) => {
          if (id !== "" && !devices.some((device) => device.id === id)) throw new DOMException("gone", "NotFoundError");
          played.push(id);
        },
      });
      return output;
    },
    played,
    stopped: () => stopped,
    plugIn: (...now: OutputDevice[]) => {
      devices = now;
      changed();
    },
  };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

test("devices are named once the microphone may be used, which is let go of at once", async () => {
  const machine = aMachine();
  expect(await machine.output().list()).toEqual([headset, speakers]);
  expect(machine.stopped()).toBe(1);
  expect(await aMachine({ refuses: true }).output().list()).toBeNull();
});

test("what was chosen holds on this machine, also for a page that is loaded again", async () => {
  const machine = aMachine();
  await machine.output().choose(headset);
  expect(machine.played.at(-1)).toBe("headset");
  const again = machine.output();
  await settled();
  expect(again.chosen()).toEqual(headset);
  expect([again.state(), machine.played.at(-1)]).toEqual(["chosen", "headset"]);
  await again.choose(null);
  expect([again.state(), machine.played.at(-1)]).toEqual(["default", ""]);
  expect(machine.output().chosen()).toBeNull();
});

test("a device that is pulled out costs no ring, and is used again when it is back", async () => {
  const machine = aMachine();
  const output = machine.output();
  const told: string[] = [];
  output.subscribe(() => told.push(output.state()));
  await output.choose(headset);
  machine.plugIn(speakers);
  await settled();
  expect([output.state(), machine.played.at(-1)]).toEqual(["gone", ""]);
  machine.plugIn(speakers, headset);
  await settled();
  expect([output.state(), machine.played.at(-1)]).toEqual(["chosen", "headset"]);
  expect(told).toContain("gone");
});
