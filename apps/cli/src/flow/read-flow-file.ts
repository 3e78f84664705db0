import { closeSync, openSync, readSync } from "node:fs";
import { type Finding, type FlowDocument, MAX_FLOW_BYTES, parseFlow } from "@cordboard/flow-schema";
import { language, t } from "../texts/t.ts";

export type FlowFile =
  | { readonly ok: true; readonly file: string; readonly text: string; readonly document: FlowDocument }
  | { readonly ok: false; readonly file: string; readonly findings: readonly Finding[] }
  /** The file itself cannot be had. */
  | { readonly ok: false; readonly file: string; readonly findings: null; readonly message: string };

export function readFlowFile(file: string): FlowFile {
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return { ok: false, file, findings: null, message: t("flow.unreadable", { file, code }) };
  }
  const parsed = parseFlow(text);
  return parsed.ok
    ? { ok: true, file, text, document: parsed.document }
    : { ok: false, file, findings: parsed.findings };
}

/** A file as text, no more of it than could be a flow and a little: what is larger is refused without filling the memory. */
export function readText(file: string): string {
  const bytes = Buffer.alloc(MAX_FLOW_BYTES + 1);
  const opened = openSync(file, "r");
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(opened, bytes, length, bytes.length - length, null);
    }
    return bytes.toString("utf8", 0, length);
  } finally {
    closeSync(opened);
  }
}

/**
 * The files that are meant to be flows: what `flows/*.json` brings along beside them, scenarios and the schema, is passed over, unless it is
 * all that was given.
 */
export function flowFiles(files: readonly string[]): readonly string[] {
  const flows = files.filter((file) => !/\.(scenarios|schema)\.json$/.test(file));
  return flows.length > 0 ? flows : files;
}

/** One finding as a compiler would say it: file, place, severity, sentence, code. */
export function findingLine(file: string, { severity, pointer, nodeId, message, code }: Finding): string {
  const place = nodeId === undefined ? pointer || "/" : `${pointer} (${nodeId})`;
  return `${file}: ${place}: ${t(`flow.${severity}`)}: ${message[language]} [${code}]`;
}

/** Says why a file is no flow; on stderr. */
export function explainFile(read: Extract<FlowFile, { ok: false }>): void {
  if (read.findings === null) console.error(read.message);
  else for (const finding of read.findings) console.error(findingLine(read.file, finding));
}
