import { type Doc, decode, encode } from "./bson-values.ts";
import { MongoError } from "./errors.ts";
import { BSON_ARRAY, dropFields, rawElements } from "./raw-bson.ts";

/**
 * MongoDB's wire protocol as the official driver 7.8 speaks it: OP_MSG, and OP_QUERY for the first handshake only.
 * Source: github.com/mongodb/specifications, message/OP_MSG.md.
 */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const REQUIRED_FLAGS = 0xffff;

export const MAX_MESSAGE_BYTES = 48_000_000;
const HEADER_BYTES = 16;

/** One command as it came in. Its statements stay raw, because most of them are only stored. */
export interface WireRequest {
  readonly requestId: number;
  readonly legacy: boolean;
  /** The sender wants no answer (write concern 0). */
  readonly silent: boolean;
  readonly name: string;
  readonly body: Doc;
  /** The documents of `documents`, `updates` or `deletes`, wherever the driver put them. */
  readonly statements: ReadonlyMap<string, readonly Buffer[]>;
}

const STATEMENT_FIELDS = new Set(["documents", "updates", "deletes"]);

/** Cuts a byte stream into messages. Throws when a length cannot be right, after which the connection is of no use. */
export class MessageReader {
  #pending: Buffer[] = [];
  #size = 0;

  /** The messages that are complete now. */
  push(chunk: Buffer): Buffer[] {
    this.#pending.push(chunk);
    this.#size += chunk.length;
    const messages: Buffer[] = [];
    let needed = this.#needed();
    while (needed !== undefined && this.#size >= needed) {
      const all = this.#joined();
      messages.push(all.subarray(0, needed));
      this.#pending = all.length === needed ? [] : [all.subarray(needed)];
      this.#size = all.length - needed;
      needed = this.#needed();
    }
    return messages;
  }

  #needed(): number | undefined {
    if (this.#size < 4) return undefined;
    if ((this.#pending[0]?.length ?? 0) < 4) this.#joined();
    const length = this.#pending[0]?.readInt32LE(0) ?? 0;
    if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES)
      throw new Error(`a message of ${length} bytes is not possible`);
    return length;
  }

  #joined(): Buffer {
    const all = this.#pending.length === 1 && this.#pending[0] ? this.#pending[0] : Buffer.concat(this.#pending);
    this.#pending = [all];
    return all;
  }
}

export function parseMessage(message: Buffer): WireRequest {
  const requestId = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === OP_MSG) return parseOpMsg(message, requestId);
  if (opCode === OP_QUERY) return parseOpQuery(message, requestId);
  throw new Error(`operation code ${opCode} is not carried`);
}

function parseOpMsg(message: Buffer, requestId: number): WireRequest {
  const flags = message.readUInt32LE(HEADER_BYTES);
  if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0)
    throw new Error(`unknown message flags ${flags}`);
  const end = message.length - ((flags & CHECKSUM_PRESENT) !== 0 ? 4 : 0);
  const statements = new Map<string, readonly Buffer[]>();
  let body: Buffer | undefined;
  let at = HEADER_BYTES + 4;
  while (at < end) {
    const kind = message[at];
    const size = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + size);
    if (size < 5 || at + 1 + size > end) throw new Error("a section does not fit its message");
    if (kind === 0) body = section;
    else if (kind === 1) readSequence(section, statements);
    else throw new Error(`unknown section kind ${String(kind)}`);
    at += 1 + size;
  }
  if (body === undefined) throw new Error("a message without a body");
  const taken = takeStatements(body, statements);
  return { requestId, legacy: false, silent: (flags & MORE_TO_COME) !== 0, ...taken, statements };
}

function readSequence(section: Buffer, statements: Map<string, readonly Buffer[]>): void {
  const nameEnd = section.indexOf(0, 4);
  const documents: Buffer[] = [];
  let at = nameEnd + 1;
  while (at < section.length) {
    const size = section.readInt32LE(at);
    if (size < 5 || at + size > section.length) throw new Error("a document does not fit its section");
    documents.push(section.subarray(at, at + size));
    at += size;
  }
  statements.set(section.toString("utf8", 4, nameEnd), documents);
}

function takeStatements(body: Buffer, statements: Map<string, readonly Buffer[]>): { name: string; body: Doc } {
  const elements = rawElements(body);
  const name = elements[0]?.name ?? "";
  const moved = elements.filter((element) => element.type === BSON_ARRAY && STATEMENT_FIELDS.has(element.name));
  if (moved.length === 0) return { name, body: decode(body) };
  for (const { name: field, value, end } of moved) {
    const array = body.subarray(value, end);
    statements.set(
      field,
      rawElements(array).map((element) => array.subarray(element.value, element.end)),
    );
  }
  return { name, body: decode(dropFields(body, STATEMENT_FIELDS)) };
}

/** Only `<db>.$cmd` with the handshake: everything else must come as OP_MSG. */
function parseOpQuery(message: Buffer, requestId: number): WireRequest {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  const namespace = message.toString("utf8", HEADER_BYTES + 4, nameEnd);
  const body = decode(message.subarray(nameEnd + 9));
  if (!namespace.endsWith(".$cmd")) throw new MongoError(17, "OP_QUERY is carried for the handshake only");
  const [name = ""] = Object.keys(body);
  return {
    requestId,
    legacy: true,
    silent: false,
    name,
    body: { ...body, $db: namespace.slice(0, -5) },
    statements: new Map(),
  };
}

/** The answer to a request, in the form in which it was asked. A raw reply is sent as it is. */
export function replyMessage(request: Pick<WireRequest, "requestId" | "legacy">, reply: Doc | Buffer): Buffer {
  const body = Buffer.isBuffer(reply) ? reply : encode(reply);
  const between = request.legacy ? 20 : 5;
  const message = Buffer.alloc(HEADER_BYTES + between + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(request.requestId, 8);
  message.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) {
    message.writeInt32LE(8, HEADER_BYTES); // AwaitCapable, as every server since 2.0 says
    message.writeInt32LE(1, HEADER_BYTES + 16); // one document
  }
  body.copy(message, HEADER_BYTES + between);
  return message;
}
