export { createSqlReader, type SqlReader } from "./reader.ts";
export type { SqlAnswer, SqlDriver, SqlKind, SqlPool, SqlProblem, SqlQuestion, SqlRow, SqlServer } from "./types.ts";
