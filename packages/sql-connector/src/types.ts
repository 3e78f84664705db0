/** A database as it is reached. `host` is its name, `address` what that was judged to lead to: the connection goes there and nowhere else. */
export interface SqlServer {
  readonly kind: SqlKind;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** `verified`: the certificate is one of `ca`'s (or of a public authority's) and the host's own; `encrypted`: anybody's; `off`: in clear. */
  readonly tls: "verified" | "encrypted" | "off";
  /** PEM; null: the public authorities. */
  readonly ca: string | null;
}

export type SqlKind = "postgresql" | "mysql";

/** Rows of one view, found where one of some columns has a value. Only the columns that are asked for are read. */
export interface SqlQuestion {
  /** `contacts`, or with its schema: `crm.contacts`. */
  readonly view: string;
  readonly match: readonly { readonly column: string; readonly value: string }[];
  readonly columns: readonly string[];
  readonly limit: number;
  /** From the first packet to the last row. */
  readonly timeoutMs: number;
}

export type SqlRow = Readonly<Record<string, unknown>>;

/**
 * Why there are no rows. `credentials`: name or password; `denied`: the user may not read the view; `missing`: no such database, view or column;
 * `tls`: the certificate, or none at all; `invalid`: a name of the question is none.
 */
export type SqlProblem =
  | "timeout"
  | "unreachable"
  | "credentials"
  | "denied"
  | "missing"
  | "tls"
  | "invalid"
  | "busy"
  | "other";

export type SqlAnswer =
  | { readonly ok: true; readonly rows: readonly SqlRow[] }
  | { readonly ok: false; readonly problem: SqlProblem; readonly detail: string };

/** A statement with its parameters apart. */
export interface SqlStatement {
  readonly text: string;
  readonly values: readonly string[];
}

/** What is needed of a database's client. */
export interface SqlPool {
  /** Reads in a transaction that can write nothing, and is over. Rejects with the client's own error. */
  read(statement: SqlStatement, timeoutMs: number): Promise<readonly SqlRow[]>;
  close(): Promise<void>;
}

/** A kind of database: how its statements are written, and its client, which is loaded when the first of its kind is asked. */
export interface SqlDriver {
  quoted(identifier: string): string;
  placeholder(position: number): string;
  problemOf(error: unknown): SqlProblem;
  open(server: SqlServer, limits: SqlLimits): Promise<SqlPool>;
}

export interface SqlLimits {
  /** Connections of one database, at most. */
  readonly connections: number;
  /** A connection that nobody uses is closed after this. */
  readonly idleMs: number;
}
