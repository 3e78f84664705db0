import type { Ring } from "../alerts/create-ring.ts";
import { createOutput, type Output } from "../alerts/output-device.ts";
import type { Desk } from "../session/create-desk.ts";
import { browserId } from "./browser-id.ts";
import { createSoftphone, type Softphone } from "./create-softphone.ts";
import { createMicrophone, type Microphone } from "./microphone.ts";
import { softphoneTabs } from "./softphone-tabs.ts";

/** The softphone with the machine's devices, as the screens are given it. */
export interface SoftphoneHere extends Softphone {
  readonly browserId: string;
  readonly microphone: Microphone;
  /** Where the other side is heard. */
  readonly output: Output;
  /** Whether this page may telephone at all: a secure connection, and a browser that can. */
  readonly possible: boolean;
}

/** Puts the browser's own parts around the softphone. Its SIP library is fetched by whoever telephones in the browser, and by nobody else. */
export function startSoftphone(desk: Desk, ring: Ring, wait: (ms: number) => Promise<void>): SoftphoneHere {
  const media: MediaDevices | undefined = navigator.mediaDevices;
  const possible = media !== undefined && "locks" in navigator && "RTCPeerConnection" in globalThis;
  const id = browserId(localStorage, () => [...crypto.getRandomValues(new Uint32Array(4))].join("-"));
  const microphone = createMicrophone({ media, store: localStorage });
  const output = createOutput({ media, store: localStorage, place: "cordboard.voiceOn" });
  const audio = new Audio();
  if ("setSinkId" in audio) output.attach(audio);
  const start = () =>
    audio.play().then(
      () => true,
      (error: unknown) => !(error instanceof Error && error.name === "NotAllowedError"),
    );
  const softphone = createSoftphone({
    desk,
    tabs: possible ? softphoneTabs(navigator.locks, new BroadcastChannel("cordboard.softphone")) : null,
    openLine: async (...asked) => (await import("./open-sip-line.ts")).openSipLine(...asked),
    askKey: () => desk.ask("desk.softphoneKey", { body: { browserId: id } }),
    microphone,
    speaker: {
      play: (stream) => {
        audio.srcObject = stream;
        return start();
      },
      resume: start,
      stop: () => {
        audio.srcObject = null;
      },
    },
    ring,
    wait,
    now: Date.now,
    pulse(listener) {
      const worker = new Worker(new URL("./pulse-worker.ts", import.meta.url), { type: "module" });
      worker.addEventListener("message", listener);
      return () => worker.terminate();
    },
  });
  window.addEventListener("online", softphone.networkBack);
  for (const gesture of ["pointerdown", "keydown"]) window.addEventListener(gesture, softphone.touched);
  media?.addEventListener("devicechange", () => {
    if (softphone.getState().microphone === "lost") softphone.microphoneChosen();
  });
  window.addEventListener("beforeunload", (event) => {
    const { here, call } = softphone.getState();
    // The conversation is in this tab, and would be gone with it.
    if (here && call !== null) event.preventDefault();
  });
  return { ...softphone, browserId: id, microphone, output, possible };
}
