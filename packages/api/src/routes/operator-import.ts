/** Operators from a CSV file: what it would do, row by row, and doing it whole or not at all. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Texts } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });

/** Operators that one file may have, its heading aside. */
export const mostImportedOperators = 500;

/** What a column may hold. An operator is known by the code: it is never changed. */
export const operatorColumns = [
  "code",
  "name",
  "password",
  "language",
  "enabled",
  "email",
  "queues",
  "telephone",
] as const;
export type OperatorColumn = (typeof operatorColumns)[number];

export const OperatorImportRow = Type.Object(
  {
    /** Of the file, from 1. */
    line: Type.Integer({ minimum: 1 }),
    code: Type.String(),
    name: Type.String(),
    kind: Type.Enum(["new", "changed", "same", "refused"]),
    /** What the row would write, as it was and as it would be; a password is never in it. Names of queues and telephones, `yes` and `no`. */
    changes: Type.Array(
      Type.Object(
        { column: Type.Enum([...operatorColumns]), before: nullable(Type.String()), after: nullable(Type.String()) },
        closed,
      ),
    ),
  },
  closed,
);
export type OperatorImportRow = Static<typeof OperatorImportRow>;

/** Why a row cannot be taken: then none is. */
export const OperatorImportProblem = Type.Object(
  {
    line: Type.Integer({ minimum: 1 }),
    /** The heading of the column, as it stands in the file; null: the whole row. */
    column: nullable(Type.String()),
    value: Type.String(),
    problem: Texts,
  },
  closed,
);
export type OperatorImportProblem = Static<typeof OperatorImportProblem>;

const preview = {
  rows: Type.Array(OperatorImportRow),
  created: Count,
  changed: Count,
  unchanged: Count,
  refused: Count,
  problems: Type.Array(OperatorImportProblem),
  /** Headings that say nothing to us: those columns are left out. */
  ignored: Type.Array(Type.String()),
  /** Names what is shown here: doing it asks for it back, so that nothing else is done than what was looked at. */
  digest: Type.String({ pattern: "^[0-9a-f]{64}$" }),
};
export const OperatorImportPreview = Type.Object(preview, { ...closed, title: "OperatorImportPreview" });
export type OperatorImportPreview = Static<typeof OperatorImportPreview>;

export const OperatorImportResult = Type.Object(
  {
    ...preview,
    /** False: nothing was written, because a row has a problem, or because what would be done is no longer what `digest` names. */
    done: Type.Boolean(),
    /** Those that were made for new operators without one: shown this once. */
    passwords: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), password: Type.String() }, closed)),
  },
  { ...closed, title: "OperatorImportResult" },
);
export type OperatorImportResult = Static<typeof OperatorImportResult>;

const errors = ["csvUnreadable", "requestInvalid"] as const;
const maxBodyBytes = 1_000_000;

export const operatorImportRoutes = {
  "operators.tryImport": defineRoute({
    id: "operators.tryImport",
    method: "POST",
    path: "/api/operators/import/try",
    roles: permissions.operators.write,
    summary: "Says what importing a CSV file of operators would do, row by row, with its problems. Nothing is written.",
    request: {},
    upload: true,
    audited: false,
    response: OperatorImportPreview,
    errors,
    maxBodyBytes,
  }),
  "operators.import": defineRoute({
    id: "operators.import",
    method: "POST",
    path: "/api/operators/import",
    roles: permissions.operators.write,
    summary: "Imports a CSV file of operators as it was tried: all of it, or nothing while a row has a problem.",
    request: { query: Type.Object({ digest: preview.digest }, closed) },
    upload: true,
    response: OperatorImportResult,
    errors: [...errors, "alreadyExists", "changedMeanwhile", "notFound"],
    maxBodyBytes,
  }),
} as const;
