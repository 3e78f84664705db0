import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { listRecordable } from "./recordable.ts";

/**
 * Prints every announcement of the product, and every piece of its numbers, dates and durations, with their texts, as CSV: the list that a
 * speaker records from, a file name a line.
 */
export async function listPrompts(options: ServerOptions): Promise<ExitCode> {
  const { client, url } = await connect(options);
  const recordable = await listRecordable(client);
  if (!recordable.ok) return explain(recordable.error, url);
  if (options.json) {
    console.log(JSON.stringify(recordable.items, null, 2));
    return 0;
  }
  console.log(csvLine(["file", "language", "text", "recorded"]));
  for (const { name, texts, recorded } of recordable.items) {
    for (const [language, text] of Object.entries(texts)) {
      console.log(csvLine([`${name}.${language}.wav`, language, text, recorded.includes(language) ? "yes" : ""]));
    }
  }
  return 0;
}

/** RFC 4180. */
function csvLine(values: readonly string[]): string {
  return values.map((value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(",");
}
