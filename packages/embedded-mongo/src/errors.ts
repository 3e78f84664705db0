/** MongoDB's names for the error codes that this store gives; a code that has no name is called `Location<code>`, as MongoDB does. */
const CODE_NAMES: ReadonlyMap<number, string> = new Map([
  [1, "InternalError"],
  [2, "BadValue"],
  [9, "FailedToParse"],
  [14, "TypeMismatch"],
  [15, "Overflow"],
  [17, "ProtocolError"],
  [20, "IllegalOperation"],
  [22, "InvalidBSON"],
  [26, "NamespaceNotFound"],
  [27, "IndexNotFound"],
  [28, "PathNotViable"],
  [40, "ConflictingUpdateOperators"],
  [43, "CursorNotFound"],
  [48, "NamespaceExists"],
  [50, "MaxTimeMSExpired"],
  [52, "DollarPrefixedFieldName"],
  [53, "InvalidIdField"],
  [54, "NotSingleValueField"],
  [56, "EmptyFieldName"],
  [59, "CommandNotFound"],
  [66, "ImmutableField"],
  [67, "CannotCreateIndex"],
  [72, "InvalidOptions"],
  [73, "InvalidNamespace"],
  [85, "IndexOptionsConflict"],
  [86, "IndexKeySpecsConflict"],
  [115, "CommandNotSupported"],
  [168, "InvalidPipelineOperator"],
  [171, "CannotIndexParallelArrays"],
  [175, "QueryPlanKilled"],
  [197, "InvalidIndexSpecificationOption"],
  [225, "TransactionTooOld"],
  [263, "OperationNotSupportedInTransaction"],
  [292, "QueryExceededMemoryLimitNoDiskUseAllowed"],
  [10334, "BSONObjectTooLarge"],
  [11000, "DuplicateKey"],
  [14031, "OutOfDiskSpace"],
]);

function codeName(code: number): string {
  return CODE_NAMES.get(code) ?? `Location${code}`;
}

/**
 * A refusal in MongoDB's own form: the driver turns it into a `MongoServerError` with this code.
 *
 * `details` are the further fields of the reply, such as `keyPattern` and `keyValue` of a duplicate key.
 */
export class MongoError extends Error {
  readonly code: number;
  readonly details: { readonly [field: string]: unknown };

  constructor(code: number, message: string, details: { readonly [field: string]: unknown } = {}) {
    super(message);
    this.name = "MongoError";
    this.code = code;
    this.details = details;
  }
}

/** The reply document for anything thrown while a command ran; what is not a `MongoError` is a fault of ours or of the disk. */
export function errorReply(error: unknown): { [field: string]: unknown } {
  const known = asMongoError(error);
  return { ok: 0, errmsg: known.message, code: known.code, codeName: codeName(known.code), ...known.details };
}

/** Names SQLite's own failures as MongoDB names them; an unknown fault becomes `InternalError`. */
export function asMongoError(error: unknown): MongoError {
  if (error instanceof MongoError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const sqliteCode = error instanceof Error && "code" in error ? String(error.code) : "";
  if (sqliteCode.startsWith("SQLITE_FULL") || message.includes("disk is full")) {
    return new MongoError(14031, `the disk is full: ${message}`);
  }
  return new MongoError(1, message);
}
