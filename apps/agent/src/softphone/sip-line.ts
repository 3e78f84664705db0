import type { SoftphoneKey } from "@cordboard/api";

/** A call that came by SIP, to be answered once or refused. */
export interface SipCall {
  /** Which call of ours it is; null: it does not say. */
  readonly callId: string | null;
  readonly from: string;
  answer(microphone: MediaStream): void;
  /** 486: busy; 480: it cannot be taken here; 603: somebody does not want it. */
  refuse(status: 480 | 486 | 603): void;
  hangUp(): void;
  /** A key, as RFC 4733 sends it. */
  press(key: string): void;
  /** Speaks through another microphone from now on. */
  speakThrough(microphone: MediaStream): Promise<void>;
  /** `sound`: what the other side says. `ended`: whoever ended it, also before it was answered. */
  listen(listener: { sound(stream: MediaStream): void; ended(): void }): void;
}

export interface SipLineListener {
  /** Registered: calls can come, and will for so many ms. */
  up(forMs: number): void;
  /** Not registered (any more): nobody answers, and it is tried again; or it was refused, and a newer password is needed. */
  down(why: "unreachable" | "refused"): void;
  call(call: SipCall): void;
}

/** A browser's registration with the border controller. It connects again by itself until it is closed. */
export interface SipLine {
  /** Registers now: in time before the registration ends, or because the connection may have died unnoticed. */
  register(): void;
  renew(password: string): void;
  /** Takes the registration back. */
  close(): void;
}

export type OpenSipLine = (key: SoftphoneKey, listener: SipLineListener) => Promise<SipLine>;
