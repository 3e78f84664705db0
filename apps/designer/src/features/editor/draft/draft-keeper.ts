import type { ApiProblem, ApiResult } from "@cordboard/api";
import { type FlowDocument, mergeFlows, readFlow } from "@cordboard/flow-schema";
import { createStore, type StoreApi } from "zustand/vanilla";

/** Another draft that was saved since ours was read. */
export interface OtherDraft {
  readonly rev: number;
  readonly savedAt: string;
  readonly savedBy: { readonly userId: string; readonly name: string } | null;
  readonly document: unknown;
}

/**
 * `offline`: the server is not reached; what was drawn is kept in this browser and sent later. `conflict`: somebody else saved meanwhile;
 * both changed the same, and nothing is sent until it is decided. `refused`: the server does not take it; what was drawn is still here and in this browser.
 */
export type KeeperState =
  | { readonly kind: "saved"; readonly at: number | null }
  | { readonly kind: "unsaved" }
  | { readonly kind: "saving" }
  | { readonly kind: "offline" }
  | { readonly kind: "refused"; readonly problem: ApiProblem }
  | {
      readonly kind: "conflict";
      readonly problem: ApiProblem;
      readonly other: OtherDraft | null;
      readonly base: FlowDocument | null;
    };

/** What was drawn and is not on the server yet, as this browser keeps it. */
export interface LocalDraft {
  /** The draft that it was drawn on; null: there was none. */
  readonly rev: number | null;
  /** That draft itself; null or absent: not known, so what another author saves meanwhile cannot be merged. */
  readonly base?: FlowDocument | null;
  readonly document: FlowDocument;
  readonly at: number;
}

export interface DraftKeeper {
  readonly state: StoreApi<KeeperState>;
  /** The document has changed. */
  changed(document: FlowDocument): void;
  /** Sends what is not saved yet, now. */
  flush(): Promise<void>;
  /** After a conflict: what is drawn here, which may be both merged, takes the place of the other draft. */
  keepMine(): Promise<void>;
  /** After a conflict: the other draft is the one that is drawn on from now on. */
  takeTheirs(): void;
  /** Another author's draft, read while everything of this page is saved: it is what is drawn on from now on. Else it is for the next save to take in. */
  arrived(other: OtherDraft): void;
  /** The server's draft as it is known here. */
  rev(): number | null;
  /** No attempt of its own any more, until something changes again. */
  stop(): void;
}

/** How long drawing rests before it is sent, and how long between two attempts at a server that is away; ms. */
const restMs = 800;
const againMs = [2_000, 5_000, 15_000, 30_000] as const;

/**
 * Keeps a draft: in this browser at once, on the server soon. One request at a time, always with the newest document; nothing is dropped
 * from this browser before the server has it. What another author saved meanwhile is merged in where both did not change the same. Pure but
 * for what it is given.
 */
export function createDraftKeeper(given: {
  readonly rev: number | null;
  /** What is on the server as `rev`, or what is drawn on where there is no draft yet; null: not known. */
  readonly base: FlowDocument | null;
  /** What is drawn here is to be this from now on: what another author saved is in it. */
  readonly onMerged: (document: FlowDocument, other: OtherDraft) => void;
  /** What another author saved is to be drawn here; nothing of this page was in its way. */
  readonly onArrived: (document: FlowDocument) => void;
  readonly save: (rev: number | null, document: FlowDocument) => Promise<ApiResult<{ rev: number; savedAt: string }>>;
  readonly keepLocal: (draft: LocalDraft | null) => void;
  readonly now: () => number;
  /** Calls back after so many milliseconds; answers how to take it back. */
  readonly later: (ms: number, then: () => void) => () => void;
}): DraftKeeper {
  const { save, keepLocal, now, later } = given;
  const state = createStore<KeeperState>(() => ({ kind: "saved", at: null }));
  let { rev, base } = given;
  let newest: FlowDocument | null = null;
  let cancel = () => {};
  let sending: Promise<void> | null = null;
  let failures = 0;

  const set = (next: KeeperState) => state.setState(next, true);
  const schedule = (ms: number) => {
    cancel();
    cancel = later(ms, () => void send());
  };

  /** Takes in what another author saved; false: both changed the same, or it is not known what both began with. */
  function takeIn(other: OtherDraft | null): boolean {
    const read = other && readFlow(other.document);
    if (!other || !read?.ok || base === null || newest === null) return false;
    const { document, conflicts } = mergeFlows(base, newest, read.document);
    if (conflicts.length > 0) return false;
    rev = other.rev;
    base = read.document;
    newest = document;
    keepLocal({ rev, base, document, at: now() });
    set({ kind: "unsaved" });
    given.onMerged(document, other);
    schedule(restMs);
    return true;
  }

  async function send(): Promise<void> {
    cancel();
    if (sending) return sending;
    if (newest === null || state.getState().kind === "conflict") return;
    sending = sendNow(newest).finally(() => {
      sending = null;
    });
    return sending;
  }

  async function sendNow(document: FlowDocument): Promise<void> {
    set({ kind: "saving" });
    const answer = await save(rev, document);
    if (answer.ok) {
      rev = answer.value.rev;
      base = document;
      failures = 0;
      if (newest === document) {
        newest = null;
        keepLocal(null);
        set({ kind: "saved", at: now() });
      } else {
        // Drawn on meanwhile: what is kept here belongs to the new draft now.
        if (newest) keepLocal({ rev, base, document: newest, at: now() });
        set({ kind: "unsaved" });
        schedule(restMs);
      }
      return;
    }
    const { error } = answer;
    if (error.code === "draftChanged" || error.code === "changedMeanwhile") {
      const other = otherDraft(error);
      if (!takeIn(other)) set({ kind: "conflict", problem: error, other, base });
    } else if (error.status === 0 || error.status >= 500 || error.status === 429) {
      set({ kind: "offline" });
      schedule(againMs[Math.min(failures, againMs.length - 1)] ?? 30_000);
      failures += 1;
    } else set({ kind: "refused", problem: error });
  }

  return {
    state,
    rev: () => rev,
    changed(document) {
      // What has just come from the server is nobody's change.
      if (newest === null && document === base) return;
      newest = document;
      keepLocal({ rev, base, document, at: now() });
      const { kind } = state.getState();
      if (kind === "conflict") return;
      if (kind !== "offline" && kind !== "saving") set({ kind: "unsaved" });
      if (kind !== "saving") schedule(kind === "offline" ? againMs[0] : restMs);
    },
    flush: send,
    async keepMine() {
      const current = state.getState();
      if (current.kind !== "conflict") return;
      rev = current.other?.rev ?? null;
      base = documentOf(current.other);
      set({ kind: "unsaved" });
      await send();
    },
    takeTheirs() {
      const current = state.getState();
      if (current.kind !== "conflict" || current.other === null) return;
      rev = current.other.rev;
      base = documentOf(current.other);
      newest = null;
      keepLocal(null);
      set({ kind: "saved", at: now() });
    },
    arrived(other) {
      const read = readFlow(other.document);
      if (!read.ok || newest !== null || sending !== null || other.rev <= (rev ?? 0)) return;
      rev = other.rev;
      base = read.document;
      set({ kind: "saved", at: now() });
      given.onArrived(base);
    },
    stop: () => cancel(),
  };
}

function documentOf(other: OtherDraft | null): FlowDocument | null {
  const read = other && readFlow(other.document);
  return read?.ok ? read.document : null;
}

/** The draft that a refusal brings along; `null` when there is none any more. */
function otherDraft({ details }: ApiProblem): OtherDraft | null {
  const { draft } = details;
  if (typeof draft !== "object" || draft === null) return null;
  const { rev, savedAt, savedBy, document }: { [Name in keyof OtherDraft]?: unknown } = draft;
  if (typeof rev !== "number" || typeof savedAt !== "string") return null;
  return { rev, savedAt, savedBy: authorOf(savedBy), document };
}

function authorOf(value: unknown): OtherDraft["savedBy"] {
  if (typeof value !== "object" || value === null) return null;
  const { userId, name }: { userId?: unknown; name?: unknown } = value;
  return typeof userId === "string" && typeof name === "string" ? { userId, name } : null;
}
