import { Int32 } from "bson";
import { type Doc, encode } from "../bson-values.ts";
import { firstBatch, listSource } from "../cursor-reply.ts";
import { parseFilter } from "../filter.ts";
import { compileFilter } from "../matcher.ts";
import { isNumber, toDouble } from "../numbers.ts";
import type { Request } from "../request.ts";
import type { Command, Store } from "../store.ts";
import { submitWholeWrite } from "../submit-write.ts";

async function create(request: Request, store: Store): Promise<Doc> {
  const { db, collection } = request;
  return submitWholeWrite(request, store, (): Doc => {
    store.catalog.ensure(db, collection);
    return { ok: 1 };
  });
}

async function drop(request: Request, store: Store): Promise<Doc> {
  const { db, collection: name } = request;
  return submitWholeWrite(request, store, (): Doc => {
    const collection = store.catalog.get(db, name);
    if (collection === undefined) return { ok: 1 };
    const indexes = collection.indexes.length + 1;
    store.catalog.drop(collection);
    return { nIndexesWas: new Int32(indexes), ns: collection.ns, ok: 1 };
  });
}

async function dropDatabase(request: Request, store: Store): Promise<Doc> {
  const { db } = request;
  return submitWholeWrite(request, store, (): Doc => {
    for (const collection of store.catalog.list(db)) store.catalog.drop(collection);
    return { dropped: db, ok: 1 };
  });
}

async function listCollections(request: Request, store: Store): Promise<Buffer> {
  const matches = compileFilter(parseFilter(request.document("filter") ?? {}));
  const namesOnly = request.flag("nameOnly", false);
  const rows = store.catalog
    .list(request.db)
    .map(
      (collection): Doc => ({
        name: collection.name,
        type: "collection",
        ...(!namesOnly && { options: {}, info: { readOnly: false }, idIndex: collection.idIndex.spec }),
      }),
    )
    .filter(matches);
  const batchSize = request.document("cursor")?.batchSize;
  return firstBatch(
    request,
    store,
    `${request.db}.$cmd.listCollections`,
    listSource(rows.map(encode)),
    isNumber(batchSize) ? toDouble(batchSize) : undefined,
  );
}

export const collectionCommands: Readonly<Record<string, Command>> = {
  create: { fields: [], run: create },
  drop: { fields: [], run: drop },
  dropDatabase: { fields: [], run: dropDatabase },
  listCollections: { fields: ["filter", "nameOnly", "cursor", "authorizedCollections"], run: listCollections },
};
