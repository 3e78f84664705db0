import { expect, test } from "vitest";
import type { CallCollections, CallDocument, StoredTraceEvent } from "./model.ts";
import { traceMover } from "./move-trace.ts";

/** A collection whose writes are let through, or refused, one by one. */
function stage() {
  const writes: { readonly ids: string[]; answer(error?: object): void }[] = [];
  const traceEvents = {
    insertMany: (documents: readonly StoredTraceEvent[]) =>
      new Promise<void>((resolve, reject) => {
        const ids = documents.map(({ _id }) => _id);
        writes.push({ ids, answer: (error) => (error ? reject(error) : resolve()) });
      }),
  } as unknown as CallCollections["traceEvents"];
  return { writes, move: traceMover({ traceEvents }) };
}

function callWith(id: string, seqs: readonly number[]): CallDocument {
  const traceTail = seqs.map((seq) => ({ seq, at: 0, kind: "moved", nodeId: null, details: {} }));
  return { _id: id, companyId: "co_1", traceTail } as unknown as CallDocument;
}

test("what comes while a write is under way leaves together with the next", async () => {
  const { writes, move } = stage();
  const moved = [move(callWith("a", [1, 2])), move(callWith("b", [7])), move(callWith("c", [3, 4]))];
  expect(writes.map(({ ids }) => ids)).toEqual([["a.1", "a.2"]]);
  writes[0]?.answer();
  expect(await moved[0]).toBe(2);
  expect(writes[1]?.ids).toEqual(["b.7", "c.3", "c.4"]);
  writes[1]?.answer();
  expect(await Promise.all(moved)).toEqual([2, 7, 4]);
});

test("lines that are there already are safe; a store that does not answer keeps them where they are", async () => {
  const { writes, move } = stage();
  const twice = move(callWith("a", [1]));
  writes[0]?.answer(Object.assign(new Error("duplicate"), { code: 11000 }));
  expect(await twice).toBe(1);
  const unknown = move(callWith("a", [2]));
  writes[1]?.answer(new Error("cut"));
  expect(await unknown).toBe(0);
  const next = move(callWith("b", [5]));
  writes[2]?.answer();
  expect(await next).toBe(5);
});

test("a write grows no larger than about 200 lines, and a call without lines asks for none", async () => {
  const { writes, move } = stage();
  const lines = Array.from({ length: 80 }, (_, index) => index + 1);
  const calls = ["a", "b", "c", "d", "e"].map((id) => move(callWith(id, lines)));
  writes[0]?.answer();
  await calls[0];
  expect(writes[1]?.ids).toHaveLength(240);
  writes[1]?.answer();
  await calls[3];
  expect(writes[2]?.ids).toHaveLength(80);
  writes[2]?.answer();
  await calls[4];
  expect(await move(callWith("f", []))).toBe(0);
  expect(writes).toHaveLength(3);
});
