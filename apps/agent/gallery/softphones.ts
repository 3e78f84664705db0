import type { SoftphoneState } from "../src/softphone/softphone-state.ts";

const talking = { phase: "talking", accepted: true, from: "" } as const;

/** How the browser is as a telephone, in the states of the gallery in which it is one. */
export const gallerySoftphones: Readonly<Record<string, Partial<SoftphoneState>>> = {
  preparingSoftphone: { status: "ready", microphone: "unknown", here: true },
  softphoneReady: { status: "ready", microphone: "ready", here: true },
  softphoneElsewhere: { status: "elsewhere", microphone: "unknown" },
  softphoneLost: { status: "lost", microphone: "blocked", here: true },
  softphoneRefused: { status: "refused", microphone: "missing", here: true },
  softphoneRings: {
    status: "ready",
    microphone: "ready",
    here: true,
    call: { phase: "ringing", accepted: false, from: "Paul Lefèvre" },
  },
  softphoneDirect: {
    status: "ready",
    microphone: "ready",
    here: true,
    call: { phase: "talking", accepted: false, from: "Paul Lefèvre" },
  },
  softphoneTalking: { status: "ready", microphone: "lost", call: talking, soundBlocked: true, muted: true },
};
