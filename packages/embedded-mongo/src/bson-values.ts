import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  deserialize,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from "bson";
import { MongoError } from "./errors.ts";

/** A decoded document. Numbers keep their BSON type (`Int32`, `Double`, `Long`), so that what was not touched is written back as it was. */
export type Doc = { [field: string]: unknown };

/** A path led to nothing. It is not `undefined`, which is a BSON value of its own. */
export const MISSING: unique symbol = Symbol("missing");

/** BSON's order of types; a number here is also the first byte of an encoded key (keys.ts), so the values must stay as they are. */
export const BRACKET = {
  minKey: 1,
  undefined: 4,
  null: 5,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  code: 60,
  codeWithScope: 65,
  maxKey: 127,
} as const;

export function decode(raw: Uint8Array): Doc {
  return deserialize(raw, { promoteValues: false, bsonRegExp: true });
}

/** The bytes of a document. One that the encoder's 17 MB cannot hold is too large for MongoDB anyway. */
export function encode(doc: Doc): Buffer {
  try {
    const bytes = serialize(doc, { ignoreUndefined: false });
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    if (error instanceof RangeError)
      throw new MongoError(10334, `a document is larger than MongoDB stores (${error.message})`);
    throw error;
  }
}

/** True for an embedded document, false for arrays, dates and the classes of BSON values. */
export function isDoc(value: unknown): value is Doc {
  return (
    typeof value === "object" &&
    value !== null &&
    !("_bsontype" in value) &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array)
  );
}

/** Where a value stands in BSON's order of types. Throws for the types whose comparison this store does not carry. */
export function bracketOf(value: unknown): number {
  switch (typeof value) {
    case "string":
      return BRACKET.string;
    case "number":
    case "bigint":
      return BRACKET.number;
    case "boolean":
      return BRACKET.boolean;
    case "undefined":
      return BRACKET.undefined;
    case "symbol":
      return BRACKET.null; // MISSING sorts and compares as null
    default:
  }
  if (value === null) return BRACKET.null;
  if (value instanceof Int32 || value instanceof Double) return BRACKET.number;
  if (value instanceof Date) return BRACKET.date;
  if (Array.isArray(value)) return BRACKET.array;
  if (value instanceof ObjectId) return BRACKET.objectId;
  if (value instanceof Timestamp) return BRACKET.timestamp; // before Long, which it extends
  if (value instanceof Long) return BRACKET.number;
  if (value instanceof Binary || value instanceof Uint8Array) return BRACKET.binary;
  if (value instanceof BSONRegExp || value instanceof RegExp) return BRACKET.regex;
  if (value instanceof BSONSymbol) return BRACKET.string;
  if (value instanceof MinKey) return BRACKET.minKey;
  if (value instanceof MaxKey) return BRACKET.maxKey;
  if (value instanceof Code) return value.scope ? BRACKET.codeWithScope : BRACKET.code;
  if (value instanceof Decimal128)
    throw new MongoError(115, "the embedded store keeps Decimal128 but cannot compare it");
  if (value instanceof DBRef) throw new MongoError(115, "the embedded store keeps DBRef but cannot compare it");
  return BRACKET.object;
}

const TYPE_ALIASES: ReadonlyMap<string, number> = new Map([
  ["double", 1],
  ["string", 2],
  ["object", 3],
  ["array", 4],
  ["binData", 5],
  ["undefined", 6],
  ["objectId", 7],
  ["bool", 8],
  ["date", 9],
  ["null", 10],
  ["regex", 11],
  ["dbPointer", 12],
  ["javascript", 13],
  ["symbol", 14],
  ["javascriptWithScope", 15],
  ["int", 16],
  ["timestamp", 17],
  ["long", 18],
  ["decimal", 19],
  ["minKey", -1],
  ["maxKey", 127],
]);

export function typeNumberOf(alias: string): number | undefined {
  return TYPE_ALIASES.get(alias);
}

/** The number by which BSON writes this value's type (`$type`, messages). */
export function typeNumber(value: unknown): number {
  if (typeof value === "number") return Number.isInteger(value) && Math.abs(value) <= 0x7fffffff ? 16 : 1;
  if (value instanceof Int32) return 16;
  if (value instanceof Double) return 1;
  if (value instanceof Timestamp) return 17;
  if (value instanceof Long || typeof value === "bigint") return 18;
  if (value instanceof Decimal128) return 19;
  if (value instanceof BSONSymbol) return 14;
  if (value instanceof DBRef) return 3;
  switch (bracketOf(value)) {
    case BRACKET.string:
      return 2;
    case BRACKET.object:
      return 3;
    case BRACKET.array:
      return 4;
    case BRACKET.binary:
      return 5;
    case BRACKET.undefined:
      return 6;
    case BRACKET.objectId:
      return 7;
    case BRACKET.boolean:
      return 8;
    case BRACKET.date:
      return 9;
    case BRACKET.null:
      return 10;
    case BRACKET.regex:
      return 11;
    case BRACKET.code:
      return 13;
    case BRACKET.codeWithScope:
      return 15;
    case BRACKET.minKey:
      return -1;
    default:
      return 127;
  }
}

export function typeName(value: unknown): string {
  const number = typeNumber(value);
  for (const [alias, candidate] of TYPE_ALIASES) if (candidate === number) return alias;
  return "unknown";
}
