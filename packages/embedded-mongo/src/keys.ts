import { Binary, BSONRegExp, BSONSymbol, Code, ObjectId, Timestamp } from "bson";
import { BRACKET, bracketOf, isDoc } from "./bson-values.ts";
import { MongoError } from "./errors.ts";
import { doubleRemainder, isNumber, type NumberValue, toDouble } from "./numbers.ts";

/**
 * BSON values as bytes whose order is BSON's order of values, so that SQLite's B-trees and `Buffer.compare` sort as MongoDB does.
 *
 * Invariants (keys.test.ts guards them with generated values):
 * K1. compare(encode(a), encode(b)) = BSON's comparison of a and b, across types and across the kinds of numbers.
 * K2. No encoding is the beginning of another one: encodings can be put one behind the other, and inverted for descending order.
 * K3. No encoding begins with 0x00 or 0xff, nor does its inversion.
 */
export function encodeKey(value: unknown): Buffer {
  const writer = new KeyWriter();
  writer.value(value);
  return writer.bytes();
}

/** The key of several values, each ascending (1) or descending (-1). */
export function encodeCompoundKey(values: readonly unknown[], directions: readonly (1 | -1)[]): Buffer {
  const writer = new KeyWriter();
  for (const [index, value] of values.entries()) {
    const from = writer.length;
    writer.value(value);
    if (directions[index] === -1) writer.invertFrom(from);
  }
  return writer.bytes();
}

export function invertKey(key: Buffer): Buffer {
  return Buffer.from(key.map((byte) => 255 - byte));
}

/** The first key behind all keys that begin with this one. */
export function afterPrefix(prefix: Buffer): Buffer {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 255) length -= 1;
  const next = Buffer.from(prefix.subarray(0, length));
  if (length > 0) next[length - 1] = (next[length - 1] ?? 0) + 1;
  return next;
}

/** BSON's comparison of two values: below 0, 0 or above 0. Numbers and strings, the frequent ones, are compared without encoding them. */
export function compareValues(left: unknown, right: unknown): number {
  if (typeof left === "string" && typeof right === "string") return compareStrings(left, right);
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  const byType = bracketOf(left) - bracketOf(right);
  if (byType !== 0) return byType;
  if (left instanceof Date && right instanceof Date) return left.getTime() - right.getTime();
  return Buffer.compare(encodeKey(left), encodeKey(right));
}

function compareNumbers(left: NumberValue, right: NumberValue): number {
  const [a, b] = [toDouble(left), toDouble(right)];
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return doubleRemainder(left) - doubleRemainder(right);
  return (Number.isNaN(a) ? 0 : 1) - (Number.isNaN(b) ? 0 : 1); // NaN stands before all numbers
}

/** Order of the UTF-8 bytes, which differs from JavaScript's order where a surrogate pair meets U+E000 to U+FFFF. */
function compareStrings(left: string, right: string): number {
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at += 1) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    if (a !== b) return isSurrogate(a) === isSurrogate(b) ? a - b : isSurrogate(a) ? 1 : -1;
  }
  return left.length - right.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

class KeyWriter {
  length = 0;
  #buffer = Buffer.allocUnsafe(128);

  bytes(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.length));
  }

  invertFrom(start: number): void {
    for (let at = start; at < this.length; at += 1) this.#buffer[at] = 255 - (this.#buffer[at] ?? 0);
  }

  value(value: unknown): void {
    const bracket = bracketOf(value);
    this.#byte(bracket);
    this.#payload(bracket, value);
  }

  /** null, undefined, MinKey, MaxKey and a missing field are their bracket and nothing else. */
  #payload(bracket: number, value: unknown): void {
    if (isNumber(value)) this.#number(value);
    else if (typeof value === "string") this.#string(value);
    else if (typeof value === "boolean") this.#byte(value ? 1 : 0);
    else if (value instanceof Date) this.#unsigned(BigInt(value.getTime()) + (1n << 63n));
    else if (value instanceof ObjectId) this.#raw(value.id);
    else if (Array.isArray(value)) this.#fields(value.map((element, index) => [String(index), element]));
    else if (value instanceof Timestamp) this.#unsigned(BigInt.asUintN(64, value.toBigInt()));
    else if (value instanceof Binary) this.#binary(value.sub_type, value.buffer.subarray(0, value.position));
    else if (value instanceof Uint8Array) this.#binary(0, value);
    else if (value instanceof BSONSymbol) this.#string(value.value);
    else if (value instanceof BSONRegExp) this.#strings(value.pattern, value.options);
    else if (value instanceof RegExp) this.#strings(value.source, value.flags);
    else if (value instanceof Code) this.#code(value);
    else if (isDoc(value)) this.#fields(Object.entries(value));
    else if (bracket === BRACKET.object)
      throw new MongoError(115, "the embedded store cannot compare a value of this type");
  }

  #code(value: Code): void {
    this.#string(value.code.toString());
    if (value.scope) this.#fields(Object.entries(value.scope));
  }

  /** A document or array: for each field its type, its name, its value, in BSON's order of comparison; a 0 ends it. */
  #fields(entries: readonly (readonly [string, unknown])[]): void {
    for (const [name, value] of entries) {
      const bracket = bracketOf(value);
      this.#byte(bracket);
      this.#string(name);
      this.#payload(bracket, value);
    }
    this.#byte(0);
  }

  /** A sortable double, then what rounding to a double lost, so that int64 stays exact and 1, 1.0 and 1L are one key. */
  #number(value: NumberValue): void {
    const double = toDouble(value);
    this.#reserve(10);
    const at = this.length;
    this.length += 10;
    if (Number.isNaN(double)) {
      this.#buffer.fill(0, at, at + 10);
      return;
    }
    this.#buffer.writeDoubleBE(double === 0 ? 0 : double, at); // -0 is 0
    if (double < 0) for (let byte = at; byte < at + 8; byte += 1) this.#buffer[byte] = 255 - (this.#buffer[byte] ?? 0);
    else this.#buffer[at] = (this.#buffer[at] ?? 0) | 0x80;
    this.#buffer.writeUInt16BE(doubleRemainder(value) + 0x8000, at + 8);
  }

  /** UTF-8 with 00 written as 00 ff, ended by 00 00. */
  #string(value: string): void {
    const size = Buffer.byteLength(value);
    if (!value.includes("\0")) {
      this.#reserve(size + 2);
      this.length += this.#buffer.write(value, this.length);
    } else {
      const bytes = Buffer.from(value);
      this.#reserve(2 * size + 2);
      for (const byte of bytes) {
        this.#buffer[this.length++] = byte;
        if (byte === 0) this.#buffer[this.length++] = 0xff;
      }
    }
    this.#buffer[this.length++] = 0;
    this.#buffer[this.length++] = 0;
  }

  #strings(first: string, second: string): void {
    this.#string(first);
    this.#string(second);
  }

  /** Length first, then subtype, then bytes: a longer binary value is a greater one. */
  #binary(subtype: number, bytes: Uint8Array): void {
    this.#reserve(5);
    this.length = this.#buffer.writeUInt32BE(bytes.length, this.length);
    this.#buffer[this.length++] = subtype;
    this.#raw(bytes);
  }

  #unsigned(value: bigint): void {
    this.#reserve(8);
    this.length = this.#buffer.writeBigUInt64BE(value, this.length);
  }

  #raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  #byte(byte: number): void {
    this.#reserve(1);
    this.#buffer[this.length++] = byte;
  }

  #reserve(size: number): void {
    if (this.length + size <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.length + size));
    this.#buffer.copy(larger, 0, 0, this.length);
    this.#buffer = larger;
  }
}
