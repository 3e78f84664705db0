import type { SqlDriver, SqlProblem, SqlServer } from "./types.ts";

/** PostgreSQL by `pg`. */
export const postgresql: SqlDriver = {
  quoted: (identifier) => `"${identifier.replaceAll('"', '""')}"`,
  placeholder: (position) => `$${position}`,
  problemOf,
  async open(server, { connections, idleMs }) {
    const { default: pg } = await import("pg");
    const pool = new pg.Pool({
      ...{ host: server.address, port: server.port, database: server.database },
      ...{ user: server.user, password: server.password, ssl: tlsOf(server) },
      ...{ max: connections, idleTimeoutMillis: idleMs, connectionTimeoutMillis: 5_000, allowExitOnIdle: true },
      application_name: "cordboard",
      // Whatever is asked of this session can only read.
      options: "-c default_transaction_read_only=on",
    });
    // A connection that breaks while nobody uses it is none of the next question's business.
    pool.on("error", () => undefined);
    return {
      async read({ text, values }, timeoutMs) {
        const client = await pool.connect();
        let broken: Error | undefined;
        try {
          await client.query(`SET statement_timeout = ${Math.max(1, Math.trunc(timeoutMs))}`);
          await client.query("BEGIN READ ONLY");
          const { rows } = await client.query(text, [...values]);
          await client.query("COMMIT");
          return rows;
        } catch (error) {
          broken = error instanceof Error ? error : new Error(String(error));
          throw error;
        } finally {
          // After a failure the session's state is not known: it is not used again.
          client.release(broken);
        }
      },
      close: () => pool.end(),
    };
  },
};

function tlsOf({ tls, ca, host }: SqlServer) {
  if (tls === "off") return false;
  return { rejectUnauthorized: tls === "verified", servername: host, ...(ca !== null && { ca }) };
}

const PROBLEMS: Readonly<Record<string, SqlProblem>> = {
  "28P01": "credentials",
  "28000": "credentials",
  "3D000": "missing",
  "42P01": "missing",
  "42703": "missing",
  "3F000": "missing",
  "42501": "denied",
  "57014": "timeout",
  "53300": "busy",
};

function problemOf(error: unknown): SqlProblem {
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : "";
  if (/SSL|certificate|TLS/i.test(message) || /CERT|TLS|SSL/.test(code)) return "tls";
  if (/timeout/i.test(message)) return "timeout";
  return PROBLEMS[code] ?? (/^E[A-Z]+$/.test(code) ? "unreachable" : "other");
}

/** The code that a client's error has, or nothing. */
export function errorCode(error: unknown): string {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? code : "";
}
