import type { ApiClient, ApiProblem } from "@cordboard/api";

/** Something that the product says and a company may say in its own voice: an announcement, or a piece of a number. */
export interface Recordable {
  readonly name: string;
  readonly texts: Readonly<Record<string, string>>;
  /** The company's prompt that is heard instead; `null`: none yet. */
  readonly replacedBy: string | null;
  /** The languages, `fr` or `en`, in which the company has recorded it. */
  readonly recorded: readonly string[];
}

export type ListedRecordable =
  | { readonly ok: true; readonly items: readonly Recordable[] }
  | { readonly ok: false; readonly error: ApiProblem };

/** Everything that may be recorded, with what is recorded already. Music and tones are not spoken: they are replaced in the designer. */
export async function listRecordable(client: ApiClient): Promise<ListedRecordable> {
  const announcements = await client.call("prompts.builtIn");
  if (!announcements.ok) return announcements;
  const pieces = await client.call("prompts.pieces");
  if (!pieces.ok) return pieces;
  const prompts = await client.call("prompts.list");
  if (!prompts.ok) return prompts;
  const audioOf = new Map(prompts.value.items.map(({ promptId, audio }) => [promptId, Object.keys(audio)]));
  const spoken = [...announcements.value.items.filter(({ kind }) => kind === "speech"), ...pieces.value.items];
  const items = spoken.map(({ name, texts, replacedBy }) => ({
    ...{ name, texts, replacedBy },
    recorded: (replacedBy === null ? [] : (audioOf.get(replacedBy) ?? [])).map((language) => language.slice(0, 2)),
  }));
  return { ok: true, items };
}
