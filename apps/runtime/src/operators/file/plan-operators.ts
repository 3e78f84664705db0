import type { Operator, OperatorColumn, OperatorImportProblem, OperatorImportRow, Texts } from "@cordboard/api";
import { plainCell, plainWord, type TableRow, yesNo } from "../../tables/index.ts";
import { type FoundColumn, operatorColumnsOf } from "./operator-columns.ts";
import { problems } from "./operator-problems.ts";

export interface KnownOperator extends Pick<Operator, "operatorId" | "rev" | "code" | "name" | "language" | "enabled"> {
  readonly email: string | null;
  readonly telephoneId: string | null;
}

/** What a row is held against. */
export interface OperatorWorld {
  readonly operators: readonly KnownOperator[];
  readonly queues: readonly {
    readonly queueId: string;
    readonly name: string;
    readonly operatorIds: readonly string[];
  }[];
  readonly telephones: readonly { readonly telephoneId: string; readonly name: string }[];
  /** Of operators whose row names none. */
  readonly language: Operator["language"];
  /** Whether anybody would try that password first. */
  readonly isWeak: (password: string, about: readonly string[]) => boolean;
}

/** What a row would write: only what stands in it. */
export interface PlannedOperator {
  readonly line: number;
  /** Null: a new one. */
  readonly before: KnownOperator | null;
  readonly code: string;
  readonly fields: Partial<Pick<Operator, "name" | "language" | "enabled"> & { email: string; password: string }>;
  /** All queues that they may serve from now on. */
  readonly queueIds?: readonly string[];
  readonly telephoneId?: string;
}

export interface OperatorPlan {
  readonly rows: readonly OperatorImportRow[];
  readonly problems: readonly OperatorImportProblem[];
  readonly ignored: readonly string[];
  /** Those without a problem that change something. */
  readonly planned: readonly PlannedOperator[];
}

type Changes = OperatorImportRow["changes"];

/** What importing a table of operators would do. Pure. Its first row is the heading, which names a code. */
export function planOperators([heading, ...rows]: readonly TableRow[], world: OperatorWorld): OperatorPlan {
  const { columns, ignored } = operatorColumnsOf((heading?.cells ?? []).map((cell) => cell.trim()));
  const seen = { codes: new Map<string, number>(), emails: new Map<string, number>() };
  const found: OperatorImportProblem[] = [];
  const planned: PlannedOperator[] = [];
  const told = rows.map((row): OperatorImportRow => {
    const read = readRow(row, columns, world, seen);
    found.push(...read.problems);
    const { line } = row;
    const { before, code, fields } = read.plan;
    const about = { line, code, name: fields.name ?? before?.name ?? "" };
    if (read.problems.length > 0) return { ...about, kind: "refused", changes: [] };
    const changes = changesOf(read.plan, world);
    if (changes.length > 0) planned.push(read.plan);
    return { ...about, kind: before === null ? "new" : changes.length > 0 ? "changed" : "same", changes };
  });
  return { rows: told, problems: found, ignored, planned };
}

type Seen = { readonly codes: Map<string, number>; readonly emails: Map<string, number> };

function readRow(
  { line, cells }: TableRow,
  columns: Readonly<Partial<Record<OperatorColumn | "role", FoundColumn>>>,
  world: OperatorWorld,
  seen: Seen,
): { readonly plan: PlannedOperator; readonly problems: readonly OperatorImportProblem[] } {
  const found: OperatorImportProblem[] = [];
  const cell = (column: OperatorColumn | "role") => plainCell(cells[columns[column]?.at ?? -1] ?? "");
  const refuse = (column: OperatorColumn | "role" | null, problem: Texts, value = "") =>
    void found.push({
      line,
      column: column === null ? null : (columns[column]?.heading ?? null),
      value: value.slice(0, 80),
      problem,
    });

  const code = cell("code");
  const before = world.operators.find((one) => one.code.toLowerCase() === code.toLowerCase()) ?? null;
  if (code === "") refuse("code", problems.noCode);
  else if (!/^[A-Za-z0-9._-]{1,32}$/.test(code)) refuse("code", problems.code, code);
  else if (!isFirst(seen.codes, code.toLowerCase(), line)) {
    refuse("code", problems.twice(seen.codes.get(code.toLowerCase()) ?? 1), code);
  }

  const name = cell("name");
  if (name.length > 120) refuse("name", problems.longName, name);
  else if (name === "" && before === null) refuse("name", problems.noName);

  // A password that is refused is not told again: it may be somebody's all the same.
  const password = cell("password");
  if (password !== "") {
    if (password.length < 10 || password.length > 200) refuse("password", problems.password);
    else if (world.isWeak(password, [name || (before?.name ?? ""), code])) refuse("password", problems.weakPassword);
  }

  const language = languageOf(cell("language"));
  if (language === null) refuse("language", problems.language, cell("language"));
  const enabled = cell("enabled") === "" ? undefined : yesNo(cell("enabled"));
  if (enabled === null) refuse("enabled", problems.yesNo, cell("enabled"));

  const email = cell("email").toLowerCase();
  if (email !== "") {
    const owner = world.operators.find((one) => one.email === email);
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || email.length > 254) refuse("email", problems.email, email);
    else if (owner && owner.operatorId !== before?.operatorId) refuse("email", problems.emailOf(owner.name), email);
    else if (!isFirst(seen.emails, email, line)) {
      refuse("email", problems.twice(seen.emails.get(email) ?? 1), email);
    }
  }

  const role = cell("role");
  if (role !== "" && !/^(operateur|operatrice|operator|agent)$/.test(plainWord(role)))
    refuse("role", problems.role, role);

  const queueIds = namesIn(cell("queues")).flatMap((written) => {
    const queue = byName(world.queues, written);
    if (!queue) refuse("queues", problems.queue, written);
    return queue ? [queue.queueId] : [];
  });
  const telephone = byName(world.telephones, cell("telephone"));
  if (!telephone && cell("telephone") !== "") refuse("telephone", problems.telephone, cell("telephone"));

  const plan = {
    ...{ line, before, code },
    fields: {
      ...(name !== "" && { name }),
      ...(language && { language }),
      ...(typeof enabled === "boolean" && { enabled }),
      ...(email !== "" && { email }),
      ...(password !== "" && { password }),
    },
    ...(cell("queues") !== "" && { queueIds: [...new Set(queueIds)] }),
    ...(telephone && { telephoneId: telephone.telephoneId }),
  };
  return { plan, problems: found };
}

/** Notes where a value first stands; false where it stood before. */
function isFirst(seen: Map<string, number>, value: string, line: number): boolean {
  if (seen.has(value)) return false;
  seen.set(value, line);
  return true;
}

/** Names of queues, parted by commas, bars or line ends; a lone dash stands for none. */
const namesIn = (written: string): readonly string[] =>
  /^[-–—]$/.test(written)
    ? []
    : written
        .split(/[,|;\n]/)
        .map((one) => one.trim())
        .filter(Boolean);

const byName = <Thing extends { readonly name: string }>(things: readonly Thing[], written: string) =>
  things.find(({ name }) => name === written) ?? things.find(({ name }) => plainWord(name) === plainWord(written));

/** Undefined: the cell says nothing; null: it is neither language. */
function languageOf(written: string): Operator["language"] | null | undefined {
  const word = plainWord(written);
  if (word === "") return undefined;
  if (/^(fr|frfr|francais|french)$/.test(word)) return "fr";
  return /^(en|engb|anglais|english)$/.test(word) ? "en" : null;
}

/** What a row would change, as it is told. A new operator's are all that stand in it. */
function changesOf({ before, fields, queueIds, telephoneId }: PlannedOperator, world: OperatorWorld): Changes {
  const served = world.queues.filter((queue) => before !== null && queue.operatorIds.includes(before.operatorId));
  const names = (ids: readonly string[]) =>
    world.queues
      .filter((queue) => ids.includes(queue.queueId))
      .map(({ name }) => name)
      .sort()
      .join(", ");
  const telephone = (id: string | null) => world.telephones.find((one) => one.telephoneId === id)?.name ?? null;
  const word = (flag: boolean | undefined) => (flag === undefined ? null : flag ? "yes" : "no");
  const all: Changes = [
    { column: "name", before: before?.name ?? null, after: fields.name ?? null },
    { column: "password", before: null, after: fields.password === undefined ? null : "…" },
    {
      column: "language",
      before: before?.language ?? null,
      after: fields.language ?? (before ? null : world.language),
    },
    { column: "enabled", before: word(before?.enabled), after: word(fields.enabled) },
    { column: "email", before: before?.email ?? null, after: fields.email ?? null },
    {
      column: "queues",
      before: before && names(served.map(({ queueId }) => queueId)),
      after: queueIds ? names(queueIds) : null,
    },
    { column: "telephone", before: telephone(before?.telephoneId ?? null), after: telephone(telephoneId ?? null) },
  ];
  return all.filter((change) => change.after !== null && change.after !== change.before);
}
