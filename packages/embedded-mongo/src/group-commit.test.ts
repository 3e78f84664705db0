import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CommitFollower, GroupCommit, type Write } from "./group-commit.ts";
import { SqlFile } from "./sql-file.ts";

/** Counts the statements that begin and end transactions, and can make a commit fail. */
class WatchedFile extends SqlFile {
  readonly log: string[] = [];
  failNextCommit = false;

  override run(sql: string, parameters: Parameters<SqlFile["run"]>[1] = []): number {
    if (/^(BEGIN|COMMIT|ROLLBACK$)/.test(sql)) this.log.push(sql);
    if (sql === "COMMIT" && this.failNextCommit) {
      this.failNextCommit = false;
      throw new Error("database or disk is full");
    }
    return super.run(sql, parameters);
  }
}

let sql: WatchedFile;
let writes: GroupCommit;
const followed: string[] = [];
const follower: CommitFollower = {
  committed: () => followed.push("committed"),
  rolledBack: () => followed.push("rolled back"),
};

beforeEach(() => {
  sql = new WatchedFile(":memory:");
  sql.exec("CREATE TABLE t (n INTEGER UNIQUE)");
  sql.log.length = 0;
  followed.length = 0;
  writes = new GroupCommit(sql, follower);
});
afterEach(() => sql.close());

const stored = () => sql.all("SELECT n FROM t ORDER BY n").map(([n]) => n);
const put = (n: number) => writes.submitWhole(() => sql.run("INSERT INTO t (n) VALUES (?)", [n]));

describe("group commit", () => {
  test("writes of one turn share one transaction", async () => {
    await Promise.all([put(1), put(2), put(3)]);
    expect(sql.log).toEqual(["BEGIN IMMEDIATE", "COMMIT"]);
    expect(stored()).toEqual([1, 2, 3]);
  });

  test("G1: nothing is answered before its commit", async () => {
    const answers: string[] = [];
    await Promise.all([put(1), put(2)].map((answer) => answer.then(() => answers.push(String(sql.log.at(-1))))));
    expect(answers).toEqual(["COMMIT", "COMMIT"]);
  });

  test("G2: a write that fails takes only its own changes with it", async () => {
    const results = await Promise.allSettled([
      put(1),
      writes.submitWhole(() => {
        sql.run("INSERT INTO t (n) VALUES (7)");
        throw new Error("thought better of it");
      }),
      put(1),
      put(2),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
    expect(stored()).toEqual([1, 2]);
    expect(followed).toEqual(["rolled back", "rolled back", "committed"]);
  });

  test("G3: when the commit fails, every write of the group fails and nothing is stored", async () => {
    sql.failNextCommit = true;
    const results = await Promise.allSettled([put(1), put(2)]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(stored()).toEqual([]);
    expect(followed).toEqual(["rolled back"]);
    await put(3);
    expect(stored()).toEqual([3]);
  });

  test("a long write pauses, and a short one does not wait for its end", async () => {
    const order: string[] = [];
    function* long(): Write<void> {
      for (let n = 0; n < 5; n += 1) {
        sql.run("INSERT INTO t (n) VALUES (?)", [n]);
        yield;
      }
    }
    const slow = writes.submit(long).then(() => order.push("long"));
    const quick = put(99).then(() => order.push("short"));
    await Promise.all([slow, quick]);
    expect(order).toEqual(["short", "long"]);
    expect(stored()).toEqual([0, 1, 2, 3, 4, 99]);
    expect(sql.log.filter((entry) => entry === "COMMIT")).toHaveLength(6);
  });

  test("drained waits for what was submitted", async () => {
    let answered = false;
    void put(1).then(() => {
      answered = true;
    });
    await writes.drained();
    expect(answered).toBe(true);
  });
});
