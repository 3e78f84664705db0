import type { Company, ContactImportPlan, ScreenLanguage, Texts } from "@cordboard/api";
import { folded } from "../contact-keys.ts";

type Columns = ContactImportPlan["columns"];

/** What the columns of an export are called, and how others call them: compared without accents, capitals and signs. */
const columnNames: Readonly<Record<string, Texts>> = {
  name: { fr: "Nom", en: "Name" },
  company: { fr: "Société", en: "Company" },
  number: { fr: "Numéro", en: "Number" },
  language: { fr: "Langue", en: "Language" },
  customerNumber: { fr: "Numéro de client", en: "Customer number" },
  vip: { fr: "VIP", en: "VIP" },
  blocked: { fr: "Bloqué", en: "Blocked" },
  preferredOperator: { fr: "Opérateur habituel", en: "Preferred operator" },
  notes: { fr: "Notes", en: "Notes" },
};

const known: readonly (readonly [string, RegExp])[] = [
  [
    "customerNumber",
    /^(numero|n|no|code|ref|reference)?(de)?client$|^customer(number|no|id|code)?$|^client(number|no|id|code)$|^account(number|no)?$/,
  ],
  [
    "number",
    /^(numero|telephone|tel|portable|mobile|fixe|gsm|phone|cell|number|phonenumber|fax)(de?telephone|number|phone|portable|mobile|fixe|direct|pro|bureau|work|home)?[0-9]*$|^(home|work|business|mobile|other)(phone|number)[0-9]*$/,
  ],
  ["company", /^(societe|entreprise|raisonsociale|organisation|organization|company|companyname|account)$/],
  ["name", /^(nom|nomcomplet|contact|name|fullname|displayname|nometprenom|prenometnom)$/],
  ["language", /^(langue|language|lang)$/],
  ["pin", /^(code)?pin(code)?$|^codeconfidentiel$/],
  ["vip", /^vip$/],
  ["blocked", /^(bloque|blocked|blacklist|listenoire)$/],
  ["preferredOperator", /^(operateurhabituel|operateurprefere|conseiller|operateur|preferredoperator|operator|agent)$/],
  ["notes", /^(notes?|remarques?|commentaires?|comments?|memo)$/],
];

/** What a column probably holds, by its name: one of ours, an own field, or the id of another system (`crm id`). */
export function suggestedColumns(names: readonly string[], company: Pick<Company, "contactFields">): Columns {
  const taken = new Set<string>();
  return names.flatMap((name, column) => {
    const to = suggestion(name, company);
    if (to === null || (to !== "number" && taken.has(to))) return [];
    taken.add(to);
    return [{ column, to }];
  });
}

function suggestion(name: string, { contactFields }: Pick<Company, "contactFields">): string | null {
  const external =
    /^\s*(?:id|identifiant)\s+([A-Za-z][A-Za-z0-9_]{0,39})\s*$|^\s*([A-Za-z][A-Za-z0-9_]{0,39})\s+id\s*$/i.exec(name);
  const compact = folded(name).replace(/[^\p{L}\p{N}]/gu, "");
  const own = contactFields.find((field) =>
    [field.key, field.name].some((each) => folded(each).replace(/[^\p{L}\p{N}]/gu, "") === compact),
  );
  if (own) return `field:${own.key}`;
  const found = known.find(([, pattern]) => pattern.test(compact))?.[0];
  if (found !== undefined) return found;
  const system = external?.[1] ?? external?.[2];
  return system === undefined ? null : `external:${system.toLowerCase()}`;
}

/** What a column of an export is called. */
export function columnName(
  to: string,
  language: ScreenLanguage,
  { contactFields }: Pick<Company, "contactFields">,
): string {
  const [kind = "", rest = ""] = to.split(":");
  if (kind === "external") return `id ${rest}`;
  if (kind === "field") return contactFields.find(({ key }) => key === rest)?.name ?? rest;
  return columnNames[kind]?.[language] ?? to;
}

/** Whether a first row names columns rather than being a contact: it names at least one of ours, and no cell is a number. */
export function looksLikeHeader(cells: readonly string[], company: Pick<Company, "contactFields">): boolean {
  return suggestedColumns(cells, company).length > 0 && !cells.some((cell) => /^\+?[\d\s().\-/]{6,}$/.test(cell));
}
