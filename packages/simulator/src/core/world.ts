import type { CallInfo } from "./call-info.ts";
import type { Rooms } from "./conference/room.ts";
import type { Signal } from "./kernel/fiber.ts";
import type { Scheduler } from "./kernel/scheduler.ts";
import type { AudioLibrary } from "./media/audio-cache.ts";
import type { CoreConfig, Input, LegId, Output, SocketId } from "./types.ts";

export type SocketEvent = Extract<
  Input,
  { kind: "socketOpened" | "socketMessage" | "socketClosed" | "socketFailed" | "upgradeRefused" }
>;
export type LegEvent = Extract<
  Input,
  { kind: "cancel" | "bye" | "sipResponse" | "info" | "notify" | "keys" | "voice" }
>;
export type Answer = Extract<Input, { kind: "audioFetched" | "hookAnswered" }>;

/** What a REST request can do to a call; found by `call_sid`. */
export interface Controllable {
  readonly direction: "inbound" | "outbound";
  readonly hasStableDialogue: boolean;
  readonly isAnswered: boolean;
  readonly isRinging: boolean;
  update(body: Readonly<Record<string, unknown>>, callSid: string): void;
}

/** What every part of the core shares: its clock, its outputs, and who waits for which input. */
export interface World {
  readonly config: CoreConfig;
  readonly scheduler: Scheduler;
  readonly audio: AudioLibrary;
  emit(output: Output): void;
  newLeg(): LegId;
  newSocket(): SocketId;
  /** Asks the shell for an HTTP request; the signal fails when there is no answer at all. */
  fetch(request: Omit<Extract<Output, { kind: "fetch" }>, "kind" | "request">): Signal<Answer>;
  onSocket(socket: SocketId, listener: ((event: SocketEvent) => void) | undefined): void;
  onLeg(leg: LegId, listener: ((event: LegEvent) => void) | undefined): void;
  readonly calls: Map<string, Controllable>;
  /** Every leg there is or lately was, by `call_sid`: what REST lists. */
  readonly listed: Map<string, CallInfo>;
  readonly rooms: Rooms;
  /** Places an outgoing call as a REST request would; the signal tells the status and body of the answer. */
  createCall(body: unknown): Signal<{ readonly status: number; readonly body: unknown }>;
}
