import { readFileSync } from "node:fs";
import { type Finding, type FlowDocument, parseFlow } from "@cordboard/flow-schema";
import { language, t } from "../texts/t.ts";

export type FlowFile =
  | { readonly ok: true; readonly file: string; readonly text: string; readonly document: FlowDocument }
  | { readonly ok: false; readonly file: string; readonly findings: readonly Finding[] }
  /** The file itself cannot be had. */
  | { readonly ok: false; readonly file: string; readonly findings: null; readonly message: string };

export function readFlowFile(file: string): FlowFile {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return { ok: false, file, findings: null, message: t("flow.unreadable", { file, code }) };
  }
  const parsed = parseFlow(text);
  return parsed.ok
    ? { ok: true, file, text, document: parsed.document }
    : { ok: false, file, findings: parsed.findings };
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
