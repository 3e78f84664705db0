import type { Collection } from "./catalog.ts";
import type { Plan } from "./planner.ts";
import { type Found, Scanner } from "./scanner.ts";
import { Sorter, type SortKey, sortKeyOf } from "./sort.ts";
import type { SqlFile } from "./sql-file.ts";

/** Where the next documents of a cursor come from. */
export interface BatchSource {
  /** Up to so many documents and bytes (but always one document, if there is one); `done` when there is nothing more. */
  next(limits: BatchLimits): Promise<{ readonly documents: Buffer[]; readonly done: boolean }>;
}

export interface BatchLimits {
  readonly documents: number;
  readonly bytes: number;
  /** Throws `MaxTimeMSExpired` when the command has taken longer than it may. */
  readonly checkTime: () => void;
}

export interface FindOptions {
  readonly sort: readonly SortKey[];
  readonly skip: number;
  readonly limit: number;
  /** The document as it is to be sent. */
  readonly shape: (found: Found) => Buffer;
  /** Top-level fields that `shape` needs decoded. */
  readonly shapeFields: Iterable<string> | "all";
}

/** The result of a query, found step by step: between two steps of a long one, writes and other queries have their turn. */
export class FindStream implements BatchSource {
  readonly scanner: Scanner;
  readonly #options: FindOptions;
  readonly #sorted: boolean;
  #ready: Found[] = [];
  #at = 0;
  #scanned = false;
  #toSkip: number;
  #left: number;

  constructor(sql: SqlFile, collection: Collection, plan: Plan, options: FindOptions) {
    const sortFields = plan.sorted ? [] : options.sort.map((key) => key.parts[0] ?? "");
    const fields = options.shapeFields === "all" ? "all" : [...options.shapeFields, ...sortFields];
    const expected = plan.residual === undefined && plan.sorted ? options.skip + options.limit : undefined;
    this.scanner = new Scanner(sql, collection, plan, fields, expected);
    this.#options = options;
    this.#sorted = plan.sorted;
    this.#toSkip = options.skip;
    this.#left = options.limit;
  }

  async next(limits: BatchLimits): Promise<{ documents: Buffer[]; done: boolean }> {
    const documents: Buffer[] = [];
    let bytes = 0;
    while (documents.length < limits.documents && this.#left > 0) {
      const found = this.#ready[this.#at];
      if (found === undefined) {
        if (this.#scanned) break;
        await this.#gather(limits.checkTime);
        continue;
      }
      if (this.#toSkip > 0) this.#toSkip -= 1;
      else {
        const document = this.#options.shape(found);
        if (documents.length > 0 && bytes + document.length > limits.bytes) break;
        bytes += document.length;
        documents.push(document);
        this.#left -= 1;
      }
      this.#at += 1;
    }
    const done = this.#left === 0 || (this.#scanned && this.#at >= this.#ready.length);
    return { documents, done };
  }

  /** The next documents that are found; all of them where they must be sorted first. */
  async #gather(checkTime: () => void): Promise<void> {
    if (!this.#sorted) {
      const { skip, limit, sort } = this.#options;
      const sorter = new Sorter<Found>(skip + limit, (found) => found.raw.length);
      for (let found = this.scanner.step(); found !== undefined; found = this.scanner.step()) {
        for (const one of found) sorter.add(sortKeyOf(one.doc, sort), one);
        checkTime();
        await turn();
      }
      this.#ready = sorter.take();
      this.#scanned = true;
      return;
    }
    const found = this.scanner.step();
    if (found === undefined) this.#scanned = true;
    this.#ready = found ?? [];
    this.#at = 0;
    if (found?.length === 0) {
      checkTime();
      await turn();
    }
  }
}

/** Lets others have their turn: sockets are read and a group of writes is committed. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
