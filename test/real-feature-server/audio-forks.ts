import { WebSocket } from "ws";
import type { Channel } from "./media-server.ts";

const FRAME_BYTES = 320;

interface Fork {
  readonly socket: WebSocket;
  readonly timer: NodeJS.Timeout;
  said: Buffer;
  paused: boolean;
  stopped: boolean;
}

/** `uuid_audio_fork`: what a telephone says, sent to a WebSocket as the media server's module does. */
export function createForks() {
  const forks = new Map<Channel, Map<string, Fork>>();
  const of = (channel: Channel) => {
    const known = forks.get(channel);
    if (known) return known;
    const made = new Map<string, Fork>();
    forks.set(channel, made);
    return made;
  };
  const stop = (channel: Channel, bug: string) => {
    const fork = of(channel).get(bug);
    if (!fork) return;
    fork.stopped = true;
    clearInterval(fork.timer);
    fork.socket.close(1000);
    of(channel).delete(bug);
  };
  const start = (channel: Channel, words: readonly string[]) => {
    const [, , url = "", mix = "mono", rate = "8000", bug = "", metadata = ""] = words;
    const user = channel.variables.get("MOD_AUDIO_BASIC_AUTH_USERNAME");
    const password = channel.variables.get("MOD_AUDIO_BASIC_AUTH_PASSWORD");
    const socket = new WebSocket(url, "audio.drachtio.org", user ? { auth: `${user}:${password ?? ""}` } : {});
    const bytes = FRAME_BYTES * (mix === "stereo" ? 2 : 1) * (Number(rate) / 8000);
    const told = (event: string, body = "{}") =>
      channel.emit(
        "CUSTOM",
        { "Event-Name": "CUSTOM", "Event-Subclass": `mod_audio_fork::${event}`, "media-bugname": bug },
        body,
      );
    const fork: Fork = {
      ...{ socket, said: Buffer.alloc(0), paused: false, stopped: false },
      timer: setInterval(() => {
        if (socket.readyState !== WebSocket.OPEN || fork.paused) return;
        const next = fork.said.length >= bytes ? fork.said.subarray(0, bytes) : Buffer.alloc(bytes);
        fork.said = fork.said.length >= bytes ? fork.said.subarray(bytes) : fork.said;
        socket.send(next);
      }, 20),
    };
    of(channel).set(bug, fork);
    socket.on("open", () => {
      socket.send(metadata.replace(/^'|'$/g, ""));
      told("connect");
    });
    socket.on("message", (data, isBinary) => {
      if (isBinary) return;
      const { type } = JSON.parse(String(data)) as { type?: string };
      if (type === "disconnect") socket.close(1000);
    });
    let failed = false;
    socket.on("error", (error) => {
      failed = true;
      told("connect_failed", JSON.stringify({ reason: String(error) }));
    });
    socket.on("close", () => {
      clearInterval(fork.timer);
      if (!fork.stopped && !failed) told("disconnect");
    });
  };
  return {
    order(channel: Channel, words: readonly string[]): string {
      const [first = ""] = words;
      const all = first.startsWith("^^|") ? words.join(" ").slice(3).split("|") : words;
      const [, order, bug = "", text = ""] = all;
      switch (order) {
        case "start":
          start(channel, all);
          break;
        case "stop":
          stop(channel, bug);
          break;
        case "pause":
        case "resume": {
          const fork = of(channel).get(bug);
          if (fork) fork.paused = order === "pause";
          break;
        }
        case "send_text":
          of(channel).get(bug)?.socket.send(text.replace(/^'|'$/g, ""));
          break;
      }
      return "+OK Success";
    },
    stopAll(channel: Channel) {
      for (const bug of [...of(channel).keys()]) stop(channel, bug);
      forks.delete(channel);
    },
    speak(channel: Channel, audio: Uint8Array) {
      for (const fork of of(channel).values()) fork.said = Buffer.concat([fork.said, audio]);
    },
  };
}
