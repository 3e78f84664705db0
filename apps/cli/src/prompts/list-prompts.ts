import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";

/** Prints every announcement of the product with its texts, as CSV: the list that a speaker records from, a file name a line. */
export async function listPrompts(options: ServerOptions): Promise<ExitCode> {
  const { client, url } = await connect(options);
  const answer = await client.call("prompts.builtIn");
  if (!answer.ok) return explain(answer.error, url);
  const spoken = answer.value.items.filter(({ kind }) => kind === "speech");
  if (options.json) {
    console.log(JSON.stringify(spoken, null, 2));
    return 0;
  }
  console.log(csvLine(["file", "language", "text", "recorded"]));
  for (const { name, texts, replacedBy } of spoken) {
    for (const [language, text] of Object.entries(texts)) {
      console.log(csvLine([`${name}.${language}.wav`, language, text, replacedBy === null ? "" : "yes"]));
    }
  }
  return 0;
}

/** RFC 4180. */
function csvLine(values: readonly string[]): string {
  return values.map((value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(",");
}
