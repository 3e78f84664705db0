const place = "cordboard.recentNodeTypes";
/** So many are worth a look before the whole list is. */
const most = 4;

/** The types that were added last in this browser, the newest first; empty where it keeps nothing. */
export function recentTypes(): readonly string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string").slice(0, most) : [];
  } catch {
    return [];
  }
}

/** Remembers that a type was added. */
export function rememberType(type: string): void {
  try {
    const next = [type, ...recentTypes().filter((one) => one !== type)].slice(0, most);
    localStorage.setItem(place, JSON.stringify(next));
  } catch {
    // Only a convenience.
  }
}
