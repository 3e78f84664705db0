/**
 * Who calls proves that they are who they say. The flow asks, the host answers at once (channel `ask`): codes, attempts and lock-outs are the
 * host's business, and what was keyed is in the question alone, which nothing stores.
 */

/** `pin`: a code that the contact knows; `mail`, `sms`: one that is sent to them in the call. */
export type IdentityMeans = "pin" | "mail" | "sms";

export interface IdentityQuestion {
  /** `send`: a one-time code is to be sent; `check`: `code` is what was keyed. */
  readonly what: "send" | "check";
  readonly by: IdentityMeans;
  /** `contacts`: the PIN is the company's own contact's; otherwise the id of the connector that checks the PIN, or sends the message. */
  readonly source: string;
  /** Where a one-time code goes: an address or a number. */
  readonly to: string;
  readonly code: string;
  /** Of a check of a one-time code: the question with which it was sent, and when (UTC milliseconds). */
  readonly sent: { readonly entry: number; readonly at: number } | null;
}

/**
 * `sent`: the code is on its way. `wrong`: it is not the code. `locked`: too many wrong ones, in this call or others. `unavailable`: nobody in
 * particular calls, there is nothing to check against, or who would know could not be asked.
 */
export type IdentityResult = "sent" | "verified" | "wrong" | "locked" | "unavailable";

/** How far the caller's identity is proven; shown to whoever takes the call. */
export interface Identity {
  readonly by: IdentityMeans;
  readonly result: Exclude<IdentityResult, "sent" | "wrong"> | "failed";
}
