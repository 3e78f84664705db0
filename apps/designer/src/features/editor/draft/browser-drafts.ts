import { createLocalDrafts, type DraftShelf, type LocalDrafts } from "./local-drafts.ts";

const database = "cordboard.drafts";
const shelfName = "drafts";
const lockOf = (tab: string) => `cordboard.tab/${tab}`;

let ofThisTab: LocalDrafts | undefined;

/** The drafts of this tab. Other tabs know by a lock that it is open; the browser gives the lock back when the tab is gone, however it went. */
export function localDrafts(): LocalDrafts {
  if (ofThisTab) return ofThisTab;
  const tab = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");
  void locks()?.request(lockOf(tab), () => new Promise<never>(() => {}));
  ofThisTab = createLocalDrafts({ shelf: indexedShelf, tab, openTabs });
  return ofThisTab;
}

/**
 * Where a browser has no locks (a page that came without TLS), no other tab counts as open: a draft may then be taken over while its tab
 * still shows it. It is the same drawing twice, which is no loss.
 */
async function openTabs(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await locks()?.query()) ?? {};
  return new Set(held.map(({ name = "" }) => name.slice(lockOf("").length)));
}

/** Its type promises it everywhere; browsers give it to pages that came safely. */
function locks(): LockManager | undefined {
  return navigator.locks;
}

/** In IndexedDB: a large flow is more than what localStorage takes. */
const indexedShelf: DraftShelf = {
  async find(start) {
    const store = await shelfOf("readonly");
    const range = IDBKeyRange.bound(start, `${start}\uffff`);
    const { db } = store.transaction;
    try {
      const [keys, values] = await Promise.all([done(store.getAllKeys(range)), done<unknown[]>(store.getAll(range))]);
      return keys.map((key, index) => [String(key), values[index]] as const);
    } finally {
      db.close();
    }
  },
  put: async (key, draft) => void (await asked(await shelfOf("readwrite"), (store) => store.put(draft, key))),
  remove: async (key) => asked(await shelfOf("readwrite"), (store) => store.delete(key)),
};

async function shelfOf(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open(database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(shelfName);
  const opened = await done(opening);
  return opened.transaction(shelfName, mode).objectStore(shelfName);
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
