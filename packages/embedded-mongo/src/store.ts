import type { Doc } from "./bson-values.ts";
import { Catalog } from "./catalog.ts";
import type { Clock } from "./clock.ts";
import { Cursors } from "./cursors.ts";
import { Documents } from "./documents.ts";
import { GroupCommit } from "./group-commit.ts";
import type { Request } from "./request.ts";
import { Retries } from "./retries.ts";
import type { SqlFile } from "./sql-file.ts";

/** What every command works with. */
export interface Store {
  readonly sql: SqlFile;
  readonly catalog: Catalog;
  readonly documents: Documents;
  readonly writes: GroupCommit;
  readonly cursors: Cursors;
  readonly retries: Retries;
  readonly clock: Clock;
}

/** A command: the fields that it reads (any other one is refused; "any" for the handshake, which newer drivers extend), and what it does. */
export interface Command {
  readonly fields: readonly string[] | "any";
  run(request: Request, store: Store): Promise<Doc | Buffer> | Doc | Buffer;
}

export function makeStore(sql: SqlFile, clock: Clock): Store {
  const catalog = new Catalog(sql);
  const now = () => clock.now();
  return {
    sql,
    catalog,
    documents: new Documents(sql, catalog),
    writes: new GroupCommit(sql, catalog),
    cursors: new Cursors(now),
    retries: new Retries(sql, now),
    clock,
  };
}
