import type { Signal } from "../kernel/fiber.ts";
import type { Hook } from "../types.ts";

export type MessageType =
  | "session:new"
  | "session:reconnect"
  | "session:redirect"
  | "session:adulting"
  | "call:status"
  | "verb:hook"
  | "verb:status"
  | "dial:confirm"
  | "jambonz:error";

export interface Command {
  readonly command: string;
  readonly callSid: string | undefined;
  readonly queueCommand: boolean;
  readonly data: unknown;
}

/** Who is told what the requestor hears by itself; whoever owns the call sets them. */
interface RequestorListeners {
  onCommand?: (command: Command) => void;
  /** The call is handed over to another address. */
  onHandover?: (requestor: Requestor) => void;
  /** The application did not take the call back after its socket was lost. */
  onReconnectError?: () => void;
}

export interface RequestOptions {
  /** The tracing header that hooks carry. */
  readonly b3?: string;
}

/** The way to one application, over its socket or over HTTP. */
export interface Requestor {
  readonly kind: "ws" | "http";
  readonly hook: Hook;
  readonly closedGracefully: boolean;
  listeners: RequestorListeners;
  /**
   * Says something to the application. The signal gives the data of the ack (or of the HTTP answer), `undefined` for messages that
   * want none; it fails when there is no way to the application or no ack in time.
   */
  request(
    type: MessageType,
    hook: Hook | string,
    params: object | undefined,
    options?: RequestOptions,
  ): Signal<unknown>;
  close(code?: number): void;
}

/** Makes the way to another application, by the scheme of its address. */
export type MakeRequestor = (hook: Hook) => Requestor;

const WANTS_NO_ACK: ReadonlySet<MessageType> = new Set(["call:status", "verb:status", "jambonz:error"]);
const NAMES_ITS_HOOK: ReadonlySet<MessageType> = new Set(["verb:hook", "dial:confirm", "session:redirect"]);

export const wantsAck = (type: MessageType): boolean => !WANTS_NO_ACK.has(type);
export const namesItsHook = (type: MessageType): boolean => NAMES_ITS_HOOK.has(type);
export const urlOf = (hook: Hook | string): string => (typeof hook === "string" ? hook : hook.url);
export const isAbsoluteUrl = (url: unknown): url is string =>
  typeof url === "string" && /^(https?|wss?):\/\//.test(url);
export const isHttpUrl = (url: string): boolean => /^https?:\/\//.test(url);
export const isWebSocketUrl = (url: string): boolean => /^wss?:\/\//.test(url);

/** `scheme://host[:port]` of an address. */
export function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#]+/i.exec(url)?.[0] ?? url;
}

/** The value of a basic Authorization header, or nothing when the hook has no user and password. */
export function basicAuthorization(hook: Hook): Record<string, string> {
  if (!hook.username || !hook.password) return {};
  return { authorization: `Basic ${base64(`${hook.username}:${hook.password}`)}` };
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
