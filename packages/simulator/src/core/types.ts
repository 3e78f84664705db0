/**
 * What goes into the simulator's core and what comes out of it: plain data, so that one core serves real sockets, virtual time and
 * the browser alike. Times are milliseconds of whatever clock the shell uses; durations too.
 */

/** One telephone connection. The shell names the legs of telephones that call; the core names the legs it dials itself. */
export type LegId = string;
/** One socket the core asked for: to the application, or of a `listen` verb. */
export type SocketId = string;
/** One HTTP request the core asked for, or one REST request that was made to it. */
export type RequestId = string;

/** An HTTP or WebSocket address of the application, with the basic authentication that protects it. */
export interface Hook {
  readonly url: string;
  readonly method?: string;
  readonly username?: string;
  readonly password?: string;
}

export interface SpeechSettings {
  readonly vendor: string;
  readonly language: string;
  readonly voice: string;
}

export interface RecognizerSettings {
  readonly vendor: string;
  readonly language: string;
}

/** An application as jambonz keeps it: where calls are announced, and the speech settings that `session:new` states. */
export interface Application {
  readonly sid: string;
  readonly callHook: Hook;
  readonly callStatusHook?: Hook;
  readonly synthesizer: SpeechSettings;
  readonly recognizer: RecognizerSettings;
}

/** A synthesiser of the `custom:NAME` kind: text is posted to `url` with a bearer token, audio comes back. */
export interface CustomSpeech {
  readonly vendor: string;
  readonly url: string;
  readonly token: string;
}

/** Where every identifier comes from, so that a run can be repeated exactly. */
export interface IdSource {
  /** A new `call_sid` (jambonz: a UUID). */
  callSid(): string;
  /** A new message id on an application socket (jambonz: 22 characters). */
  messageId(): string;
  /** A new SIP Call-ID for a leg that the core dials. */
  sipCallId(): string;
  /** A new SIP tag. */
  sipTag(): string;
}

export interface CoreConfig {
  readonly accountSid: string;
  readonly serviceProviderSid: string;
  readonly applications: readonly Application[];
  /** The application of a call whose INVITE names none (`X-Application-Sid`); without it such a call is refused with 480. */
  readonly defaultApplicationSid?: string;
  /** The realm that is added to a `user` target without one. */
  readonly sipRealm?: string;
  /** The feature server's own SIP address, `host:port`; it is told to the application as `fs_sip_address`. */
  readonly sipAddress: string;
  /** Where legs ordered by REST are sent, `host:port` (a border controller's address in real life). */
  readonly outboundProxy: string;
  readonly traceId: string;
  readonly speech: readonly CustomSpeech[];
  /** Audio that the media server has fetched before and does not fetch again. */
  readonly cachedAudio?: ReadonlyArray<{ readonly url: string; readonly durationMs: number }>;
  readonly ids: IdSource;
}

/** A SIP header as it stands on the wire; names keep their spelling, repeated names are repeated entries. */
export type SipHeader = readonly [name: string, value: string];

export interface SipRequest {
  readonly kind: "request";
  readonly method: "INVITE" | "BYE" | "CANCEL" | "INFO" | "REFER";
  readonly uri: string;
  readonly headers: readonly SipHeader[];
  /** The From header of an INVITE. */
  readonly from?: string;
  /** Where an INVITE outside a dialogue is sent, `host:port`, whatever its address says. */
  readonly route?: string;
  readonly body?: string;
  /** An INVITE inside a dialogue: only the media changes, nothing rings. */
  readonly inDialogue?: boolean;
  /** The same INVITE once more, because nothing answered (RFC 3261 timer A). */
  readonly retransmission?: boolean;
}

export interface SipResponse {
  readonly kind: "response";
  readonly method: "INVITE" | "BYE" | "CANCEL" | "INFO" | "NOTIFY";
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly SipHeader[];
}

export type SipMessage = SipRequest | SipResponse;

/** What happens outside and is told to the core. */
export type Input =
  /** A telephone calls: `raw` is the whole INVITE, headers and body. `leg` is the shell's name for the new connection. */
  | { readonly kind: "invite"; readonly leg: LegId; readonly raw: string; readonly source: string }
  | { readonly kind: "cancel"; readonly leg: LegId }
  | { readonly kind: "bye"; readonly leg: LegId; readonly headers?: readonly SipHeader[] }
  /** A telephone's answer to a request of the core; `contact` is its own address, `body` its media description if it sent one. */
  | {
      readonly kind: "sipResponse";
      readonly leg: LegId;
      readonly method: "INVITE" | "BYE" | "CANCEL" | "INFO" | "REFER";
      readonly status: number;
      readonly reason?: string;
      readonly contact?: string;
      readonly hasMedia?: boolean;
      /** Further headers; a border controller's `X-CID` is told to the application as `sbc_callid`. */
      readonly headers?: readonly SipHeader[];
    }
  /** A SIP INFO from a telephone (digits of a border controller come this way; `gather` does not hear them). */
  | { readonly kind: "info"; readonly leg: LegId; readonly contentType: string; readonly body: string }
  /** What has become of a call that was referred elsewhere: the status line of a NOTIFY, such as `SIP/2.0 180 Ringing`. */
  | { readonly kind: "notify"; readonly leg: LegId; readonly sipfrag: string }
  /** Keys pressed one after the other, as RFC 2833 events. */
  | { readonly kind: "keys"; readonly leg: LegId; readonly keys: string }
  | { readonly kind: "voice"; readonly leg: LegId }
  | { readonly kind: "socketOpened"; readonly socket: SocketId }
  | { readonly kind: "socketMessage"; readonly socket: SocketId; readonly text: string }
  | { readonly kind: "socketClosed"; readonly socket: SocketId; readonly code: number }
  /** The connection could not be made: `code` as Node names it (`ECONNREFUSED`), `message` as it prints it. */
  | { readonly kind: "socketFailed"; readonly socket: SocketId; readonly code: string; readonly message: string }
  /** The other side answered the upgrade with an ordinary HTTP status. */
  | { readonly kind: "upgradeRefused"; readonly socket: SocketId; readonly status: number; readonly reason: string }
  /** Audio or speech was fetched. `durationMs` may have a fraction; it is required with status 200. */
  | {
      readonly kind: "audioFetched";
      readonly request: RequestId;
      readonly status: number;
      readonly reason?: string;
      readonly durationMs?: number;
    }
  /** A webhook was answered; `body` is the text of a JSON answer. */
  | { readonly kind: "hookAnswered"; readonly request: RequestId; readonly status: number; readonly body: string }
  | { readonly kind: "requestFailed"; readonly request: RequestId; readonly code: string; readonly message: string }
  | { readonly kind: "restCreateCall"; readonly request: RequestId; readonly body: unknown }
  | { readonly kind: "restUpdateCall"; readonly request: RequestId; readonly callSid: string; readonly body: unknown }
  /** Nothing but time has passed. */
  | { readonly kind: "time" };

/** What a telephone's user hears. */
export type Sound =
  | { readonly kind: "silence" }
  /** The telephone's own ring-back tone: the call is not answered and nobody sends audio. */
  | { readonly kind: "ringBack" }
  /** Audio from an address, begun `sinceMs` ago at most when this is told again (0 when it starts). */
  | { readonly kind: "audio"; readonly url: string; readonly verb: string; readonly durationMs: number }
  | {
      readonly kind: "speech";
      readonly text: string;
      readonly language: string;
      readonly voice: string;
      readonly durationMs: number;
    }
  | { readonly kind: "tone"; readonly durationMs: number }
  /** `also`: of a conference, whoever else is heard. */
  | { readonly kind: "bridged"; readonly with: LegId; readonly also?: readonly LegId[] };

export type FetchPurpose = "audio" | "speech" | "hook" | "status";

/** What the shell is asked to do. */
export type Output =
  | {
      readonly kind: "connect";
      readonly socket: SocketId;
      readonly purpose: "application" | "audio";
      readonly url: string;
      readonly protocol: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: "send"; readonly socket: SocketId; readonly text: string }
  | { readonly kind: "close"; readonly socket: SocketId; readonly code: number }
  /** The connection attempt is given up (no answer to the upgrade in time). */
  | { readonly kind: "abandon"; readonly socket: SocketId }
  /** Audio of a leg begins, pauses, goes on, or stops flowing to a `listen` socket: L16 little-endian in frames of `frameMs`. */
  | {
      readonly kind: "stream";
      readonly socket: SocketId;
      readonly leg: LegId;
      readonly state: "start" | "pause" | "resume" | "stop";
      readonly sampleRate: number;
      readonly channels: 1 | 2;
      readonly frameMs: 20;
    }
  | {
      readonly kind: "fetch";
      readonly request: RequestId;
      readonly purpose: FetchPurpose;
      readonly method: "GET" | "POST";
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | { readonly kind: "sip"; readonly leg: LegId; readonly message: SipMessage }
  | { readonly kind: "hears"; readonly leg: LegId; readonly sound: Sound }
  | { readonly kind: "restAnswer"; readonly request: RequestId; readonly status: number; readonly body: unknown };

/** The stand-in for a jambonz feature server 0.9.8. Deterministic: the same inputs at the same times give the same outputs. */
export interface SimulatorCore {
  /**
   * Takes one input at time `now` (ms; never less than before) and returns what to do, in order. Whatever became due before `now`
   * is done first, so a shell that wakes late loses nothing but punctuality.
   */
  handle(input: Input, now: number): readonly Output[];
  /** The next time at which the core wants a `time` input, or `undefined` when it waits for nothing but others. */
  wakeAt(): number | undefined;
  /**
   * The legs that REST lists, in the form of their status messages: those that are over too, and those that a dial gave up as they were
   * then (jambonz 0.9.8, read: dial.js takes their listeners away, so that their last word reaches no list).
   */
  calls(): readonly Readonly<Record<string, unknown>>[];
}
