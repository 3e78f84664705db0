import { isUtf8 } from "node:buffer";
import type { ContactFileRead, Texts } from "@cordboard/api";
import { type CsvError, parse } from "csv-parse";
import { UserError } from "../errors/index.ts";

type Encoding = ContactFileRead["encoding"];
type Delimiter = ContactFileRead["delimiter"];

export interface TableForm {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
}

export interface TableRow {
  /** Of the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** So much is decoded and parsed at a time: others pass between two pieces. */
const PIECE_BYTES = 64 * 1024;
const LONGEST_ROW = 100_000;
const signs: Readonly<Record<Delimiter, string>> = { ",": ",", ";": ";", tab: "\t", "|": "|" };
const delimiters: readonly Delimiter[] = [";", ",", "tab", "|"];

/** How a file was written, as far as its bytes tell: what spreadsheets of the West save is UTF-8, UTF-16 or Windows' own. */
export function tableForm(file: Uint8Array): TableForm {
  const encoding = encodingOf(file);
  const head = new TextDecoder(encoding).decode(file.subarray(0, PIECE_BYTES)).replace(/"(?:[^"]|"")*"/g, "");
  const lines = head
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== "")
    .slice(0, 20);
  const count = (line: string, delimiter: Delimiter) => line.split(signs[delimiter]).length - 1;
  // The sign that stands equally often in every line; the one of the first line where none does.
  const steady = delimiters
    .map((delimiter) => ({ delimiter, least: Math.min(...lines.map((line) => count(line, delimiter))) }))
    .sort((a, b) => b.least - a.least);
  const [best] = steady;
  if (best && best.least > 0 && Number.isFinite(best.least)) return { encoding, delimiter: best.delimiter };
  const first = lines[0] ?? "";
  const [most = ";"] = [...delimiters].sort((a, b) => count(first, b) - count(first, a));
  return { encoding, delimiter: most };
}

function encodingOf(file: Uint8Array): Encoding {
  if (file[0] === 0xff && file[1] === 0xfe) return "utf-16le";
  return isUtf8(file) ? "utf-8" : "windows-1252";
}

/** The rows of a file, piece by piece; rows without anything in them are passed over. Throws `csvUnreadable`. */
export async function* readTable(file: Uint8Array, { encoding, delimiter }: TableForm): AsyncGenerator<TableRow> {
  if (file.length === 0) throw unreadable({ fr: "il est vide", en: "it is empty" });
  if (file.includes(0) && encoding !== "utf-16le") {
    throw unreadable({
      fr: "ce n’est pas du texte (un classeur Excel s’enregistre d’abord en CSV)",
      en: "it is not text (save a workbook as CSV first)",
    });
  }
  const parser = parse({
    delimiter: signs[delimiter],
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    trim: true,
    max_record_size: LONGEST_ROW,
  });
  const feeding = feed(file, encoding, parser);
  try {
    for await (const { record, info } of parser) yield { line: lineOf(info), cells: record };
    await feeding;
  } catch (error) {
    if (isCsvError(error)) throw unreadable(whyOf(error));
    throw error;
  } finally {
    parser.destroy();
  }
}

/** Gives the parser the next piece when it has room for it. */
async function feed(file: Uint8Array, encoding: Encoding, parser: ReturnType<typeof parse>): Promise<void> {
  const decoder = new TextDecoder(encoding);
  for (let at = 0; at < file.length && !parser.destroyed; at += PIECE_BYTES) {
    const piece = decoder.decode(file.subarray(at, at + PIECE_BYTES), { stream: true });
    if (!parser.write(piece)) {
      await new Promise<void>((resolve) => {
        const done = () => {
          parser.off("drain", done).off("close", done);
          resolve();
        };
        parser.on("drain", done).on("close", done);
      });
    } else await new Promise((resolve) => setImmediate(resolve));
  }
  if (!parser.destroyed) parser.end(decoder.decode());
}

function lineOf(info: unknown): number {
  const lines: unknown = Reflect.get(Object(info), "lines");
  return typeof lines === "number" ? lines : 1;
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("CSV_");
}

function whyOf(error: CsvError): Texts {
  const line = String(Reflect.get(error, "lines") ?? "?");
  if (error.code === "CSV_MAX_RECORD_SIZE") {
    return { fr: `la ligne ${line} est bien trop longue`, en: `line ${line} is far too long` };
  }
  if (error.code === "CSV_QUOTE_NOT_CLOSED") {
    return { fr: `des guillemets ouverts ne sont jamais fermés`, en: `a quote that was opened is never closed` };
  }
  return { fr: `la ligne ${line} n’a pas la bonne forme`, en: `line ${line} has not the right form` };
}

const unreadable = (why: Texts) => new UserError("csvUnreadable", { why });
