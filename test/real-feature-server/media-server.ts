import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import type { Sound } from "../../packages/simulator/src/core/types.ts";
import { audioDuration } from "../../packages/simulator/src/server/audio-duration.ts";
import { createForks } from "./audio-forks.ts";
import { createConferences } from "./conferences.ts";
import { type EndpointClass, type EventEmitter2Class, type MediaConnection, mediaEvent } from "./foreign.ts";
import { portOf, sdpOf } from "./sdp.ts";

/** What runs on a channel: the orders of `execute`, one after the other. */
interface Running {
  readonly app: string;
  readonly argument: string;
  readonly done: (headers: Record<string, string>) => void;
  /** Ends it at once. */
  stop: () => void;
}

/** A channel of the media server. */
export interface Channel {
  readonly uuid: string;
  readonly port: number;
  remoteSdp: string;
  readonly connection: MediaConnection;
  readonly variables: Map<string, string>;
  running: Running | null;
  playing: Sound | null;
  bridged: Channel | null;
  gone: boolean;
  emit(name: string, headers: Record<string, string>, body?: string): void;
}

const durations = new Map<string, Promise<number | null>>();

/** How long a file plays, in ms; null: there is none. */
function lengthOf(file: string): Promise<number | null> {
  const silence = /^silence_stream:\/\/(-?\d+)/.exec(file);
  if (silence) return Promise.resolve(Number(silence[1]) < 0 ? 3_600_000 : Number(silence[1]));
  if (file.startsWith("tone_stream:")) return Promise.resolve(500);
  const known = durations.get(file);
  if (known) return known;
  const asked = fetch(file).then(
    async (answer) => (answer.ok ? (audioDuration(new Uint8Array(await answer.arrayBuffer())) ?? null) : null),
    () => null,
  );
  durations.set(file, asked);
  return asked;
}

export interface MediaServer {
  /** Takes the place of `drachtio-fsmrf`. */
  readonly Mrf: unknown;
  channels(): readonly Channel[];
  conferences: ReturnType<typeof createConferences>;
  /** Keys of the telephone that sends its sound here. */
  keys(port: number, keys: string): void;
  speak(port: number, audio: Uint8Array): void;
}

/** A media server in memory: what is played, bridged and mixed is kept as who hears what; times are those of a real one, roughly. */
export function createMediaServer(
  EventEmitter2: EventEmitter2Class,
  Endpoint: EndpointClass,
  changed: () => void,
  note: (what: string) => void,
): MediaServer {
  const channels = new Map<string, Channel>();
  const conferences = createConferences(changed, note);
  const forks = createForks();
  let ports = 20_000;

  const end = (channel: Channel, dialog: EventEmitter) => {
    if (channel.gone) return;
    channel.gone = true;
    channel.running?.stop();
    conferences.left(channel);
    unbridge(channel);
    forks.stopAll(channel);
    channels.delete(channel.uuid);
    changed();
    setTimeout(() => {
      dialog.emit("destroy");
      channel.connection.emit("esl::end");
    }, 45);
  };
  const unbridge = (channel: Channel) => {
    const { bridged } = channel;
    channel.bridged = null;
    if (bridged) bridged.bridged = null;
  };
  const byUuid = (uuid: string) => channels.get(uuid);

  const play = async (channel: Channel, files: readonly string[], running: Running) => {
    let playedMs = 0;
    let isStopped = false;
    let wake = (): void => undefined;
    running.stop = () => {
      isStopped = true;
      wake();
    };
    for (const file of files) {
      const ms = await lengthOf(file);
      if (ms === null && !isStopped) return running.done({ "Application-Response": "FILE NOT FOUND" });
      if (isStopped) break;
      const headers = { "Playback-File-Path": file, "Event-Name": "PLAYBACK_START" };
      const began = Date.now();
      if (/^https?:/.test(file)) channel.playing = { kind: "audio", verb: "play", url: file, durationMs: ms ?? 0 };
      else if (file.startsWith("tone_stream:")) channel.playing = { kind: "tone", durationMs: ms ?? 0 };
      channel.emit("PLAYBACK_START", headers);
      changed();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms ?? 0);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      playedMs += Date.now() - began;
      channel.playing = null;
      channel.emit("PLAYBACK_STOP", { ...headers, "Event-Name": "PLAYBACK_STOP" });
      changed();
    }
    const seconds = String(Math.floor(playedMs / 1000));
    running.done({
      ...{ "Application-Response": "FILE PLAYED", variable_playback_seconds: seconds },
      ...{ variable_playback_ms: String(playedMs), variable_playback_last_offset_pos: String(playedMs * 8) },
    });
  };

  const createEndpoint = async (options: { remoteSdp?: string } = {}): Promise<EventEmitter> => {
    await new Promise((resolve) => setTimeout(resolve, 8));
    const uuid = randomUUID();
    ports += 2;
    const connection = new EventEmitter2({ wildcard: true, delimiter: "::", ignoreErrors: true, maxListeners: 25 });
    const dialog = new EventEmitter();
    const queue: Running[] = [];
    const channel: Channel = {
      ...{ uuid, port: ports, remoteSdp: options.remoteSdp ?? "", connection, variables: new Map() },
      ...{ running: null, playing: null, bridged: null, gone: false },
      emit: (name, headers, body = "") =>
        void connection.emit(`esl::event::${name}::${uuid}`, mediaEvent({ "Unique-ID": uuid, ...headers }, body)),
    };
    channels.set(uuid, channel);
    const info = () => ({
      variable_rtp_local_sdp_str: sdpOf(channel.port),
      variable_local_media_ip: "127.0.0.1",
      variable_local_media_port: String(channel.port),
      variable_switch_r_sdp: channel.remoteSdp,
      variable_remote_media_ip: "127.0.0.1",
      variable_remote_media_port: String(portOf(channel.remoteSdp)),
      variable_dtmf_type: "rfc2833",
      variable_sip_call_id: uuid,
      "Channel-Unique-ID": uuid,
    });
    const next = () => {
      if (channel.running || channel.gone) return;
      const first = queue.shift();
      if (!first) return;
      channel.running = first;
      if (first.app === "playback") void play(channel, first.argument.split("!"), first);
      else if (first.app === "conference")
        conferences.join(
          channel,
          first.argument,
          (leave) => (first.stop = leave),
          () => first.done({}),
        );
      else first.done({});
    };
    const execute = (app: string, argument: unknown, callback?: (event: unknown) => void) => {
      const text = typeof argument === "string" ? argument : "";
      if (app === "hangup") {
        setImmediate(() => end(channel, dialog));
        return;
      }
      if (app === "set" || app === "multiset") {
        // Of several: "^^" and the character that stands between them.
        for (const pair of text.startsWith("^^") ? text.slice(3).split(text.charAt(2)) : [text]) {
          const [name = "", ...value] = pair.split("=");
          channel.variables.set(name, value.join("="));
        }
      }
      const running: Running = {
        ...{ app, argument: text, stop: () => undefined },
        done: (headers) => {
          if (channel.running === running) channel.running = null;
          callback?.(mediaEvent({ "Event-Name": "CHANNEL_EXECUTE_COMPLETE", Application: app, ...headers }));
          next();
        },
      };
      queue.push(running);
      next();
    };
    const api = (
      command: string,
      args: unknown,
      callback?: (event: unknown, headers: unknown, body: string) => void,
    ) => {
      if (typeof args === "function") return api(command, undefined, args as typeof callback);
      const words = Array.isArray(args) ? args.map(String) : typeof args === "string" ? [args] : [];
      // Orders of one connection are carried out in the order in which they are given, whenever they are answered.
      const body = answer(channel, dialog, [...command.split(" "), ...words], info());
      const event = mediaEvent(
        { "Content-Type": "api/response", "Content-Length": String(Buffer.byteLength(body)) },
        body,
      );
      setTimeout(() => callback?.(event, {}, body), command.startsWith("conference") ? 40 : 2);
    };
    Object.assign(connection, {
      ...{ getInfo: () => mediaEvent(info()), subscribe: () => undefined, execute, api, disconnect: () => undefined },
      filter: (name: string, value: string) => conferences.filter(channel, name, value),
    });
    Object.assign(dialog, {
      modify: async (sdp: string) => {
        // From a callee's answer to `in-progress`: 86–93 ms (seen: b).
        await new Promise((resolve) => setTimeout(resolve, 80));
        channel.remoteSdp = sdp;
        changed();
        return sdpOf(channel.port);
      },
      destroy: async () => end(channel, dialog),
    });
    const endpoint = new Endpoint(connection, dialog, server, { is3pcc: !options.remoteSdp, customEvents: [] });
    await new Promise((resolve) => endpoint.once("ready", resolve));
    return endpoint;
  };

  /** An order that is carried out at once. */
  const answer = (
    channel: Channel,
    dialog: EventEmitter,
    words: readonly string[],
    info: Record<string, string>,
  ): string => {
    const [command, first = "", ...rest] = words;
    switch (command) {
      case "uuid_break": {
        const { running } = byUuid(first) ?? {};
        if (running?.app === "playback") running.stop();
        return "+OK";
      }
      case "uuid_bridge": {
        const [one, other] = [byUuid(first), byUuid(rest[0] ?? "")];
        if (!one || !other) return "-ERR no such channel";
        for (const each of [one, other]) {
          unbridge(each);
          each.running?.stop();
        }
        one.bridged = other;
        other.bridged = one;
        changed();
        return "+OK";
      }
      case "uuid_transfer": {
        const one = byUuid(first);
        if (!one) return "-ERR no such channel";
        const both = [one, one.bridged];
        unbridge(one);
        for (const each of both) each?.running?.stop();
        changed();
        return "+OK";
      }
      case "uuid_dump":
        return Object.entries(info)
          .map(([name, value]) => `${name}: ${encodeURIComponent(value)}`)
          .join("\n");
      case "uuid_audio_fork":
        return forks.order(channel, [first, ...rest]);
      case "conference":
        return conferences.order([first, ...rest].join(" ").split(" "));
      case "uuid_kill":
        end(channel, dialog);
        return "+OK";
      default:
        return "+OK";
    }
  };

  const server = Object.assign(new EventEmitter(), {
    address: "127.0.0.1",
    conn: new EventEmitter(),
    currentSessions: 0,
    maxSessions: 1000,
    disconnect: () => undefined,
    createEndpoint,
    api: async (command: string) => {
      await new Promise((resolve) => setTimeout(resolve, 40));
      return conferences.order(command.split(" ").slice(1));
    },
  });
  class Mrf {
    connect = async () => server;
  }
  const at = (port: number) => [...channels.values()].find((one) => one.port === port);
  return {
    Mrf,
    conferences,
    channels: () => [...channels.values()],
    keys(port, keys) {
      const channel = at(port);
      for (const [index, key] of [...keys].entries()) {
        const pressed = { "Event-Name": "DTMF", "DTMF-Digit": key, "DTMF-Duration": "960", "DTMF-Source": "RTP" };
        setTimeout(() => channel?.emit("DTMF", pressed), 100 + index * 150);
      }
    },
    speak(port, audio) {
      const channel = at(port);
      if (channel) forks.speak(channel, audio);
    },
  };
}
