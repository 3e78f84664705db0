/** What jambonz' REST API and the network answered: all that is judged. */

/** An answer: what was read of it, or why there is none. */
export type Seen<Value> =
  | { readonly kind: "read"; readonly value: Value }
  /** It answered, but not this. */
  | { readonly kind: "refused"; readonly status: number }
  | { readonly kind: "silent"; readonly fault: NetworkFault };

/** `name`: there is no such host. `closed`: nothing listens. `late`: no answer in time. `certificate`: TLS failed. `other`: anything else. */
export interface NetworkFault {
  readonly kind: "name" | "closed" | "late" | "certificate" | "other";
  readonly why: string;
}

export interface SeenHook {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export interface SeenAccount {
  readonly name: string;
  readonly active: boolean;
  readonly realm: string | null;
}

export interface SeenApplication {
  readonly name: string;
  readonly callHook: SeenHook | null;
  readonly statusHook: SeenHook | null;
  readonly vendor: string | null;
  readonly label: string | null;
}

export interface SeenCarrier {
  readonly sid: string;
  readonly name: string;
  readonly active: boolean;
  /** Where calls go for which no number says it. */
  readonly applicationSid: string | null;
  /** Null: it does not register. */
  readonly registered: { readonly ok: boolean; readonly why: string } | null;
}

export interface SeenNumber {
  readonly number: string;
  readonly applicationSid: string | null;
}

export interface SeenCredential {
  readonly vendor: string;
  readonly label: string | null;
  readonly speaks: boolean;
  /** What jambonz' own trial of it said; null: it was never tried. */
  readonly tried: boolean | null;
}

export interface SeenJambonz {
  readonly account: Seen<SeenAccount>;
  readonly application: Seen<SeenApplication> | null;
  readonly webhookSecret: Seen<string>;
  readonly carriers: Seen<readonly SeenCarrier[]>;
  readonly numbers: Seen<readonly SeenNumber[]>;
  readonly credentials: Seen<readonly SeenCredential[]>;
  /** The languages that the application's synthesiser speaks; null: not asked, there is none. */
  readonly spoken: Seen<readonly string[]> | null;
  readonly registered: Seen<readonly string[]>;
  /** How far its clock is ahead of ours, ms; null: it did not say. */
  readonly clockAheadMs: number | null;
}

export interface SeenNetwork {
  /** Days until the certificate of jambonz' API ends; null: it has none, or it could not be seen. */
  readonly certificateDays: number | null;
  /** Our own public address, asked from here. */
  readonly health: Seen<{ readonly isOurs: boolean }>;
  readonly socket: Seen<true>;
  readonly media: Seen<{ readonly isWav: boolean }> | null;
}

/** What was read, or null. */
export const readOf = <Value>(seen: Seen<Value> | null): Value | null => (seen?.kind === "read" ? seen.value : null);
