/** A loudspeaker or headset that the browser can play on. */
export interface OutputDevice {
  readonly id: string;
  readonly label: string;
}

/**
 * Where the ring is played. `default`: wherever the machine plays. `chosen`: on the device that was chosen here. `gone`: that device is not there
 * just now, so it is played wherever the machine plays.
 */
export type OutputState = "default" | "chosen" | "gone";

/** The little of an audio context that is needed here. */
export interface Playing {
  setSinkId(id: string): Promise<void>;
}

export interface OutputPorts {
  /** Undefined: the page did not come over a secure connection. */
  readonly media: Pick<MediaDevices, "enumerateDevices" | "getUserMedia" | "addEventListener"> | undefined;
  readonly store: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  /** Where the choice is kept; absent: as the ring's. */
  readonly place?: string;
}

export interface Output {
  /** What was chosen on this machine; null: nothing was. */
  chosen(): OutputDevice | null;
  state(): OutputState;
  subscribe(listener: () => void): () => void;
  /**
   * The devices that there are. Browsers name them only to a page that may use the microphone: where it may not yet, this asks for it, and lets
   * go of it at once. Must be called in a click. Null: it was refused, or the browser tells nothing.
   */
  list(): Promise<readonly OutputDevice[] | null>;
  /** Null: wherever the machine plays. Kept on this machine. */
  choose(device: OutputDevice | null): Promise<void>;
  /** Plays there from now on, also after a device was pulled out or put in. */
  attach(playing: Playing): void;
}

const ringPlace = "cordboard.ringOn";

/** Whether this browser can ring elsewhere than the machine plays. */
export const canChooseOutput = (): boolean =>
  "AudioContext" in globalThis && "setSinkId" in AudioContext.prototype && navigator.mediaDevices !== undefined;

/** A device to play on: chosen once on each machine, and found again; one that vanishes costs no ring, and no conversation. */
export function createOutput({ media, store, place = ringPlace }: OutputPorts): Output {
  const listeners = new Set<() => void>();
  let chosen = remembered(store, place);
  let state: OutputState = "default";
  let playing: Playing | null = null;
  const tell = (now: OutputState) => {
    if (now === state) return;
    state = now;
    for (const listener of listeners) listener();
  };

  const apply = async () => {
    const to = chosen;
    if (!playing) return;
    try {
      await playing.setSinkId(to?.id ?? "");
      if (to === chosen) tell(to === null ? "default" : "chosen");
    } catch {
      // Pulled out, or this browser forgot that the page may use it.
      await playing.setSinkId("").catch(() => undefined);
      if (to === chosen) tell("gone");
    }
  };
  media?.addEventListener("devicechange", () => void apply());

  const outputs = async () => {
    const found = await media?.enumerateDevices();
    return (found ?? []).filter(({ kind, deviceId }) => kind === "audiooutput" && deviceId !== "");
  };

  return {
    chosen: () => chosen,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async list() {
      try {
        let found = await outputs();
        if (media && (found.length === 0 || found.some(({ label }) => label === ""))) {
          const heard = await media.getUserMedia({ audio: true });
          for (const track of heard.getTracks()) track.stop();
          found = await outputs();
        }
        return found.map(({ deviceId, label }) => ({ id: deviceId, label: label || deviceId.slice(0, 8) }));
      } catch {
        return null;
      }
    },
    async choose(device) {
      chosen = device;
      try {
        if (device === null) store.removeItem(place);
        else store.setItem(place, JSON.stringify(device));
      } catch {
        // A browser that keeps nothing: it holds until the page is loaded again.
      }
      await apply();
      for (const listener of listeners) listener();
    },
    attach(on) {
      playing = on;
      if (chosen !== null) void apply();
    },
  };
}

function remembered(store: OutputPorts["store"], place: string): OutputDevice | null {
  try {
    const kept: unknown = JSON.parse(store.getItem(place) ?? "null");
    if (typeof kept !== "object" || kept === null) return null;
    const { id, label } = kept as Partial<Record<keyof OutputDevice, unknown>>;
    return typeof id === "string" && typeof label === "string" ? { id, label } : null;
  } catch {
    return null;
  }
}
