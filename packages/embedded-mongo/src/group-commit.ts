import type { SqlFile } from "./sql-file.ts";

/** A write: a generator that changes the store and pauses where it may be cut in two commits (between two documents). */
export type Write<T> = Generator<undefined, T>;

/** Told what became of the changes, so that what it keeps in memory stays what is on the disk (the catalog). */
export interface CommitFollower {
  committed(): void;
  rolledBack(): void;
}

interface Task {
  step(): boolean;
  settle(): void;
  fail(error: unknown): void;
}

/**
 * Carries all writes. Those that arrive in one turn of the event loop share one transaction and one fsync, and none is answered before it.
 *
 * G1. A write's promise settles only after the commit that made it durable.
 * G2. A write that fails is rolled back to its own savepoint; the others of its group are not touched.
 * G3. When the commit itself fails, every write of the group fails and nothing of the group is stored.
 */
export class GroupCommit {
  readonly #sql: SqlFile;
  readonly #follower: CommitFollower;
  #queue: Task[] = [];
  #scheduled = false;

  constructor(sql: SqlFile, follower: CommitFollower) {
    this.#sql = sql;
    this.#follower = follower;
  }

  /** `checkTime` is asked before each part of the write, and ends it by throwing; what was committed before stays. */
  submit<T>(start: () => Write<T>, checkTime: () => void = () => {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push(makeTask(start, checkTime, resolve, reject));
      this.#schedule();
    });
  }

  /** A write that is done in one go. */
  submitWhole<T>(write: () => T, checkTime?: () => void): Promise<T> {
    return this.submit(() => atOnce(write), checkTime);
  }

  /** Resolves when everything submitted so far is on the disk. */
  async drained(): Promise<void> {
    while (this.#queue.length > 0 || this.#scheduled) await new Promise((resolve) => setImmediate(resolve));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const group = this.#queue;
      this.#queue = [];
      this.#commit(group);
      if (this.#queue.length > 0) this.#schedule();
    });
  }

  #commit(group: readonly Task[]): void {
    const answers: (() => void)[] = [];
    const unfinished: Task[] = [];
    try {
      this.#sql.run("BEGIN IMMEDIATE");
      for (const task of group) {
        this.#sql.run("SAVEPOINT one");
        try {
          if (task.step()) answers.push(() => task.settle());
          else unfinished.push(task);
          this.#sql.run("RELEASE one");
        } catch (error) {
          if (!this.#sql.inTransaction) throw error; // SQLite gave up the whole transaction: the disk is full or failing
          this.#sql.run("ROLLBACK TO one");
          this.#sql.run("RELEASE one");
          this.#follower.rolledBack();
          answers.push(() => task.fail(error));
        }
      }
      this.#sql.run("COMMIT");
    } catch (error) {
      if (this.#sql.inTransaction) this.#sql.run("ROLLBACK");
      this.#follower.rolledBack();
      for (const task of group) task.fail(error);
      return;
    }
    this.#follower.committed();
    this.#queue.push(...unfinished);
    for (const answer of answers) answer();
  }
}

/** A write, or a statement of one, that is done in one go. */
// biome-ignore lint/correctness/useYield: it needs no pause
export function* atOnce<T>(write: () => T): Write<T> {
  return write();
}

function makeTask<T>(
  start: () => Write<T>,
  checkTime: () => void,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): Task {
  let write: Write<T> | undefined;
  let result: { readonly value: T } | undefined;
  return {
    step: () => {
      checkTime();
      write ??= start();
      const next = write.next();
      if (next.done) result = { value: next.value };
      return next.done === true;
    },
    settle: () => {
      if (result) resolve(result.value);
    },
    fail: reject,
  };
}
