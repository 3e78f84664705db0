import {
  type Company,
  type ContactFileRead,
  ContactImportPlan,
  type ContactImportResult,
  type ScreenLanguage,
} from "@cordboard/api";
import type { Connection } from "mongoose";
import { Value } from "typebox/value";
import { demand, type Scope, systemScope } from "../../access/index.ts";
import type { Companies } from "../../companies/index.ts";
import { UserError } from "../../errors/index.ts";
import type { Clock, MakeId } from "../../ports/index.ts";
import { readTable, tableForm } from "../../tables/index.ts";
import { looksLikeHeader, suggestedColumns } from "./column-names.ts";
import { exportContacts } from "./export-contacts.ts";
import { type ImportGiven, importContacts } from "./import-contacts.ts";

export interface ContactFilesGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly companies: Pick<Companies, "get">;
  /** How codes are hashed, and compared. */
  readonly pins: ImportGiven["pins"];
  /** Operators of a company: what import and export name them by. */
  readonly operators: (companyId: string) => Promise<readonly { readonly operatorId: string; readonly code: string }[]>;
}

const SAMPLES = 4;

/** Contacts as files: what a CSV file holds, what importing it would do, doing it, and the way back. */
export function createContactFiles(given: ContactFilesGiven) {
  const { connection, clock, makeId, companies } = given;
  const companyOf = ({ companyId }: Scope) => companies.get(systemScope(companyId));

  async function run(scope: Scope, file: Uint8Array, writtenPlan: string, dry: boolean): Promise<ContactImportResult> {
    demand(scope, "write", "contacts");
    const { companyId } = scope;
    const [company, operators] = await Promise.all([companyOf(scope), given.operators(companyId)]);
    const codes = new Map(operators.map(({ code, operatorId }) => [code.toLowerCase(), operatorId]));
    const plan = planOf(writtenPlan);
    return importContacts(file, tableForm(file), {
      connection,
      clock,
      makeId,
      companyId,
      company,
      operators: codes,
      pins: given.pins,
      plan,
      dry,
    });
  }

  return {
    async read(scope: Scope, file: Uint8Array): Promise<ContactFileRead> {
      demand(scope, "write", "contacts");
      const company = await companyOf(scope);
      const form = tableForm(file);
      const rows: (readonly string[])[] = [];
      for await (const { cells } of readTable(file, form)) {
        rows.push(cells);
        if (rows.length > SAMPLES) break;
      }
      const [first = []] = rows;
      const header = looksLikeHeader(first, company);
      const width = Math.min(500, Math.max(0, ...rows.map((cells) => cells.length)));
      const columns = Array.from({ length: width }, (_, column) => ({
        name: (header ? first[column] : undefined) || String(column + 1),
        samples: (header ? rows.slice(1) : rows).slice(0, SAMPLES).map((cells) => (cells[column] ?? "").slice(0, 200)),
      }));
      const suggested = suggestion(first, header, company);
      // Codes are not shown, to whoever they were given.
      for (const { column, to } of suggested.columns) {
        const found = to === "pin" ? columns[column] : undefined;
        if (found) found.samples = found.samples.map((code) => "•".repeat(code.length));
      }
      return { ...form, header, columns, suggested };
    },
    tryImport: (scope: Scope, file: Uint8Array, plan: string) => run(scope, file, plan, true),
    async import(scope: Scope, file: Uint8Array, plan: string): Promise<ContactImportResult> {
      const result = await run(scope, file, plan, false);
      const { problems: _, ...counts } = result;
      scope.changed?.({ resource: "contacts", targetId: "import", targetName: "CSV", before: null, after: counts });
      return result;
    },
    async export(scope: Scope, language: ScreenLanguage): Promise<AsyncIterable<string>> {
      demand(scope, "write", "contacts");
      const { companyId } = scope;
      const [company, operators] = await Promise.all([companyOf(scope), given.operators(companyId)]);
      const operatorCodes = new Map(operators.map(({ code, operatorId }) => [operatorId, code]));
      return exportContacts({ connection, companyId, company, language, operatorCodes });
    },
  };
}

export type ContactFiles = ReturnType<typeof createContactFiles>;

/** By an id of another system where there is one, else by number: both say who a row is about. */
function suggestion(first: readonly string[], header: boolean, company: Company): ContactImportPlan {
  const columns = header ? suggestedColumns(first, company) : [];
  const matchBy =
    columns.find(({ to }) => to.startsWith("external:"))?.to ??
    columns.find(({ to }) => to === "customerNumber")?.to ??
    columns.find(({ to }) => to === "number")?.to ??
    null;
  return { columns: columns.length > 0 ? columns : [{ column: 0, to: "name" }], matchBy, header };
}

function planOf(written: string): ContactImportPlan {
  let plan: unknown;
  try {
    plan = JSON.parse(written);
  } catch {
    plan = undefined;
  }
  if (Value.Check(ContactImportPlan, plan)) return plan;
  const problem = {
    fr: "ne dit pas comment lire les colonnes (JSON)",
    en: "does not say how to read the columns (JSON)",
  };
  throw new UserError("requestInvalid", { where: "/query/plan", problem });
}
