import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type FlowDocument, isTemplate, parseFlow } from "@cordboard/flow-schema";

/** The flows of a folder that ask something when they are adopted; a file that is no flow is passed over. Read anew each time: they are few. */
export async function readTemplates(folder: string): Promise<FlowDocument[]> {
  // An installation without the folder has no templates.
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json")).sort();
  const found: FlowDocument[] = [];
  for (const name of names) {
    const parsed = parseFlow(await readFile(join(folder, name), "utf8"));
    if (parsed.ok && isTemplate(parsed.document)) found.push(parsed.document);
  }
  return found;
}
