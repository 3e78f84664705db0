import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { ApiClient } from "@cordboard/api";
import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { t } from "../texts/t.ts";
import { listRecordable, type Recordable } from "./recordable.ts";

/**
 * Takes recordings named as `prompts list` names them (`goodbye.fr.wav`) for the company's own, in place of the announcements that ship. Folders
 * stand for the WAV files in them. Goes on after a file that is refused; the exit code then is 1.
 */
export async function importPrompts(paths: readonly string[], options: ServerOptions): Promise<ExitCode> {
  const { client, url } = await connect(options);
  const recordable = await listRecordable(client);
  if (!recordable.ok) return explain(recordable.error, url);
  const known = new Map(recordable.items.map((item) => [item.name, item]));
  /** The company's prompts by what they replace; those that are made meanwhile, too. */
  const prompts = new Map(recordable.items.map(({ name, replacedBy }) => [name, replacedBy]));
  const results: { readonly file: string; readonly error: string | null }[] = [];
  for (const file of paths.flatMap(audioFiles)) {
    const error = await takeFile(client, file, known, prompts);
    results.push({ file, error });
    if (!options.json) console[error === null ? "log" : "error"](error === null ? `✓ ${file}` : `✗ ${file}: ${error}`);
  }
  if (options.json) console.log(JSON.stringify(results, null, 2));
  if (results.length === 0) console.error(t("prompts.nothing"));
  return results.length > 0 && results.every(({ error }) => error === null) ? 0 : 1;
}

/** `null` when it was taken, else the sentence why not. */
async function takeFile(
  client: ApiClient,
  path: string,
  known: ReadonlyMap<string, Recordable>,
  prompts: Map<string, string | null>,
): Promise<string | null> {
  const [, name = "", language = ""] = /^(.+)\.([a-z]{2}(?:-[A-Z]{2})?)\.wav$/i.exec(basename(path)) ?? [];
  const announcement = known.get(name);
  if (!announcement) return t("prompts.unknown", { file: basename(path) });
  if (!Object.hasOwn(announcement.texts, language.slice(0, 2))) {
    return t("prompts.languageUnknown", { name, languages: Object.keys(announcement.texts).join(", "), language });
  }
  let file: Uint8Array;
  try {
    file = readFileSync(path);
  } catch (error) {
    return t("flow.unreadable", {
      file: path,
      code: error instanceof Error && "code" in error ? `${error.code}` : "?",
    });
  }
  let promptId = prompts.get(name) ?? null;
  if (promptId === null) {
    const { texts } = announcement;
    const created = await client.call("prompts.create", { body: { name, texts, replaces: name } });
    if (!created.ok) return created.error.message;
    promptId = created.value.promptId;
    prompts.set(name, promptId);
  }
  const taken = await client.call("prompts.upload", { params: { promptId, language }, file });
  return taken.ok ? null : taken.error.message;
}

function audioFiles(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name.toLowerCase().endsWith(".wav"))
    .sort()
    .map((name) => join(path, name));
}
