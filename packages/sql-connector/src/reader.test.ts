import { afterEach, expect, test, vi } from "vitest";
import { mysql } from "./mysql.ts";
import { postgresql } from "./postgresql.ts";
import { createSqlReader } from "./reader.ts";
import { statementOf } from "./statement.ts";
import type { SqlDriver, SqlQuestion, SqlServer, SqlStatement } from "./types.ts";

const server: SqlServer = {
  ...{ kind: "postgresql", host: "db.lan", address: "10.0.0.5", port: 5432, database: "crm" },
  ...{ user: "reader", password: "secret", tls: "verified", ca: null },
};
const question: SqlQuestion = {
  view: "crm.contacts",
  match: [
    { column: "phone", value: "+33612345678" },
    { column: "mobile", value: "0612345678' OR '1'='1" },
  ],
  columns: ["id", "name", "name"],
  limit: 11,
  timeoutMs: 500,
};

/** A database that answers as it is told. */
function fake(read: (statement: SqlStatement) => Promise<readonly Record<string, unknown>[]>) {
  const opened: SqlServer[] = [];
  let closed = 0;
  const driver: SqlDriver = {
    ...postgresql,
    open: async (one) => {
      opened.push(one);
      return {
        read,
        close: async () => {
          closed += 1;
        },
      };
    },
  };
  return { opened, closed: () => closed, reader: createSqlReader({ postgresql: driver, mysql: driver }) };
}

afterEach(() => void vi.useRealTimers());

test("values are parameters, names are quoted, only the columns that are wanted are read", () => {
  expect(statementOf(question, postgresql)).toEqual({
    text: 'SELECT "id", "name" FROM "crm"."contacts" WHERE "phone" = $1 OR "mobile" = $2 LIMIT 11',
    values: ["+33612345678", "0612345678' OR '1'='1"],
  });
  expect(statementOf(question, mysql)?.text).toBe(
    "SELECT `id`, `name` FROM `crm`.`contacts` WHERE `phone` = ? OR `mobile` = ? LIMIT 11",
  );
});

test("a name that is none makes no statement", () => {
  for (const view of ["", 'x"; DROP TABLE y', "a.b.c.d", "x;y", "a..b", "(select 1)"]) {
    expect([view, statementOf({ ...question, view }, postgresql)]).toEqual([view, null]);
  }
  expect(statementOf({ ...question, columns: ["name, password"] }, mysql)).toBeNull();
  expect(statementOf({ ...question, match: [{ column: "1=1 --", value: "" }] }, mysql)).toBeNull();
  expect(statementOf({ ...question, columns: [] }, mysql)).toBeNull();
  expect(statementOf({ ...question, columns: ["Prénom", "phone no", "x-y"] }, mysql)).not.toBeNull();
});

test("one database is opened once, others and other passwords apart", async () => {
  const { reader, opened, closed } = fake(async () => [{ id: 1 }]);
  expect(await reader.read(server, question)).toEqual({ ok: true, rows: [{ id: 1 }] });
  await reader.read(server, question);
  expect(opened).toHaveLength(1);
  await reader.read({ ...server, password: "changed" }, question);
  expect(opened).toHaveLength(2);
  await reader.close();
  expect(closed()).toBe(2);
});

test("of many databases those that were asked last stay open", async () => {
  const { reader, opened, closed } = fake(async () => []);
  for (let port = 1; port <= 21; port += 1) await reader.read({ ...server, port }, question);
  expect([opened.length, closed()]).toEqual([21, 1]);
});

test("what takes too long is given up in time; what cannot be reached is tried anew", async () => {
  vi.useFakeTimers();
  const { reader } = fake(() => new Promise(() => undefined));
  const answer = reader.read(server, question);
  await vi.advanceTimersByTimeAsync(600);
  expect(await answer).toMatchObject({ ok: false, problem: "timeout" });
  let tries = 0;
  const refusing: SqlDriver = {
    ...postgresql,
    open: async () => {
      tries += 1;
      throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    },
  };
  const other = createSqlReader({ postgresql: refusing, mysql });
  for (const _ of [1, 2]) expect(await other.read(server, question)).toMatchObject({ problem: "unreachable" });
  expect(tries).toBe(2);
});

test("errors are told apart, as far as a person can mend them", () => {
  const error = (code: string, message = "") => Object.assign(new Error(message), { code });
  const of = ({ problemOf }: SqlDriver, code: string, message?: string) => problemOf(error(code, message));
  expect(of(postgresql, "28P01")).toBe("credentials");
  expect(of(postgresql, "42P01")).toBe("missing");
  expect(of(postgresql, "42501")).toBe("denied");
  expect(of(postgresql, "57014", "canceling statement due to statement timeout")).toBe("timeout");
  expect(of(postgresql, "", "The server does not support SSL connections")).toBe("tls");
  expect(of(postgresql, "SELF_SIGNED_CERT_IN_CHAIN")).toBe("tls");
  expect(of(postgresql, "ECONNREFUSED")).toBe("unreachable");
  expect(of(mysql, "ER_ACCESS_DENIED_ERROR")).toBe("credentials");
  expect(of(mysql, "ER_NO_SUCH_TABLE")).toBe("missing");
  expect(of(mysql, "ER_TABLEACCESS_DENIED_ERROR")).toBe("denied");
  expect(of(mysql, "HANDSHAKE_NO_SSL_SUPPORT")).toBe("tls");
  expect(of(mysql, "ECONNREFUSED")).toBe("unreachable");
  expect(of(mysql, "ER_UNKNOWN")).toBe("other");
});
