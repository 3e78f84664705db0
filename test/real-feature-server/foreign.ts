import type { EventEmitter } from "node:events";

/** The little that is used of the modules of a checkout, which bring no types with them. */

export interface SipMessageLike {
  readonly headers: Readonly<Record<string, string>>;
  get(name: string): string;
}

export interface SipRequestLike extends EventEmitter {
  readonly msg: SipMessageLike;
  readonly uri: string;
  readonly body: string;
  locals?: Record<string, unknown>;
  srf?: unknown;
  res?: unknown;
  agent?: unknown;
  has(name: string): boolean;
  get(name: string): string;
  cancel(): Promise<void> | void;
}

export interface SipResponseLike extends EventEmitter {
  msg: SipMessageLike;
  agent: unknown;
  has(name: string): boolean;
  get(name: string): string;
}

export interface DialogLike extends EventEmitter {
  connected: boolean;
  readonly remote: { sdp: string };
  readonly local: { sdp: string };
  handle(request: SipRequestLike, response: unknown): void;
}

export interface SrfClass {
  readonly SipMessage: new (raw: string) => SipMessageLike;
  readonly SipRequest: new (message: SipMessageLike, meta: object) => SipRequestLike;
  readonly SipResponse: new (agent: unknown) => SipResponseLike;
  readonly SipError: new (status: number, reason?: string) => Error;
  readonly Dialog: new (srf: unknown, type: "uas" | "uac", parts: object) => DialogLike;
  readonly parseUri: (uri: string) => { user?: string; host?: string };
}

/** An event of the media server, as its client library has it. */
export interface MediaEvent {
  getHeader(name: string): string | undefined;
  getBody(): string;
  readonly body: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

export interface MediaConnection extends EventEmitter {
  removeAllListeners(name?: string): this;
}

export type EventEmitter2Class = new (options: object) => MediaConnection;
export type EndpointClass = new (
  connection: unknown,
  dialog: unknown,
  server: unknown,
  options: object,
) => EventEmitter;

export function mediaEvent(headers: Readonly<Record<string, string>>, body = ""): MediaEvent {
  const rows = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return {
    getHeader: (name) => headers[name],
    getBody: () => body,
    body,
    headers: rows,
  };
}
