import type { FlowDocument } from "@cordboard/flow-schema";
import type { LocalDraft } from "./draft-keeper.ts";

const database = "cordboard.drafts";
const shelf = "drafts";

/** Drafts that this browser keeps until the server has them, by company, user and flow. A browser that keeps nothing only forgets them. */
export interface LocalDrafts {
  read(key: string): Promise<LocalDraft | null>;
  write(key: string, draft: LocalDraft | null): Promise<void>;
}

/** In IndexedDB: a large flow is more than what localStorage takes. */
export function localDrafts(): LocalDrafts {
  return {
    async read(key) {
      try {
        const found: unknown = await asked(await shelfOf("readonly"), (store) => store.get(key));
        return isDraft(found) ? found : null;
      } catch {
        return null;
      }
    },
    async write(key, draft) {
      try {
        const store = await shelfOf("readwrite");
        await (draft === null ? asked(store, () => store.delete(key)) : asked(store, () => store.put(draft, key)));
      } catch {
        // The draft is still on the screen, and on its way to the server.
      }
    },
  };
}

async function shelfOf(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open(database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(shelf);
  const opened = await done(opening);
  return opened.transaction(shelf, mode).objectStore(shelf);
}

function asked<Value>(store: IDBObjectStore, ask: (store: IDBObjectStore) => IDBRequest<Value>): Promise<Value> {
  return done(ask(store)).finally(() => store.transaction.db.close());
}

function done<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** What we wrote ourselves; an older version may have written something else. */
function isDraft(value: unknown): value is LocalDraft {
  if (typeof value !== "object" || value === null) return false;
  const { rev, document }: { rev?: unknown; document?: Partial<FlowDocument> } = value;
  return (rev === null || typeof rev === "number") && typeof document === "object" && document.formatVersion === 1;
}
