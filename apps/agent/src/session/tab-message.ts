import type { ServerMessage } from "@cordboard/api";
import { isServerMessage } from "./realtime-message.ts";

/** What one tab has to tell the others of what its operator did there. */
export type TabNews =
  /** Somebody signed in: this browser's session is another one now. */
  | { readonly kind: "signedIn" }
  | { readonly kind: "signedOut"; readonly farewell: "signedOut" | "afterCall" }
  | { readonly kind: "dismissed"; readonly noticeId: string };

/** What the tabs of one browser say to each other about the one live connection that they share. */
export type TabMessage =
  /** From the tab that leads: what the server said, and how the connection is. */
  | { readonly v: 1; readonly kind: "message"; readonly message: ServerMessage }
  | { readonly v: 1; readonly kind: "link"; readonly up: boolean }
  | { readonly v: 1; readonly kind: "refused" }
  /** For one tab that came: how the connection is, and what the server says only when it changes. */
  | {
      readonly v: 1;
      readonly kind: "state";
      readonly to: string;
      readonly up: boolean | null;
      readonly kept: readonly ServerMessage[];
    }
  /** To the tab that leads. */
  | { readonly v: 1; readonly kind: "hello"; readonly from: string }
  | { readonly v: 1; readonly kind: "refresh" }
  | { readonly v: 1; readonly kind: "news"; readonly news: TabNews };

const kinds: readonly string[] = [
  "message",
  "link",
  "refused",
  "state",
  "hello",
  "refresh",
  "news",
] satisfies readonly TabMessage["kind"][];

/**
 * True for what a tab of this version may have said. While the product is upgraded, tabs of two versions are open beside each other: what
 * one does not know of the other is not read.
 */
export function isTabMessage(value: unknown): value is TabMessage {
  if (typeof value !== "object" || value === null || !("v" in value) || value.v !== 1) return false;
  if (!("kind" in value) || typeof value.kind !== "string" || !kinds.includes(value.kind)) return false;
  return value.kind !== "message" || ("message" in value && isServerMessage(value.message));
}
