import { decode, encode } from "./bson-values.ts";
import { checkSize } from "./documents.ts";
import { type RawElement, rawDocument, rawElements } from "./raw-bson.ts";
import { applyUpdate, type Update } from "./update.ts";

/**
 * The bytes of a stored document after an update; throws as `applyUpdate` does. Only the top-level fields that the update names are
 * decoded and encoded anew; what it does not touch is copied as it lies there, which for a long document is most of the work.
 */
export function applyUpdateRaw(raw: Buffer, update: Update): Buffer {
  if (update.kind === "replace") return encode(applyUpdate(decode(raw), update, false));
  // Messages name the document by its _id, and a change of that is refused.
  const touched = new Set(["_id"]);
  const read = new Set(["_id"]);
  for (const { parts, operator } of update.changes) {
    const [field = ""] = parts;
    touched.add(field);
    if (parts.length > 1 || operator.overwrites !== true) read.add(field);
  }
  const elements = rawElements(raw);
  const before = elements.filter(({ name }) => read.has(name)).map((element) => bytesOf(raw, element));
  const changed = encode(applyUpdate(decode(rawDocument(before)), update, false));
  // Beyond its measure the encoder leaves a document that does not hold together.
  checkSize(changed);
  const fresh = new Map(rawElements(changed).map((element) => [element.name, element]));
  const parts: Buffer[] = [];
  let kept = 4;
  const keepUntil = (end: number) => {
    if (end > kept) parts.push(raw.subarray(kept, end));
  };
  for (const { name, start, end } of elements) {
    if (!touched.has(name)) continue;
    keepUntil(start);
    kept = end;
    const now = fresh.get(name);
    if (now) parts.push(bytesOf(changed, now));
    fresh.delete(name);
  }
  keepUntil(raw.length - 1);
  // What is new stands at the end, in the order in which it was made.
  for (const element of fresh.values()) parts.push(bytesOf(changed, element));
  return rawDocument(parts);
}

/** Whether an update may change one of these top-level fields. */
export function touches(update: Update, fields: ReadonlySet<string>): boolean {
  return update.kind === "replace" || update.changes.some(({ parts }) => fields.has(parts[0] ?? ""));
}

function bytesOf(raw: Buffer, { start, end }: RawElement): Buffer {
  return raw.subarray(start, end);
}
