import { Binary, Long } from "bson";
import { type Doc, decode, isDoc, typeName } from "./bson-values.ts";
import { MongoError } from "./errors.ts";
import { isNumber, toDouble, toSafeInteger } from "./numbers.ts";
import type { WireRequest } from "./wire.ts";

/** Fields that every command may carry and that this store rightly does nothing about, or reads in one place for all (request.ts). */
const GENERIC_FIELDS = new Set([
  "$db",
  "lsid",
  "txnNumber",
  "$clusterTime",
  "$readPreference",
  "comment",
  "maxTimeMS",
  "readConcern",
  "writeConcern",
]);

/** A command, its fields read with MongoDB's type errors. */
export class Request {
  readonly name: string;
  readonly db: string;
  readonly body: Doc;
  readonly #statements: WireRequest["statements"];

  constructor(wire: WireRequest) {
    this.name = wire.name;
    this.body = wire.body;
    this.#statements = wire.statements;
    this.db = typeof wire.body.$db === "string" ? wire.body.$db : "";
  }

  /** Refuses every field that the command's handler does not read: an option is never ignored. */
  allowOnly(fields: readonly string[] | "any"): void {
    if (fields === "any") return;
    if ("startTransaction" in this.body || "autocommit" in this.body) {
      throw new MongoError(263, "transactions are not carried by the embedded store");
    }
    for (const field of [...Object.keys(this.body), ...this.#statements.keys()]) {
      if (field === this.name || GENERIC_FIELDS.has(field) || fields.includes(field)) continue;
      throw new MongoError(40415, `BSON field '${this.name}.${field}' is an unknown field.`);
    }
    const concern = this.document("readConcern");
    if (concern?.level === "snapshot")
      throw new MongoError(72, "read concern level snapshot is not carried by the embedded store");
  }

  /** The collection that the command is about: the value of its first field. */
  get collection(): string {
    const value = this.body[this.name];
    if (typeof value === "string" && isCollectionName(value)) return value;
    throw new MongoError(73, `Invalid namespace specified '${this.db}.${typeof value === "string" ? value : ""}'`);
  }

  /** `undefined` where the command has none: a client with retryable writes sends both. */
  get retryKey(): { readonly session: Buffer; readonly txn: number } | undefined {
    const { lsid, txnNumber } = this.body;
    if (!isDoc(lsid) || !(lsid.id instanceof Binary) || !(txnNumber instanceof Long)) return undefined;
    return { session: Buffer.from(lsid.id.value()), txn: txnNumber.toNumber() };
  }

  statements(field: string): readonly Buffer[] {
    const found = this.#statements.get(field);
    if (found === undefined)
      throw new MongoError(40414, `BSON field '${this.name}.${field}' is missing but a required field`);
    if (found.length === 0)
      throw new MongoError(2, `Write batch sizes must be between 1 and 100000. Got 0 operations.`);
    return found;
  }

  decodedStatements(field: string): Doc[] {
    return this.statements(field).map(decode);
  }

  document(field: string): Doc | undefined {
    const value = this.body[field];
    if (value === undefined || value === null) return undefined;
    if (isDoc(value)) return value;
    throw this.#wrongType(field, value, "object");
  }

  array(field: string): readonly unknown[] {
    const value = this.body[field];
    if (Array.isArray(value)) return value;
    throw this.#wrongType(field, value, "array");
  }

  text(field: string): string | undefined {
    const value = this.body[field];
    if (value === undefined || typeof value === "string") return value;
    throw this.#wrongType(field, value, "string");
  }

  flag(field: string, fallback: boolean): boolean {
    const value = this.body[field];
    if (value === undefined || value === null) return fallback;
    if (typeof value === "boolean") return value;
    if (isNumber(value)) return toDouble(value) !== 0;
    throw this.#wrongType(field, value, "bool");
  }

  /** A count that is not negative. */
  count(field: string): number | undefined {
    const number = this.integer(field);
    if (number !== undefined && number < 0) {
      throw new MongoError(51024, `BSON field '${field}' value must be >= 0, actual value '${number}'`);
    }
    return number;
  }

  integer(field: string): number | undefined {
    const value = this.body[field];
    if (value === undefined || value === null) return undefined;
    const number = toSafeInteger(value);
    if (number === undefined) throw this.#wrongType(field, value, "long");
    return number;
  }

  /** Throws `MaxTimeMSExpired` once the command has taken longer than it may. */
  timeLimit(now: () => number): () => void {
    const ms = this.count("maxTimeMS") ?? 0;
    const end = now() + ms;
    return () => {
      if (ms > 0 && now() > end) throw new MongoError(50, "operation exceeded time limit");
    };
  }

  #wrongType(field: string, value: unknown, expected: string): MongoError {
    return new MongoError(
      14,
      `BSON field '${this.name}.${field}' is the wrong type '${typeName(value)}', expected type '${expected}'`,
    );
  }
}

function isCollectionName(name: string): boolean {
  return name !== "" && !name.startsWith(".") && !name.includes("$") && !name.includes("\0");
}
