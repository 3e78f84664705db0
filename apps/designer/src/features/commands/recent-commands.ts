const place = "cordboard.designer.commands";
const most = 8;

/** What was used last, the newest first, by the ids of commands; what this browser does not keep is not there. */
export function recentCommands(): readonly string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

/** Remembers that a command was used. */
export function rememberCommand(id: string): void {
  try {
    const next = [id, ...recentCommands().filter((one) => one !== id)].slice(0, most);
    localStorage.setItem(place, JSON.stringify(next));
  } catch {
    // A browser that keeps nothing has no commands that were used last.
  }
}
