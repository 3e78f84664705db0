import { Binary, Double, Int32, Long, ObjectId } from "bson";
import { type Doc, isDoc } from "./bson-values.ts";
import type { Collection, Index } from "./catalog.ts";
import { MongoError } from "./errors.ts";

/** MongoDB's error for a taken unique key: code 11000, `keyPattern`, `keyValue`, and the message in its usual form. */
export function duplicateKey(collection: Collection, index: Index, values: readonly unknown[]): MongoError {
  const keyPattern: Doc = {};
  const keyValue: Doc = {};
  for (const [at, field] of index.fields.entries()) {
    keyPattern[field.path] = field.direction;
    keyValue[field.path] = values[at] ?? null;
  }
  const message = `E11000 duplicate key error collection: ${collection.ns} index: ${index.name} dup key: ${shown(keyValue)}`;
  return new MongoError(11000, message, { keyPattern, keyValue });
}

/** A value as MongoDB writes it in messages (MongoDB 7.0's extended shell form). */
export function shown(value: unknown): string {
  if (typeof value === "string") return `"${value}"`;
  if (value === null || value === undefined) return String(value);
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Int32 || value instanceof Long) return value.toString();
  if (value instanceof Double) return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
  if (value instanceof Binary)
    return `BinData(${value.sub_type}, ${Buffer.from(value.value()).toString("hex").toUpperCase()})`;
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[ ${value.map(shown).join(", ")} ]`;
  if (isDoc(value)) {
    const fields = Object.entries(value).map(([name, field]) => `${name}: ${shown(field)}`);
    return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
  }
  return String(value);
}
