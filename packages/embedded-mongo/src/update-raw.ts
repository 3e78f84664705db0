import { decode, encode } from "./bson-values.ts";
import { checkSize } from "./documents.ts";
import { BSON_ARRAY, type RawElement, rawDocument, rawElements, rawLength } from "./raw-bson.ts";
import { applyUpdate, type Update } from "./update.ts";

/**
 * The bytes of a stored document after an update; throws as `applyUpdate` does. Only the top-level fields that the update names are
 * decoded and encoded anew; what it does not touch is copied as it lies there, which for a long document is most of the work.
 */
export function applyUpdateRaw(raw: Buffer, update: Update): Buffer {
  if (update.kind === "replace") return encode(applyUpdate(decode(raw), update, false));
  const elements = rawElements(raw);
  const grown = new Map<string, Buffer>();
  // Messages name the document by its _id, and a change of that is refused.
  const touched = new Set(["_id"]);
  const read = new Set(["_id"]);
  const changes = update.changes.filter(({ parts, operator }) => {
    const [field = ""] = parts;
    touched.add(field);
    const array = parts.length === 1 && operator.appends && elements.find(({ name }) => name === field);
    if (array && array.type === BSON_ARRAY) {
      grown.set(field, appended(raw, array, operator.appends));
      return false;
    }
    if (parts.length > 1 || operator.overwrites !== true) read.add(field);
    return true;
  });
  const before = elements.filter(({ name }) => read.has(name)).map((element) => bytesOf(raw, element));
  const changed = encode(applyUpdate(decode(rawDocument(before)), { kind: "change", changes }, false));
  // Beyond its measure the encoder leaves a document that does not hold together.
  checkSize(changed);
  const fresh = new Map(rawElements(changed).map((element) => [element.name, bytesOf(changed, element)]));
  for (const [name, bytes] of grown) fresh.set(name, bytes);
  return merged(raw, elements, touched, fresh);
}

/** The document with the elements of `touched` as they are in `fresh`, or gone; what is new stands at the end, in its order. */
function merged(
  raw: Buffer,
  elements: readonly RawElement[],
  touched: ReadonlySet<string>,
  fresh: Map<string, Buffer>,
): Buffer {
  const parts: Buffer[] = [];
  let kept = 4;
  const keepUntil = (end: number) => {
    if (end > kept) parts.push(raw.subarray(kept, end));
  };
  for (const { name, start, end } of elements) {
    if (!touched.has(name)) continue;
    keepUntil(start);
    kept = end;
    const bytes = fresh.get(name);
    if (bytes) parts.push(bytes);
    fresh.delete(name);
  }
  keepUntil(raw.length - 1);
  parts.push(...fresh.values());
  return rawDocument(parts);
}

/** An array element with these values added. */
function appended(raw: Buffer, array: RawElement, values: readonly unknown[]): Buffer {
  const old = raw.subarray(array.value, array.end);
  const length = rawLength(old);
  const more = encode(Object.fromEntries(values.map((value, index) => [String(length + index), value])));
  checkSize(more);
  const value = rawDocument([old.subarray(4, -1), more.subarray(4, -1)]);
  return Buffer.concat([raw.subarray(array.start, array.value), value]);
}

/** Whether an update may change one of these top-level fields. */
export function touches(update: Update, fields: ReadonlySet<string>): boolean {
  return update.kind === "replace" || update.changes.some(({ parts }) => fields.has(parts[0] ?? ""));
}

function bytesOf(raw: Buffer, { start, end }: RawElement): Buffer {
  return raw.subarray(start, end);
}
