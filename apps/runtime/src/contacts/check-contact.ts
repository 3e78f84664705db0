import type { Company, ContactFields, Texts } from "@cordboard/api";
import { telephoneNumber } from "../companies/index.ts";
import { yesNo } from "../tables/index.ts";

export interface ContactFault {
  /** JSON pointer inside the contact. */
  readonly where: string;
  readonly problem: Texts;
}

export type CheckedContact =
  | { readonly ok: true; readonly fields: ContactFields }
  | { readonly ok: false; readonly number: string }
  | ({ readonly ok: false; readonly number: null } & ContactFault);

/** A contact's fields in the form in which they are kept: numbers E.164, each once; own fields of the types that the company gave them. */
export function checkContact(
  fields: ContactFields,
  { country, contactFields }: Pick<Company, "country" | "contactFields">,
): CheckedContact {
  const numbers: string[] = [];
  for (const written of fields.numbers) {
    const number = telephoneNumber(written, country);
    if (number === null) return { ok: false, number: written };
    if (!numbers.includes(number)) numbers.push(number);
  }
  const own: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(fields.fields)) {
    const definition = contactFields.find((each) => each.key === key);
    const where = `/fields/${key}`;
    if (!definition) return { ok: false, number: null, where, problem: noSuchField };
    const read = ownValue(value, definition.type);
    if (read === null) return { ok: false, number: null, where, problem: wrongType[definition.type] };
    // Nothing given is nothing kept.
    if (read !== "") own[key] = read;
  }
  const systems = fields.externalIds.map(({ system }) => system.toLowerCase());
  const twice = systems.findIndex((system, index) => systems.indexOf(system) !== index);
  if (twice >= 0) return { ok: false, number: null, where: `/externalIds/${twice}/system`, problem: systemTwice };
  return {
    ok: true,
    fields: { ...fields, name: fields.name.trim(), company: fields.company.trim(), numbers, fields: own },
  };
}

type OwnType = Company["contactFields"][number]["type"];

/** A value of an own field as its type keeps it; null when it is none. Texts are read, as files have nothing else. */
export function ownValue(value: string | number | boolean, type: OwnType): string | number | boolean | null {
  if (value === "") return "";
  switch (type) {
    case "text":
      return String(value);
    case "number": {
      const number =
        typeof value === "string"
          ? Number(
              value
                .trim()
                .replace(/[\s\u00a0\u202f]/g, "")
                .replace(",", "."),
            )
          : value;
      return typeof number === "number" && Number.isFinite(number) ? number : null;
    }
    case "yesNo":
      return typeof value === "string" ? yesNo(value) : typeof value === "boolean" ? value : null;
    case "date":
      return typeof value === "string" ? day(value.trim()) : null;
  }
}

/** A day as `2026-12-25`, or as people of Europe write it; kept in the first form. */
function day(written: string): string | null {
  const european = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(written);
  const [, d = "", m = "", y = ""] = european ?? [];
  const iso = european ? `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}` : written;
  const date = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T00:00:00Z`) : null;
  return date && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

const noSuchField: Texts = {
  fr: "n’est pas un champ de vos contacts ; ajoutez-le dans les paramètres de la société",
  en: "is no field of your contacts; add it in the company’s settings",
};
const systemTwice: Texts = { fr: "est nommé deux fois", en: "is named twice" };
const wrongType: Readonly<Record<OwnType, Texts>> = {
  text: { fr: "n’est pas un texte", en: "is no text" },
  number: { fr: "n’est pas un nombre", en: "is no number" },
  yesNo: { fr: "n’est ni oui ni non", en: "is neither yes nor no" },
  date: { fr: "n’est pas une date (25/12/2026 ou 2026-12-25)", en: "is no date (2026-12-25 or 25/12/2026)" },
};

/** Why a value of an own field is refused. */
export const wrongOwnValue = (type: OwnType): Texts => wrongType[type];
