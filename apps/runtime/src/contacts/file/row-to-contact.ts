import type { Company, ContactFields, ContactImportPlan, Texts } from "@cordboard/api";
import { telephoneNumber } from "../../companies/index.ts";
import { plainCell, yesNo } from "../../tables/index.ts";
import { ownValue, wrongOwnValue } from "../check-contact.ts";
import { isWeakPin } from "../weak-pin.ts";

export interface RowProblem {
  readonly column: number | null;
  readonly value: string;
  readonly problem: Texts;
  /** The row cannot be taken at all; otherwise only this value is left out. */
  readonly fatal: boolean;
}

/** What a row says of a contact: only what stands in it. An empty cell says nothing. */
export type RowFields = { -readonly [Name in keyof ContactFields]?: ContactFields[Name] };

export interface RowRead {
  readonly fields: RowFields;
  /** The code that the contact proves themselves with; null: the row has none. */
  readonly pin: string | null;
  readonly problems: readonly RowProblem[];
}

export interface RowWorld {
  readonly plan: ContactImportPlan;
  readonly company: Pick<Company, "country" | "contactFields" | "languages">;
  /** Operators by their code, in lower case. */
  readonly operators: ReadonlyMap<string, string>;
}

const PIN = /^\d{4,16}$/;

const problems = {
  number: { fr: "n’est pas un numéro de téléphone", en: "is no telephone number" },
  yesNo: { fr: "n’est ni oui ni non", en: "is neither yes nor no" },
  language: { fr: "n’est pas une langue (fr, en-GB …)", en: "is no language (fr, en-GB …)" },
  operator: { fr: "n’est le code d’aucun opérateur", en: "is no operator’s code" },
  pin: { fr: "n’est pas un code de 4 à 16 chiffres", en: "is no code of 4 to 16 digits" },
  weakPin: {
    fr: "est un code que n’importe qui essaierait d’abord",
    en: "is a code that anybody would try first",
  },
  tooLong: { fr: "est trop long", en: "is too long" },
  noField: { fr: "n’est plus un champ de vos contacts", en: "is no field of your contacts any more" },
} satisfies Readonly<Record<string, Texts>>;

const longest: Readonly<Record<string, number>> = { name: 120, company: 200, customerNumber: 64, notes: 4000 };

/** Reads a row by the plan. Pure: whether its contact is there already is asked elsewhere. */
export function rowToContact(cells: readonly string[], { plan, company, operators }: RowWorld): RowRead {
  const fields: RowFields = {};
  const found: RowProblem[] = [];
  let pin: string | null = null;
  for (const { column, to } of plan.columns) {
    // Exports guard what a spreadsheet would calculate.
    const value = plainCell(cells[column] ?? "");
    if (value === "") continue;
    const refuse = (problem: Texts, fatal = false) =>
      void found.push({ column, value: value.slice(0, 80), problem, fatal });
    const [kind = "", rest = ""] = to.split(":");
    switch (kind) {
      case "name":
      case "company":
      case "customerNumber":
      case "notes":
        if (value.length > (longest[kind] ?? 0)) refuse(problems.tooLong);
        else fields[kind] = value;
        break;
      case "number": {
        const number = telephoneNumber(value, company.country);
        if (number === null) refuse(problems.number);
        else fields.numbers = [...new Set([...(fields.numbers ?? []), number])].slice(0, 20);
        break;
      }
      case "pin":
        // What is refused is not told again: it is somebody's code all the same.
        if (!PIN.test(value)) found.push({ column, value: "", problem: problems.pin, fatal: false });
        else if (isWeakPin(value)) found.push({ column, value: "", problem: problems.weakPin, fatal: false });
        else pin = value;
        break;
      case "vip":
      case "blocked": {
        const flag = yesNo(value);
        if (flag === null) refuse(problems.yesNo);
        else fields[kind] = flag;
        break;
      }
      case "language": {
        const language = languageOf(value, company.languages);
        if (language === null) refuse(problems.language);
        else fields.language = language;
        break;
      }
      case "preferredOperator": {
        const operatorId = operators.get(value.toLowerCase());
        if (operatorId === undefined) refuse(problems.operator);
        else fields.preferredOperatorId = operatorId;
        break;
      }
      case "external":
        if (value.length > 200) refuse(problems.tooLong, true);
        else fields.externalIds = [...(fields.externalIds ?? []), { system: rest, id: value }];
        break;
      case "field": {
        const definition = company.contactFields.find(({ key }) => key === rest);
        const read = definition ? ownValue(value, definition.type) : null;
        if (!definition) refuse(problems.noField);
        else if (read === null) refuse(wrongOwnValue(definition.type));
        else if (typeof read === "string" && read.length > 500) refuse(problems.tooLong);
        else fields.fields = { ...fields.fields, [rest]: read };
        break;
      }
    }
  }
  return { fields, pin, problems: found };
}

/** `fr`, `FR`, `fr-FR`, `français`: as a tag, the company's own where it speaks the language. */
function languageOf(written: string, spoken: readonly string[]): string | null {
  const word = written.trim().toLowerCase().replace("_", "-");
  const named: Readonly<Record<string, string>> = {
    français: "fr",
    francais: "fr",
    french: "fr",
    anglais: "en",
    english: "en",
  };
  const short = named[word] ?? word;
  const exact = spoken.find((tag) => tag.toLowerCase() === short);
  if (exact) return exact;
  const [, language, region] = /^([a-z]{2})(?:-([a-z]{2}))?$/.exec(short) ?? [];
  if (language === undefined) return null;
  if (region !== undefined) return `${language}-${region.toUpperCase()}`;
  return spoken.find((tag) => tag.startsWith(`${language}-`)) ?? language;
}
