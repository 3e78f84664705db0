import { connect } from "node:net";
import { errorCode } from "./postgresql.ts";
import type { SqlDriver, SqlProblem, SqlServer } from "./types.ts";

/** MySQL and MariaDB by `mysql2`. */
export const mysql: SqlDriver = {
  quoted: (identifier) => `\`${identifier.replaceAll("`", "``")}\``,
  placeholder: () => "?",
  problemOf,
  async open(server, { connections, idleMs }) {
    const { createPool } = await import("mysql2/promise");
    const { host, address, port, database, user, password } = server;
    const pool = createPool({
      ...{ host, port, database, user, password },
      // The name is for the certificate; the connection goes to the address that was judged.
      stream: () => connect({ host: address, port }),
      ...(server.tls !== "off" && { ssl: tlsOf(server) }),
      ...{ connectionLimit: connections, maxIdle: connections, idleTimeout: idleMs, queueLimit: 50 },
      ...{ connectTimeout: 5_000, dateStrings: true, multipleStatements: false, supportBigNumbers: true },
    });
    return {
      async read({ text, values }, timeoutMs) {
        const connection = await pool.getConnection();
        try {
          await connection.query("START TRANSACTION READ ONLY");
          const [rows] = await connection.execute({ sql: text, timeout: timeoutMs }, [...values]);
          await connection.query("COMMIT");
          connection.release();
          return rows as Record<string, unknown>[];
        } catch (error) {
          // After a failure the session's state is not known: it is not used again.
          connection.destroy();
          throw error;
        }
      },
      close: () => pool.end(),
    };
  },
};

function tlsOf({ tls, ca }: SqlServer) {
  const verified = tls === "verified";
  return { rejectUnauthorized: verified, verifyIdentity: verified, ...(ca !== null && { ca }) };
}

const PROBLEMS: Readonly<Record<string, SqlProblem>> = {
  ER_ACCESS_DENIED_ERROR: "credentials",
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: "credentials",
  ER_DBACCESS_DENIED_ERROR: "denied",
  ER_TABLEACCESS_DENIED_ERROR: "denied",
  ER_COLUMNACCESS_DENIED_ERROR: "denied",
  ER_BAD_DB_ERROR: "missing",
  ER_NO_SUCH_TABLE: "missing",
  ER_BAD_FIELD_ERROR: "missing",
  ER_CON_COUNT_ERROR: "busy",
  PROTOCOL_SEQUENCE_TIMEOUT: "timeout",
  HANDSHAKE_NO_SSL_SUPPORT: "tls",
  HANDSHAKE_SSL_ERROR: "tls",
};

function problemOf(error: unknown): SqlProblem {
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : "";
  if (PROBLEMS[code]) return PROBLEMS[code];
  if (/certificate|TLS|SSL/i.test(message)) return "tls";
  if (code === "ETIMEDOUT" || /timeout/i.test(message)) return "timeout";
  return /^E[A-Z]+$/.test(code) ? "unreachable" : "other";
}
