import type { SqlDriver, SqlQuestion, SqlStatement } from "./types.ts";

/** A name as databases have them; what is stranger has no place in a connector. */
const NAME = /^[\p{L}_][\p{L}\p{N}_$ -]{0,62}$/u;

/** The statement of a question; null: one of its names is none. Values are parameters, never part of the text. */
export function statementOf(
  { view, match, columns, limit }: SqlQuestion,
  { quoted, placeholder }: Pick<SqlDriver, "quoted" | "placeholder">,
): SqlStatement | null {
  const path = view.split(".");
  const names = [...path, ...columns, ...match.map(({ column }) => column)];
  if (path.length > 3 || match.length === 0 || columns.length === 0 || !names.every((name) => NAME.test(name))) {
    return null;
  }
  const read = [...new Set(columns)].map(quoted).join(", ");
  const where = match.map(({ column }, index) => `${quoted(column)} = ${placeholder(index + 1)}`).join(" OR ");
  return {
    text: `SELECT ${read} FROM ${path.map(quoted).join(".")} WHERE ${where} LIMIT ${Math.max(1, Math.trunc(limit))}`,
    values: match.map(({ value }) => value),
  };
}
