import { COMPLETABLE, type FlowDocument } from "@cordboard/flow-schema";
import type { LocalDraft } from "./draft-keeper.ts";

/**
 * Drafts that this browser keeps until the server has them, by company, user and flow (the `place`) and by tab: two tabs of one author may
 * both hold work that is not sent, and what one of them has sent says nothing of the other's. A browser that keeps nothing only forgets them.
 */
export interface LocalDrafts {
  /** What was kept here and is nobody's now: by this tab, else the newest that a closed one left. It is this tab's from then on. */
  take(place: string): Promise<LocalDraft | null>;
  /** Keeps this tab's draft; null: it has none any more. Never touches what another tab keeps. */
  write(place: string, draft: LocalDraft | null): Promise<void>;
}

/** Where drafts lie, by key. */
export interface DraftShelf {
  /** All whose key begins so. */
  find(start: string): Promise<readonly (readonly [key: string, value: unknown])[]>;
  put(key: string, draft: LocalDraft): Promise<void>;
  remove(key: string): Promise<void>;
}

export function createLocalDrafts(given: {
  readonly shelf: DraftShelf;
  readonly tab: string;
  /** The tabs that are open. */
  readonly openTabs: () => Promise<ReadonlySet<string>>;
}): LocalDrafts {
  const { shelf, tab, openTabs } = given;
  const keyAt = (place: string) => `${place}#${tab}`;
  return {
    async take(place) {
      try {
        const own = keyAt(place);
        const open = await openTabs();
        const found = (await shelf.find(place)).flatMap(([key, draft]) => {
          // Without a tab: kept before tabs were told apart.
          const [at, owner = ""] = key.split("#");
          return at === place && isDraft(draft) && (key === own || !open.has(owner)) ? [{ key, draft }] : [];
        });
        const [newest] = found.sort((a, b) => Number(b.key === own) - Number(a.key === own) || b.draft.at - a.draft.at);
        if (!newest) return null;
        const { draft } = newest;
        if (newest.key !== own) {
          // There twice for a moment rather than nowhere.
          await shelf.put(own, newest.draft);
          await shelf.remove(newest.key);
        }
        return { ...draft, document: complete(draft.document), ...(draft.base && { base: complete(draft.base) }) };
      } catch {
        return null;
      }
    },
    async write(place, draft) {
      try {
        await (draft === null ? shelf.remove(keyAt(place)) : shelf.put(keyAt(place), draft));
      } catch {
        // The draft is still on the screen, and on its way to the server.
      }
    },
  };
}

/** With the members that documents have had since it was kept. */
const complete = (document: FlowDocument): FlowDocument => ({ ...COMPLETABLE, ...document });

/** What we wrote ourselves; an older version may have written something else. */
function isDraft(value: unknown): value is LocalDraft {
  if (typeof value !== "object" || value === null) return false;
  const { rev, document }: { rev?: unknown; document?: Partial<FlowDocument> } = value;
  return (rev === null || typeof rev === "number") && typeof document === "object" && document.formatVersion === 1;
}
