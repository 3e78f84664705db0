import { type Company, csvForms, csvRow, type ScreenLanguage } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type ContactDocument, contactDocuments } from "../model.ts";
import { columnName } from "./column-names.ts";

const plainColumns = ["name", "company", "language", "customerNumber", "vip", "blocked", "preferredOperator"] as const;
/** Columns for numbers: whoever has more keeps the rest in the product alone, which the page says. */
const NUMBERS = 5;

export interface ExportGiven {
  readonly connection: Connection;
  readonly companyId: string;
  readonly company: Pick<Company, "contactFields">;
  readonly language: ScreenLanguage;
  /** Codes of operators, by id. */
  readonly operatorCodes: ReadonlyMap<string, string>;
}

/** All contacts as CSV that spreadsheets of the reader's language open, and that can be imported again. Row by row from the store. */
export async function* exportContacts(given: ExportGiven): AsyncGenerator<string> {
  const { connection, companyId, company, language } = given;
  const documents = contactDocuments(connection);
  const systems = await systemsOf(given);
  const columns: readonly string[] = [
    ...plainColumns,
    ...Array.from({ length: NUMBERS }, () => "number"),
    ...systems.map((system) => `external:${system}`),
    ...company.contactFields.map(({ key }) => `field:${key}`),
    "notes",
  ];
  const row = (cells: readonly string[]) => csvRow(cells, csvForms[language].separator);
  let numberColumn = 0;
  const header = columns.map((to) => {
    const name = columnName(to, language, company);
    return to === "number" ? `${name} ${++numberColumn}` : name;
  });
  // The mark tells spreadsheets that this is UTF-8.
  yield `\ufeff${row(header)}`;
  for await (const contact of documents.find({ companyId }).sort({ sortKey: 1, _id: 1 })) {
    numberColumn = 0;
    yield row(
      columns.map((to) => (to === "number" ? (contact.numbers[numberColumn++] ?? "") : cellOf(contact, to, given))),
    );
  }
}

async function systemsOf({ connection, companyId }: ExportGiven): Promise<readonly string[]> {
  const found: unknown[] = await contactDocuments(connection).distinct("externalIds.system", { companyId });
  const names = found.filter((one) => typeof one === "string");
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()].sort();
}

function cellOf(contact: ContactDocument, to: string, { company, language, operatorCodes }: ExportGiven): string {
  const yes = (flag: boolean) => (flag ? (language === "fr" ? "oui" : "yes") : language === "fr" ? "non" : "no");
  const [kind = "", rest = ""] = to.split(":");
  switch (kind) {
    case "vip":
    case "blocked":
      return yes(contact[kind]);
    case "name":
    case "company":
    case "customerNumber":
    case "notes":
      return contact[kind];
    case "language":
      return contact.language ?? "";
    case "preferredOperator":
      return contact.preferredOperatorId === null ? "" : (operatorCodes.get(contact.preferredOperatorId) ?? "");
    case "external":
      return contact.externalIds.find(({ system }) => system.toLowerCase() === rest.toLowerCase())?.id ?? "";
    default: {
      const value = contact.fields[rest];
      if (typeof value === "boolean") return yes(value);
      const isNumber = company.contactFields.find(({ key }) => key === rest)?.type === "number";
      return isNumber && language === "fr" ? String(value ?? "").replace(".", ",") : String(value ?? "");
    }
  }
}
