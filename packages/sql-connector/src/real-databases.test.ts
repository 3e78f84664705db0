import { expect, test } from "vitest";
import { createSqlReader } from "./reader.ts";
import type { SqlKind, SqlQuestion, SqlServer } from "./types.ts";

/**
 * Against real servers, where their addresses are given: CORDBOARD_TEST_POSTGRESQL and CORDBOARD_TEST_MYSQL, as
 * `user:password@host:port/database`. What the databases must hold is in README.md.
 */
function serverOf(kind: SqlKind): SqlServer | null {
  const given = process.env[`CORDBOARD_TEST_${kind.toUpperCase()}`];
  if (!given) return null;
  const { username, password, hostname, port, pathname } = new URL(`sql://${given}`);
  return {
    ...{ kind, host: hostname, address: hostname, port: Number(port), database: pathname.slice(1) },
    ...{ user: decodeURIComponent(username), password: decodeURIComponent(password), tls: "off", ca: null },
  };
}

const question: SqlQuestion = {
  view: "known_callers",
  match: [
    { column: "phone", value: "+33612345678" },
    { column: "mobile", value: "+33612345678" },
  ],
  columns: ["id", "name", "vip"],
  limit: 11,
  timeoutMs: 2_000,
};

const kinds = ["postgresql", "mysql"] as const;

const servers = kinds.flatMap((kind) => serverOf(kind) ?? []);

test.each(servers)("$kind", { timeout: 30_000 }, async (server) => {
  const reader = createSqlReader();
  const ask = (part: Partial<SqlQuestion> = {}, other: Partial<SqlServer> = {}) =>
    reader.read({ ...server, ...other }, { ...question, ...part });
  try {
    const found = await ask();
    expect(found).toMatchObject({ ok: true, rows: [{ id: 1, name: "Ana O'Lima" }] });
    expect(await ask({ match: [{ column: "phone", value: "' OR '1'='1" }] })).toEqual({ ok: true, rows: [] });
    expect(await ask({ view: "gone" })).toMatchObject({ problem: expect.stringMatching(/missing|denied/) });
    expect(await ask({ columns: ["gone"] })).toMatchObject({ problem: expect.stringMatching(/missing|denied/) });
    expect(await ask({ view: "passwords", columns: ["word"], match: [{ column: "word", value: "x" }] })).toMatchObject({
      problem: "denied",
    });
    expect(await ask({ view: "slow_callers", timeoutMs: 300 })).toMatchObject({ problem: "timeout" });
    expect(await ask({}, { password: "wrong" })).toMatchObject({ problem: "credentials" });
    expect(await ask({}, { port: 1 })).toMatchObject({ problem: "unreachable" });
    // More at once than there are connections: each is answered.
    const many = await Promise.all(Array.from({ length: 40 }, () => ask()));
    expect(many.every(({ ok }) => ok)).toBe(true);
  } finally {
    await reader.close();
  }
});
