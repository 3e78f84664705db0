import { basicAuthorization } from "../requestor/requestor.ts";
import { TIMINGS } from "../timings.ts";
import type { Hook } from "../types.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** A stream of a leg's audio to a socket of the application. */
export interface AudioFork {
  pause(paused: boolean): void;
  sendText(text: string): void;
  /** Ends the stream and closes the socket with 1000. */
  stop(): void;
}

export interface AudioForkOptions {
  readonly hook: Hook;
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** The first text frame. */
  readonly metadata: string;
  readonly onRefused: () => void;
  /** The application closed the socket, or asked for the end. */
  readonly onEnded: () => void;
}

/** What the application can say on an audio socket (jambonz 0.9.8, seen: f8; more was not run). */
interface AudioCommand {
  readonly type?: unknown;
  readonly data?: {
    readonly id?: unknown;
    readonly audioContent?: unknown;
    readonly sampleRate?: unknown;
    readonly audioContentType?: unknown;
  };
}

export function startAudioFork(world: World, endpoint: Endpoint, options: AudioForkOptions): AudioFork {
  const socket = world.newSocket();
  const { sampleRate, channels, hook } = options;
  let state: "connecting" | "open" | "over" = "connecting";
  const stream = (change: "start" | "pause" | "resume" | "stop"): void =>
    world.emit({ kind: "stream", socket, leg: endpoint.leg.id, state: change, sampleRate, channels, frameMs: 20 });

  const over = (): void => {
    if (state === "open") stream("stop");
    state = "over";
    world.onSocket(socket, undefined);
  };
  world.onSocket(socket, (event) => {
    switch (event.kind) {
      case "socketOpened":
        state = "open";
        world.emit({ kind: "send", socket, text: options.metadata });
        world.scheduler.after(TIMINGS.firstFrame, () => {
          if (state === "open") stream("start");
        });
        return;
      case "socketFailed":
      case "upgradeRefused":
        over();
        world.scheduler.after(TIMINGS.sipTurn, options.onRefused);
        return;
      case "socketClosed":
        over();
        options.onEnded();
        return;
      case "socketMessage":
        obey(event.text);
        return;
    }
  });

  const obey = (text: string): void => {
    const command = parseCommand(text);
    if (command.type === "disconnect") {
      world.scheduler.after(TIMINGS.forkStop / 2, options.onEnded);
    } else if (command.type === "playAudio" && command.data) {
      const { id, audioContent } = command.data;
      const played = endpoint.play({ kind: "tone", durationMs: durationOf(audioContent, command.data.sampleRate) });
      played.listen((outcome) => {
        if (outcome.ok) fork.sendText(JSON.stringify({ type: "playDone", data: { id, ...outcome.value } }));
      });
    } else if (command.type === "killAudio") endpoint.breakPlayback();
  };

  world.emit({
    kind: "connect",
    socket,
    purpose: "audio",
    url: hook.url,
    protocol: "audio.drachtio.org",
    headers: basicAuthorization(hook),
  });
  const fork: AudioFork = {
    pause: (paused) => {
      if (state === "open") stream(paused ? "pause" : "resume");
    },
    sendText: (text) => {
      if (state === "open") world.emit({ kind: "send", socket, text });
    },
    stop: () => {
      if (state === "over") return;
      const wasOpen = state === "open";
      over();
      world.emit(wasOpen ? { kind: "close", socket, code: 1000 } : { kind: "abandon", socket });
    },
  };
  return fork;
}

function parseCommand(text: string): AudioCommand {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

/** How long base64 audio of 16 bit samples plays: a WAV file by its header, anything else at the rate that was stated. */
function durationOf(content: unknown, sampleRate: unknown): number {
  if (typeof content !== "string") return 0;
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const isWav = bytes.length > 44 && view.getUint32(0) === 0x52494646;
  const bytesPerSecond = isWav ? view.getUint32(28, true) : (typeof sampleRate === "number" ? sampleRate : 8000) * 2;
  return ((bytes.length - (isWav ? 44 : 0)) * 1000) / bytesPerSecond;
}
