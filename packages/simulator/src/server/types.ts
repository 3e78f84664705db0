import type { Sound } from "../core/types.ts";

/** A virtual telephone as it is registered: how it can be dialled. */
export interface TelephoneSpec {
  readonly id: string;
  /** The words a person sees for it. */
  readonly label?: string;
  /** SIP addresses (`sip:ines@desk.example`), user names (`ines@desk.example`, `ines`) and numbers (`+33155500111`) that ring it. */
  readonly addresses: readonly string[];
  /** Switched off: whoever dials it gets no answer of any kind, until the ring time or 32 s are over. */
  readonly dead?: boolean;
  /** The SIP status with which it (or the exchange it calls through) refuses to be sent elsewhere by REFER; without one it goes. */
  readonly refuses?: number;
}

/** One connection of a telephone, as its user sees it. */
export interface TelephoneCall {
  readonly leg: string;
  readonly direction: "out" | "in";
  /** `calling`: our telephone calls and waits; `ringing`: it rings; `talking`: connected; `ended`: over. */
  readonly phase: "calling" | "ringing" | "talking" | "ended";
  readonly from: string;
  readonly to: string;
  readonly callerName?: string;
  readonly hears: Sound;
  /** When `hears` began, in milliseconds of the simulator's clock (`Date.now()`). */
  readonly hearsSince: number;
  /** How it ended: a SIP status, or who hung up. */
  readonly endedBy?: string;
}

export interface TelephoneState {
  readonly id: string;
  readonly label: string;
  readonly addresses: readonly string[];
  readonly phase: "idle" | "calling" | "ringing" | "talking";
  /** The call in progress, or the last one for as long as nothing new happens. */
  readonly call?: TelephoneCall;
}

export interface OutgoingCall {
  /**
   * The telephone that calls; it need not be registered, a new one is made for an unknown id. From then on it may be called on the number
   * that it showed.
   */
  readonly telephone?: string;
  readonly from: string;
  readonly to: string;
  readonly callerName?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The hands on the virtual telephones. An action that the telephone's state does not allow throws an `Error` that says so. */
export interface Telephones {
  /** Adds a telephone, or changes the addresses of one that exists. */
  register(spec: TelephoneSpec): void;
  unregister(id: string): void;
  /** Dials; returns the id of the telephone that calls. */
  call(call: OutgoingCall): string;
  /** Says "it rings" (180) by hand; registered telephones do so by themselves unless `autoRing` is off. */
  ring(id: string): void;
  /** `machine`: an answering machine does, which jambonz makes out where it was asked to. */
  answer(id: string, by?: { readonly machine: boolean }): void;
  /** Refuses a ringing call with a SIP status (486 busy, 603 declined, 480 not there …). */
  reject(id: string, status: number): void;
  hangup(id: string): void;
  /** Presses keys during a call; they travel as RFC 2833 events. */
  press(id: string, keys: string): void;
  /**
   * Says something into a telephone, for whom the application listens to just now (`listen`): L16 little-endian, 8 kHz mono. It is sent in
   * real time, one piece after the other; a telephone that is not in a call is spoken into in vain.
   */
  speak(id: string, audio: Uint8Array): void;
  list(): readonly TelephoneState[];
  get(id: string): TelephoneState | undefined;
}

export interface SimulatorLogEntry {
  readonly at: number;
  readonly what: "socket" | "message" | "sip" | "http" | "rest";
  readonly text: string;
}

/** What the account has besides its calls, for who examines it. */
export interface SimulatedAccount {
  readonly name?: string;
  readonly applicationName?: string;
  readonly inactive?: boolean;
  /** Absent: that of the telephones; null: it has none. */
  readonly sipRealm?: string | null;
  readonly carriers?: readonly {
    readonly name: string;
    readonly inactive?: boolean;
    /** Numbers of which nothing is said go to the application. */
    readonly servesAllNumbers?: boolean;
    /** How its registration stands; absent: it does not register. */
    readonly registration?: { readonly status: string; readonly reason: string };
  }[];
  /** As jambonz keeps them, without a leading plus; to our application unless another is named. */
  readonly numbers?: readonly { readonly number: string; readonly applicationSid?: string }[];
}

export interface SimulatorOptions {
  readonly application: {
    readonly callHook: string;
    readonly callStatusHook?: string;
    /** Basic authentication that the application's addresses ask for. */
    readonly auth?: { readonly username: string; readonly password: string };
  };
  /** The port of the REST API; 0 picks a free one. */
  readonly restPort: number;
  /** The address to listen on; loopback unless said otherwise. */
  readonly host?: string;
  readonly accountSid: string;
  /** The bearer token that REST requests must carry. */
  readonly apiKey: string;
  readonly applicationSid?: string;
  /** Signs HTTP hooks (`Jambonz-Signature`). */
  readonly webhookSecret?: string;
  /** A `custom:NAME` synthesiser; without it `say` fails as it does on a jambonz without a speech credential. */
  readonly speech?: {
    readonly vendor: string;
    readonly url: string;
    readonly token: string;
    readonly language: string;
    readonly voice: string;
  };
  readonly telephones?: readonly TelephoneSpec[];
  readonly account?: SimulatedAccount;
  /** What a dialled address does that no telephone has: `notFound` answers 404, `silent` never answers (default `notFound`). */
  readonly unregistered?: "notFound" | "silent";
  /** Whether a registered telephone rings (180) as soon as it is dialled (default true). */
  readonly autoRing?: boolean;
  readonly log?: (entry: SimulatorLogEntry) => void;
}

export interface RunningSimulator {
  /** The REST API's base address, `http://host:port/v1`. */
  readonly restUrl: string;
  readonly telephones: Telephones;
  /** Calls `listener` with a telephone's new state at each change; returns the way to stop. */
  onChange(listener: (state: TelephoneState) => void): () => void;
  /** Ends every call (sockets close with 1001 as when a server stops), stops listening, and resolves when all is closed. */
  close(): Promise<void>;
}
