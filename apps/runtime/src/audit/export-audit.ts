import { type AuditEntry, csvForms, csvRow, type OutputOf, type Routes, type ScreenLanguage } from "@cordboard/api";

type Page = OutputOf<Routes["audit.list"]>;

const headings: Readonly<Record<ScreenLanguage, readonly string[]>> = {
  fr: ["Date (UTC)", "Par", "Genre d’auteur", "Adresse", "Action", "Objet", "Nom", "Identifiant", "Avant", "Après"],
  en: ["Time (UTC)", "By", "Kind of author", "Address", "Action", "Object", "Name", "Id", "Before", "After"],
};

/** The entries that pages give, one after the other, as a table: a page at a time, however long the log is. */
export async function* exportAudit(
  pageAfter: (before: { readonly before?: string }) => Promise<Page>,
  language: ScreenLanguage,
): AsyncGenerator<string> {
  const { separator } = csvForms[language];
  yield `\ufeff${csvRow(headings[language], separator)}`;
  for (let before: string | null | undefined; before !== null; ) {
    const { items, next }: Page = await pageAfter(before === undefined ? {} : { before });
    yield items.map((entry) => csvRow(cellsOf(entry), separator)).join("");
    before = next;
  }
}

function cellsOf({ at, by, address, action, resource, targetId, targetName, before, after }: AuditEntry) {
  const values = (told: AuditEntry["before"]) => (told === null ? null : JSON.stringify(told));
  const time = at.slice(0, 19).replace("T", " ");
  return [
    ...[time, by.name, by.kind, address, action, resource],
    ...[targetName, targetId, values(before), values(after)],
  ];
}
