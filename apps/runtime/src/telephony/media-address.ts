/** Which verb a hook belongs to: we choose the hook's path and the verb's id, and jambonz gives them back. */
export type MediaKind = "play" | "collect" | "dial";

/** The id of the verb that carries out the effect with this entry; comes back in `verb:status` and `jambonz:error`. */
export function verbId(entry: number): string {
  return `e${entry}`;
}

/** The path to which the verb's result is posted. */
export function hookPath(entry: number, kind: MediaKind): string {
  return `/e/${entry}/${kind}`;
}

/** The entry in a verb's id; `null` for an id that is not ours. */
export function entryOfId(id: unknown): number | null {
  const match = typeof id === "string" ? /^e(\d{1,15})$/.exec(id) : null;
  return match ? Number(match[1]) : null;
}

/** Entry and kind in a hook's path; `null` for a path that is not ours. */
export function entryOfPath(path: string): { readonly entry: number; readonly kind: MediaKind } | null {
  const match = /^\/e\/(\d{1,15})\/(play|collect|dial)$/.exec(path);
  return match ? { entry: Number(match[1]), kind: match[2] as MediaKind } : null;
}
