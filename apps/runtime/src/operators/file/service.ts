import { createHash } from "node:crypto";
import { mostImportedOperators, type OperatorImportPreview, type OperatorImportResult } from "@cordboard/api";
import { demand, type Scope, systemScope } from "../../access/index.ts";
import { UserError } from "../../errors/index.ts";
import { readTable, type TableRow, tableForm } from "../../tables/index.ts";
import { isPasswordWeak, makePassword } from "../../users/index.ts";
import { operatorCollection } from "../model.ts";
import { operatorColumnsOf } from "./operator-columns.ts";
import type { OperatorFilesGiven } from "./operator-files-given.ts";
import { type OperatorPlan, type OperatorWorld, planOperators } from "./plan-operators.ts";
import { writeOperators } from "./write-operators.ts";

/** Operators from a table: what importing it would do, and doing it, whole or not at all. */
export function createOperatorFiles(given: OperatorFilesGiven) {
  const collection = operatorCollection(given.connection, given.bus);

  async function planOf(scope: Scope, file: Uint8Array): Promise<OperatorPlan & { readonly world: OperatorWorld }> {
    demand(scope, "write", "operators");
    const own = systemScope(scope.companyId);
    const [operators, queues, telephones, language, rows] = await Promise.all([
      collection(own).list(),
      given.queues(own),
      given.telephones(own),
      given.languageOf(own),
      rowsOf(file),
    ]);
    const known = operators.map(({ _id, rev, code, name, language, enabled, email = null, lastTelephoneId }) => ({
      ...{ operatorId: _id, rev, code, name, language, enabled, email, telephoneId: lastTelephoneId },
    }));
    const world = { operators: known, queues, telephones, language, isWeak: isPasswordWeak };
    return { ...planOperators(rows, world), world };
  }

  return {
    async tryImport(scope: Scope, file: Uint8Array): Promise<OperatorImportPreview> {
      return previewOf(await planOf(scope, file), file);
    },
    /** `done: false`, and nothing written, while a row has a problem, or when what would be done is not what was looked at. */
    async import(scope: Scope, file: Uint8Array, digest: string): Promise<OperatorImportResult> {
      const plan = await planOf(scope, file);
      const preview = previewOf(plan, file);
      if (preview.problems.length > 0 || preview.digest !== digest) return { ...preview, done: false, passwords: [] };
      const ready = [];
      for (const row of plan.planned) {
        const made = row.before === null && row.fields.password === undefined ? makePassword() : null;
        const password = made ?? row.fields.password;
        // One after the other: hashing is heavy, and sign-ins are not kept waiting.
        ready.push({ row, made, passwordHash: password === undefined ? null : await given.passwords.hash(password) });
      }
      await writeOperators(scope, ready, plan.world, { ...given, collection });
      const { created, changed, unchanged } = preview;
      const after = { created, changed, unchanged };
      scope.changed?.({ resource: "operators", targetId: "import", targetName: "CSV", before: null, after });
      const passwords = ready.flatMap(({ row: { code, fields }, made }) =>
        made === null ? [] : [{ code, name: fields.name ?? code, password: made }],
      );
      return { ...preview, done: true, passwords };
    },
  };
}

export type OperatorFiles = ReturnType<typeof createOperatorFiles>;

async function rowsOf(file: Uint8Array): Promise<readonly TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of readTable(file, tableForm(file))) {
    rows.push(row);
    if (rows.length > mostImportedOperators + 1) {
      throw new UserError("csvUnreadable", {
        why: {
          fr: `il a plus de ${mostImportedOperators} opérateurs : envoyez-le en plusieurs fois`,
          en: `it has more than ${mostImportedOperators} operators: send it in several parts`,
        },
      });
    }
  }
  const { columns } = operatorColumnsOf(rows[0]?.cells ?? []);
  if (!columns.code) {
    throw new UserError("csvUnreadable", {
      why: {
        fr: "sa première ligne ne nomme pas de colonne « code », par laquelle on reconnaît un opérateur",
        en: "its first line names no column “code”, by which an operator is known",
      },
    });
  }
  return rows;
}

function previewOf({ rows, problems, ignored, planned }: OperatorPlan, file: Uint8Array): OperatorImportPreview {
  const count = (kind: (typeof rows)[number]["kind"]) => rows.filter((row) => row.kind === kind).length;
  const seen = JSON.stringify([rows, planned.map(({ before }) => before?.rev ?? null)]);
  return {
    rows: [...rows],
    created: count("new"),
    changed: count("changed"),
    unchanged: count("same"),
    refused: count("refused"),
    problems: [...problems],
    ignored: [...ignored],
    digest: createHash("sha256").update(file).update(seen).digest("hex"),
  };
}
