import Value from "typebox/value";
import { type Finding, finding } from "./finding.ts";
import { COMPLETABLE, FlowDocument } from "./flow-document.ts";
import { jsonFault } from "./json-fault.ts";
import { shapeFindings } from "./shape-findings.ts";

/** The largest document that is read, bytes of UTF-8. */
export const MAX_FLOW_BYTES = 5 * 1024 * 1024;
/** The deepest nesting that is read. Settings of node types need about ten. */
export const MAX_FLOW_DEPTH = 64;

export type ParsedFlow =
  | { readonly ok: true; readonly document: FlowDocument }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/**
 * Reads a flow document from text that may come from anywhere: not JSON, too large, too deep or of the wrong shape is refused with
 * findings that say what to do. Members that may be missing are there afterwards. Says nothing of the settings of nodes: see validate.
 */
export function parseFlow(text: string): ParsedFlow {
  const refuse = (one: Finding): ParsedFlow => ({ ok: false, findings: [one] });
  const bytes = utf8Length(text);
  if (bytes > MAX_FLOW_BYTES) return refuse(finding("tooLarge", { pointer: "" }, { bytes, limit: MAX_FLOW_BYTES }));
  if (text.trim() === "") return refuse(finding("notText", { pointer: "" }));
  if (isDeeperThan(text, MAX_FLOW_DEPTH)) {
    return refuse(finding("tooDeep", { pointer: "" }, { limit: MAX_FLOW_DEPTH }));
  }
  let value: unknown;
  try {
    // A byte order mark is what some editors of another system put first; JSON.parse refuses it.
    value = JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch (error) {
    return refuse(finding("notJson", { pointer: "" }, { reason: jsonFault(error, text) }));
  }
  return readFlow(value);
}

/** As parseFlow, for what is JSON already (a request's body, a file of the bundle). */
export function readFlow(value: unknown): ParsedFlow {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { ok: false, findings: [finding("notAFlow", { pointer: "" })] };
  }
  const members = Object.fromEntries(Object.entries(value).filter(([name]) => name !== "$schema"));
  const version = members.formatVersion;
  if (typeof version === "number" && version !== 1) {
    return { ok: false, findings: [finding("unknownFormatVersion", { pointer: "/formatVersion" }, { version })] };
  }
  const complete: unknown = { ...COMPLETABLE, ...members };
  if (Value.Check(FlowDocument, complete)) return { ok: true, document: complete };
  return { ok: false, findings: shapeFindings(FlowDocument, complete, { pointer: "" }) };
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // A surrogate is half of a character of four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
  }
  return bytes;
}

/** Counts brackets outside strings, before anything recursive sees the text. */
function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") {
      depth++;
      if (depth > limit) return true;
    } else if (character === "}" || character === "]") depth--;
  }
  return false;
}
