import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { ApiClient } from "@cordboard/api";
import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { t } from "../texts/t.ts";

/**
 * Takes recordings named as `prompts list` names them (`goodbye.fr.wav`) for the company's own, in place of the announcements that ship. Folders
 * stand for the WAV files in them. Goes on after a file that is refused; the exit code then is 1.
 */
export async function importPrompts(paths: readonly string[], options: ServerOptions): Promise<ExitCode> {
  const { client, url } = await connect(options);
  const builtIn = await client.call("prompts.builtIn");
  if (!builtIn.ok) return explain(builtIn.error, url);
  const known = new Map(builtIn.value.items.map((item) => [item.name, item]));
  const results: { readonly file: string; readonly error: string | null }[] = [];
  for (const file of paths.flatMap(audioFiles)) {
    const [, name = "", language = ""] = /^(.+)\.([a-z]{2}(?:-[A-Z]{2})?)\.wav$/i.exec(basename(file)) ?? [];
    const announcement = known.get(name);
    const error = announcement
      ? await take(client, { file, name, language, texts: announcement.texts })
      : t("prompts.unknown", { file: basename(file) });
    results.push({ file, error });
    if (!options.json) console[error === null ? "log" : "error"](error === null ? `✓ ${file}` : `✗ ${file}: ${error}`);
  }
  if (options.json) console.log(JSON.stringify(results, null, 2));
  if (results.length === 0) console.error(t("prompts.nothing"));
  return results.length > 0 && results.every(({ error }) => error === null) ? 0 : 1;
}

function audioFiles(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name.toLowerCase().endsWith(".wav"))
    .sort()
    .map((name) => join(path, name));
}

/** `null` when it was taken, else the sentence why not. */
async function take(
  client: ApiClient,
  recording: {
    readonly file: string;
    readonly name: string;
    readonly language: string;
    readonly texts: Record<string, string>;
  },
): Promise<string | null> {
  let file: Uint8Array;
  try {
    file = readFileSync(recording.file);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const promptId = await promptFor(client, recording);
  if (!promptId.ok) return promptId.message;
  const { language } = recording;
  const taken = await client.call("prompts.upload", { params: { promptId: promptId.id, language }, file });
  return taken.ok ? null : taken.error.message;
}

type Found = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly message: string };

/** The company's prompt that replaces the announcement; made when there is none yet. */
async function promptFor(
  client: ApiClient,
  { name, texts }: { readonly name: string; readonly texts: Record<string, string> },
): Promise<Found> {
  const listed = await client.call("prompts.list");
  if (!listed.ok) return { ok: false, message: listed.error.message };
  const found = listed.value.items.find(({ replaces }) => replaces === name);
  if (found) return { ok: true, id: found.promptId };
  const created = await client.call("prompts.create", { body: { name, texts, replaces: name } });
  return created.ok ? { ok: true, id: created.value.promptId } : { ok: false, message: created.error.message };
}
