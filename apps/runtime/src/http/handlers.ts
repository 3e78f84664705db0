import type { InputOf, OutputOf, RouteId, Routes, ScreenLanguage } from "@cordboard/api";
import type { Scope } from "../access/index.ts";

/** Bytes are sent by `media/`; everything else is a handler: JSON in, JSON out. */
type JsonRouteId = Exclude<RouteId, "media.get" | "media.getPrivate">;

/** What a handler knows of a request: it has been validated and authorised by its contract. */
interface Asked<Id extends RouteId> {
  readonly input: InputOf<Routes[Id]>;
  /** Whose request it is; null on the routes that are open to anyone. */
  readonly scope: Routes[Id]["roles"] extends "anyone" ? null : Scope;
  readonly language: ScreenLanguage;
  readonly requestId: string;
  /** Where the request comes from, as far as the trusted proxies say. */
  readonly address: string;
  readonly cookies: SessionCookies;
  /** Of a route that streams: whoever asked has gone. */
  readonly signal: AbortSignal;
  /** Where the reader of a stream was (`Last-Event-ID`). */
  readonly lastEventId: string | null;
  /** Of a stream that stays open: whether whoever asked may still ask. */
  readonly stillAllowed: () => Promise<boolean>;
  /** The key that a program passed along, whatever it is worth. */
  readonly bearer: string | null;
  /** Answers with another status than 200 and the same body (health: 503). */
  setStatus(status: number): void;
}

/** The cookies of this browser. What is set leaves with the answer. */
export interface SessionCookies {
  /** The id of the session that this request came with (not its token). */
  readonly sessionId: string | null;
  /** Proof that this browser has signed in to some account before. */
  readonly device: string | null;
  begin(kind: SessionKind, token: string): void;
  end(kind: SessionKind): void;
  rememberDevice(token: string): void;
  /** What an attempt to sign in elsewhere left here, sealed, until this browser comes back. */
  readonly attempt: string | null;
  keepAttempt(sealed: string): void;
  forgetAttempt(): void;
}

export type SessionKind = "user" | "operator";

/** What a route that streams gives: text, piece by piece, as fast as it is taken. */
export interface Streamed {
  readonly contentType: string;
  /** A name under which a browser keeps it. */
  readonly fileName?: string;
  readonly pieces: AsyncIterable<string>;
}

/** Where a browser is led, from our own address or to another one. */
export interface Redirected {
  readonly location: string;
}

/** What a handler gives: JSON, a stream, a way elsewhere, or the text of a table, piece by piece. */
type Answer<Id extends RouteId> = Routes[Id]["response"] extends "redirect"
  ? Redirected
  : Routes[Id]["response"] extends "events" | "rows"
    ? Streamed
    : Routes[Id]["response"] extends "csv"
      ? AsyncIterable<string>
      : OutputOf<Routes[Id]>;

/** A route without a handler does not compile. */
export type Handlers = {
  readonly [Id in JsonRouteId]: (asked: Asked<Id>) => Promise<Answer<Id>>;
};
