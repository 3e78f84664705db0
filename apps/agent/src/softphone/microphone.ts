/** A microphone, by the name that the browser gives it. */
export interface MicrophoneDevice {
  readonly id: string;
  readonly label: string;
}

export interface Microphone {
  chosen(): MicrophoneDevice | null;
  /** The microphones that there are; named only to a page that may hear. */
  list(): Promise<readonly MicrophoneDevice[]>;
  /** Null: the usual one. Kept on this machine. */
  choose(device: MicrophoneDevice | null): void;
  /** Opens the chosen one, or the usual one while it is away. Throws as `getUserMedia` does. */
  open(): Promise<MediaStream>;
}

const place = "cordboard.microphone";
const voice = { echoCancellation: true, noiseSuppression: true, autoGainControl: true } as const;

/** The operator's microphone: chosen once on each machine, and found again. */
export function createMicrophone({
  media,
  store,
}: {
  readonly media: Pick<MediaDevices, "enumerateDevices" | "getUserMedia"> | undefined;
  readonly store: Pick<Storage, "getItem" | "setItem" | "removeItem">;
}): Microphone {
  let chosen = remembered(store);
  return {
    chosen: () => chosen,
    async list() {
      const found = (await media?.enumerateDevices()) ?? [];
      return found
        .filter(({ kind, deviceId }) => kind === "audioinput" && deviceId !== "" && deviceId !== "default")
        .map(({ deviceId, label }) => ({ id: deviceId, label: label || deviceId.slice(0, 8) }));
    },
    choose(device) {
      chosen = device;
      try {
        if (device === null) store.removeItem(place);
        else store.setItem(place, JSON.stringify(device));
      } catch {
        // A browser that keeps nothing: it holds until the page is loaded again.
      }
    },
    async open() {
      if (media === undefined) throw new DOMException("no microphone on this page", "NotFoundError");
      if (chosen !== null) {
        try {
          return await media.getUserMedia({ audio: { ...voice, deviceId: { exact: chosen.id } } });
        } catch (error) {
          // Pulled out, or known under another name since: the usual one is better than none. A refusal is one for every microphone.
          if (error instanceof Error && error.name === "NotAllowedError") throw error;
        }
      }
      return media.getUserMedia({ audio: voice });
    },
  };
}

function remembered(store: Pick<Storage, "getItem">): MicrophoneDevice | null {
  try {
    const kept: unknown = JSON.parse(store.getItem(place) ?? "null");
    if (typeof kept !== "object" || kept === null) return null;
    const { id, label } = kept as Partial<Record<keyof MicrophoneDevice, unknown>>;
    return typeof id === "string" && typeof label === "string" ? { id, label } : null;
  } catch {
    return null;
  }
}
