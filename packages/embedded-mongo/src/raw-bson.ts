import { ObjectId } from "bson";
import { MongoError } from "./errors.ts";

/** One top-level element of a raw document: `start` is its type byte, `value` its first value byte, `end` the byte after it. */
export interface RawElement {
  readonly type: number;
  readonly name: string;
  readonly start: number;
  readonly value: number;
  readonly end: number;
}

export const BSON_DOCUMENT = 3;
export const BSON_ARRAY = 4;
/** MongoDB's limit for one document, in bytes. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** The top-level elements of a raw document, in order, without decoding any value. Throws `InvalidBSON` when it does not hold together. */
export function rawElements(raw: Buffer): RawElement[] {
  const found: RawElement[] = [];
  if (raw.length < 5 || raw.readInt32LE(0) !== raw.length) throw invalid();
  let at = 4;
  const last = raw.length - 1;
  while (at < last) {
    const type = raw[at] ?? 0;
    const nameEnd = raw.indexOf(0, at + 1);
    if (nameEnd < 0) throw invalid();
    const value = nameEnd + 1;
    const end = value + valueSize(raw, type, value);
    if (end > last) throw invalid();
    found.push({ type, name: raw.toString("utf8", at + 1, nameEnd), start: at, value, end });
    at = end;
  }
  if (at !== last || raw[last] !== 0) throw invalid();
  return found;
}

function valueSize(raw: Buffer, type: number, at: number): number {
  switch (type) {
    case 1: // double
    case 9: // date
    case 17: // timestamp
    case 18: // int64
      return 8;
    case 2: // string
    case 13: // code
    case 14: // symbol
      return 4 + lengthAt(raw, at);
    case 3: // document
    case 4: // array
    case 15: // code with scope
      return lengthAt(raw, at);
    case 5: // binary
      return 5 + lengthAt(raw, at);
    case 6: // undefined
    case 10: // null
    case 127: // MaxKey
    case 255: // MinKey
      return 0;
    case 7: // ObjectId
      return 12;
    case 8: // boolean
      return 1;
    case 11: // regular expression: two C strings
      return raw.indexOf(0, raw.indexOf(0, at) + 1) + 1 - at;
    case 12: // DBPointer
      return 16 + lengthAt(raw, at);
    case 16: // int32
      return 4;
    case 19: // decimal128
      return 16;
    default:
      throw invalid();
  }
}

function lengthAt(raw: Buffer, at: number): number {
  if (at + 4 > raw.length) throw invalid();
  const length = raw.readInt32LE(at);
  if (length < 0) throw invalid();
  return length;
}

function invalid(): MongoError {
  return new MongoError(22, "invalid BSON document");
}

/** A raw document from raw elements; `parts` are the bytes of whole elements (type, name, value). */
export function rawDocument(parts: readonly Buffer[]): Buffer {
  let size = 5;
  for (const part of parts) size += part.length;
  const raw = Buffer.allocUnsafe(size);
  raw.writeInt32LE(size, 0);
  let at = 4;
  for (const part of parts) at += part.copy(raw, at);
  raw[at] = 0;
  return raw;
}

/** The bytes of one element whose value is given raw. */
export function rawElement(type: number, name: string, value: Buffer): Buffer {
  const head = Buffer.allocUnsafe(Buffer.byteLength(name) + 2);
  head[0] = type;
  head.write(name, 1);
  head[head.length - 1] = 0;
  return Buffer.concat([head, value]);
}

/** A raw array of raw documents, as the batches of a cursor are. */
export function rawArray(documents: readonly Buffer[]): Buffer {
  return rawDocument(documents.map((document, index) => rawElement(BSON_DOCUMENT, String(index), document)));
}

/** How many elements a raw array has. Throws `InvalidBSON` when it does not hold together. */
export function rawLength(array: Buffer): number {
  let count = 0;
  for (let at = 4; at < array.length - 1; count += 1) {
    const nameEnd = array.indexOf(0, at + 1);
    if (nameEnd < 0) throw invalid();
    at = nameEnd + 1 + valueSize(array, array[at] ?? 0, nameEnd + 1);
  }
  return count;
}

/** Only the named top-level fields, `_id` first, without decoding a value: reading two fields of a long document costs little. */
export function pickFields(raw: Buffer, names: ReadonlySet<string>): Buffer {
  const kept: Buffer[] = [];
  for (const element of rawElements(raw)) {
    if (names.has(element.name)) kept.push(raw.subarray(element.start, element.end));
  }
  return rawDocument(kept);
}

/** All but the named top-level fields, untouched. */
export function dropFields(raw: Buffer, names: ReadonlySet<string>): Buffer {
  const kept: Buffer[] = [];
  for (const element of rawElements(raw)) {
    if (!names.has(element.name)) kept.push(raw.subarray(element.start, element.end));
  }
  return rawDocument(kept);
}

/** The same document with `_id` as its first field; a new ObjectId where there was none, as MongoDB gives it. */
export function withIdFirst(raw: Buffer): Buffer {
  const elements = rawElements(raw);
  const id = elements.find((element) => element.name === "_id");
  if (id === undefined) {
    const made = rawElement(7, "_id", Buffer.from(new ObjectId().id));
    return rawDocument([made, raw.subarray(4, raw.length - 1)]);
  }
  if (id === elements[0]) return raw;
  return rawDocument([
    raw.subarray(id.start, id.end),
    ...elements.filter((element) => element !== id).map((element) => raw.subarray(element.start, element.end)),
  ]);
}
