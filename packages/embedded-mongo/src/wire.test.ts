import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode, encode } from "./bson-values.ts";
import { MAX_MESSAGE_BYTES, MessageReader, parseMessage, replyMessage } from "./wire.ts";

const request = { requestId: 9, legacy: false };

describe("the wire", () => {
  test("messages come out whole, however the bytes are cut", () => {
    const messages = [{ ping: 1 }, { insert: "calls", note: "x".repeat(3000) }, { a: 1 }].map((body) =>
      replyMessage(request, body),
    );
    const stream = Buffer.concat(messages);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: stream.length }), { maxLength: 12 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const reader = new MessageReader();
        const found = places.slice(1).flatMap((end, at) => reader.push(stream.subarray(places[at], end)));
        expect(found).toEqual(messages);
      }),
    );
  });

  test("a length that cannot be ends the connection", () => {
    for (const length of [0, 15, -1, MAX_MESSAGE_BYTES + 1]) {
      const bytes = Buffer.alloc(16);
      bytes.writeInt32LE(length, 0);
      expect(() => new MessageReader().push(bytes)).toThrow("is not possible");
    }
  });

  test("statements stay raw, in the body or in a section of their own", () => {
    const documents = [{ _id: "call_1" }, { _id: "call_2" }];
    const inBody = parseMessage(replyMessage(request, { insert: "calls", documents, ordered: true, $db: "cordboard" }));
    expect(inBody.name).toBe("insert");
    expect(inBody.body).toEqual({ insert: "calls", ordered: true, $db: "cordboard" });
    expect(inBody.statements.get("documents")).toEqual(documents.map(encode));

    const section = Buffer.concat([Buffer.from("documents\0"), ...documents.map(encode)]);
    const size = Buffer.alloc(5);
    size[0] = 1;
    size.writeInt32LE(section.length + 4, 1);
    const bare = replyMessage(request, { insert: "calls", $db: "cordboard" });
    const message = Buffer.concat([bare, size, section]);
    message.writeInt32LE(message.length, 0);
    expect(parseMessage(message).statements.get("documents")).toEqual(documents.map(encode));
  });

  test("an unknown required flag is refused, an unknown optional one is not", () => {
    const message = replyMessage(request, { ping: 1 });
    message.writeUInt32LE(1 << 16, 16);
    expect(parseMessage(message).name).toBe("ping");
    message.writeUInt32LE(1 << 2, 16);
    expect(() => parseMessage(message)).toThrow("unknown message flags");
  });

  test("a sender that wants no answer is recognised", () => {
    const message = replyMessage(request, { ping: 1 });
    message.writeUInt32LE(2, 16);
    expect(parseMessage(message).silent).toBe(true);
  });

  test("the first handshake comes as OP_QUERY and is answered as OP_REPLY", () => {
    const body = encode({ ismaster: 1, helloOk: true });
    const head = Buffer.alloc(16);
    const between = Buffer.concat([Buffer.alloc(4), Buffer.from("admin.$cmd\0"), Buffer.alloc(8)]);
    head.writeInt32LE(16 + between.length + body.length, 0);
    head.writeInt32LE(5, 4);
    head.writeInt32LE(2004, 12);
    const parsed = parseMessage(Buffer.concat([head, between, body]));
    expect(parsed).toMatchObject({ requestId: 5, legacy: true, name: "ismaster", body: { $db: "admin" } });
    const reply = replyMessage(parsed, { ok: 1 });
    expect(reply.readInt32LE(12)).toBe(1);
    expect(reply.readInt32LE(8)).toBe(5);
    expect(decode(reply.subarray(36))).toMatchObject({ ok: expect.anything() });
  });
});
