/** What a caller may have got of a call when it ends: somebody to talk to, a message that was left, a promise to be rung. */
export type Reach = "person" | "message" | "callback";

/**
 * One thing that happens while a call is in a node, as its caller meets it. `says`: a prompt of the flow, by its id, or an announcement of
 * the product. `silentMs`: nothing is heard. `musicMs`: music or ringing. `keys`: the caller presses them. `speaks`: the caller talks into a
 * recording. `talks`: two people talk, until the other one hangs up.
 */
export type Phase =
  | { readonly says: string; readonly builtIn?: true }
  | { readonly silentMs: number }
  | { readonly musicMs: number }
  | { readonly keys: string }
  | { readonly speaksMs: number }
  | { readonly talks: true };

/** What is so outside of a call while it is in a node. */
export type Circumstance =
  | { readonly schedule: string; readonly is: "open" | "closed" | "holiday" }
  /** `served`: somebody is there and accepts; `unstaffed`: nobody is signed in; `paused`: somebody is, and accepts nothing. */
  | { readonly queue: string; readonly is: "served" | "unstaffed" | "paused" | "full" | "closed" }
  | { readonly rung: string; readonly is: "answers" | "busy" | "silent" | "unreachable" }
  /** The number that chance gives, 0 to 1. */
  | { readonly draw: number }
  | { readonly system: "answers" | "refuses" | "unreachable" | "silent" }
  | { readonly contacts: "none" | "fail" };

/** How a call comes to leave a node by one of its outputs. */
export interface WayOut {
  /** The quickest way to it. */
  readonly phases: readonly Phase[];
  /** What takes longest, where that is another way: a caller who lets a question be asked to its last time before they answer. */
  readonly slowest?: readonly Phase[];
  readonly needs?: Circumstance;
  readonly reaches?: Reach;
}

/** A time that a caller has to bear, with the place of its setting. `null`: without end. */
export interface Patience {
  readonly kind: "ring" | "queue" | "system" | "question";
  readonly ms: number | null;
  /** JSON pointer inside the node's config. */
  readonly pointer: string;
}

/** A variable that a node gives a value, by the outputs named, or whichever way the call leaves. */
export interface Write {
  readonly variable: string;
  readonly outputs: readonly string[] | null;
}
