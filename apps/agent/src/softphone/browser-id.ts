const place = "cordboard.browser";

/** A name that this browser keeps for itself, so that after a reload its operator's calls still ring in it. No secret. */
export function browserId(store: Pick<Storage, "getItem" | "setItem">, make: () => string): string {
  try {
    const kept = store.getItem(place);
    if (kept !== null && /^[A-Za-z0-9_-]{16,64}$/.test(kept)) return kept;
    const made = make();
    store.setItem(place, made);
    return made;
  } catch {
    // A browser that keeps nothing is another one after each reload.
    return make();
  }
}
