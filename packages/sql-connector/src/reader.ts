import { createHash } from "node:crypto";
import { mysql } from "./mysql.ts";
import { postgresql } from "./postgresql.ts";
import { statementOf } from "./statement.ts";
import type { SqlAnswer, SqlDriver, SqlKind, SqlPool, SqlQuestion, SqlServer } from "./types.ts";

const LIMITS = { connections: 4, idleMs: 30_000 };
/** Databases whose connections are kept; of more the one that was asked longest ago is closed. */
const MOST_POOLS = 20;
/** The answer to a question that a server cannot give up is not waited for. */
const GRACE_MS = 100;

export interface SqlReader {
  /** Never throws, and takes no longer than the question's time. */
  read(server: SqlServer, question: SqlQuestion): Promise<SqlAnswer>;
  close(): Promise<void>;
}

/** Reads views of databases, some connections of each being kept for the next question. `drivers`: for tests. */
export function createSqlReader(drivers: Readonly<Record<SqlKind, SqlDriver>> = { postgresql, mysql }): SqlReader {
  const pools = new Map<string, Promise<SqlPool>>();

  function poolOf(server: SqlServer): Promise<SqlPool> {
    // Other settings are another pool: a changed password opens new connections.
    const key = createHash("sha256").update(JSON.stringify(server)).digest("hex");
    const known = pools.get(key);
    const pool = known ?? drivers[server.kind].open(server, LIMITS);
    pools.delete(key);
    pools.set(key, pool);
    if (!known) pool.catch(() => pools.delete(key));
    const [oldest] = pools.keys();
    if (pools.size > MOST_POOLS && oldest !== undefined) {
      void pools
        .get(oldest)
        ?.then((one) => one.close())
        .catch(() => undefined);
      pools.delete(oldest);
    }
    return pool;
  }

  return {
    async read(server, question) {
      const driver = drivers[server.kind];
      const statement = statementOf(question, driver);
      if (statement === null) return { ok: false, problem: "invalid", detail: question.view };
      const { timeoutMs } = question;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<SqlAnswer>((resolve) => {
        timer = setTimeout(
          () => resolve({ ok: false, problem: "timeout", detail: `${timeoutMs} ms` }),
          timeoutMs + GRACE_MS,
        );
      });
      const reading = poolOf(server)
        .then((pool) => pool.read(statement, timeoutMs))
        .then(
          (rows): SqlAnswer => ({ ok: true, rows }),
          (error): SqlAnswer => ({ ok: false, problem: driver.problemOf(error), detail: wordsOf(error) }),
        );
      const answer = await Promise.race([reading, late]);
      clearTimeout(timer);
      return answer;
    },
    async close() {
      const open = [...pools.values()];
      pools.clear();
      await Promise.all(open.map((pool) => pool.then((one) => one.close()).catch(() => undefined)));
    },
  };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200);
