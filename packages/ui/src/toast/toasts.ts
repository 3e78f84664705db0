/** A short sentence about what has just been done, with a way to take it back. */
export type Toast = {
  readonly id: number;
  readonly kind: "info" | "error";
  readonly message: string;
  readonly action: { readonly label: string; readonly onSelect: () => void } | null;
};

/** How long a toast stays; one with an action stays longer, and neither leaves while the pointer or the focus is on it. */
export const toastMs = { plain: 5_000, withAction: 12_000 } as const;

let shown: readonly Toast[] = [];
let count = 0;
const listeners = new Set<() => void>();

/** Shows a toast, wherever the page's `ToastRegion` is. Returns how to take it away. */
export function showToast(message: string, more: { kind?: Toast["kind"]; action?: Toast["action"] } = {}): () => void {
  count += 1;
  const toast: Toast = { id: count, kind: more.kind ?? "info", message, action: more.action ?? null };
  // Three at most: who has not read the fourth last will not.
  set([...shown.slice(-2), toast]);
  return () => dismissToast(toast.id);
}

export function dismissToast(id: number): void {
  set(shown.filter((toast) => toast.id !== id));
}

export function currentToasts(): readonly Toast[] {
  return shown;
}

export function onToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next: readonly Toast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}
