/** As much of `date-holidays` as is asked for; it is loaded when it is, so that all else can be checked where it is not installed. */
interface Library {
  readonly default: new (
    country: string,
    state?: string,
  ) => {
    getHolidays(
      year: number,
      language: string,
    ): readonly {
      readonly date: string;
      readonly name: string;
      readonly type: string;
      readonly substitute?: boolean;
    }[];
  };
}
const libraryName: string = "date-holidays";

/** The years that are offered: a new release of the product goes on from there. */
const years = { first: 2026, last: 2040 } as const;

/** Regions, and what the library calls each; those of one entry must have the same days. */
const regions: Readonly<Record<string, readonly (readonly [country: string, state?: string])[]>> = {
  FR: [["FR"]],
  "FR-AM": [
    ["FR", "57"],
    ["FR", "67"],
    ["FR", "68"],
  ],
  "FR-GP": [["FR", "GP"]],
  "FR-MQ": [["FR", "MQ"]],
  "FR-GF": [["FR", "GF"]],
  "FR-RE": [["FR", "RE"]],
  "FR-YT": [["FR", "YT"]],
  "GB-EAW": [
    ["GB", "ENG"],
    ["GB", "WLS"],
  ],
  "GB-SCT": [["GB", "SCT"]],
  "GB-NIR": [["GB", "NIR"]],
};

/** What the library names in one language only, or otherwise than people here do. */
const better: Readonly<Record<string, { readonly fr: string; readonly en: string }>> = {
  "Bastille Day": { fr: "Fête nationale", en: "Bastille Day" },
  "Victory Day": { fr: "Victoire 1945", en: "Victory Day 1945" },
  "Armistice Day": { fr: "Armistice 1918", en: "Armistice Day 1918" },
  "Early May bank holiday": { fr: "Jour férié de début mai", en: "Early May bank holiday" },
  "Spring bank holiday": { fr: "Jour férié de printemps", en: "Spring bank holiday" },
  "Summer bank holiday": { fr: "Jour férié d’été", en: "Summer bank holiday" },
  "January 2nd": { fr: "2 janvier", en: "2nd January" },
  "St Andrew’s Day": { fr: "Saint-André", en: "St Andrew’s Day" },
  "St Patrick’s Day": { fr: "Saint-Patrick", en: "St Patrick’s Day" },
  "Battle of the Boyne (Orangemen’s Day)": {
    fr: "Bataille de la Boyne (Orangemen’s Day)",
    en: "Battle of the Boyne (Orangemen’s Day)",
  },
};

interface ComputedHolidays {
  readonly about: string;
  readonly names: readonly { readonly fr: string; readonly en: string }[];
  /** `20270101` and the place of the name, by turns. */
  readonly regions: Readonly<Record<string, readonly number[]>>;
}

/** The public holidays of France and the United Kingdom, as the designer offers them, from the library. */
export async function computeHolidays(): Promise<ComputedHolidays> {
  const library: Library = await import(/* @vite-ignore */ libraryName);
  const names: { fr: string; en: string }[] = [];
  const placeOf = (name: { fr: string; en: string }) => {
    const found = names.findIndex(({ en, fr }) => en === name.en && fr === name.fr);
    return found >= 0 ? found : names.push(name) - 1;
  };
  const computed = Object.entries(regions).map(([region, parts]) => {
    const [days = [], ...others] = parts.map((part) => daysOf(library, part));
    for (const other of others) {
      if (JSON.stringify(other) !== JSON.stringify(days))
        throw new Error(`The parts of ${region} have different days.`);
    }
    return [region, days.flatMap(({ date, name }) => [Number(date.replaceAll("-", "")), placeOf(name)])] as const;
  });
  return {
    about:
      "Written by scripts/write-holidays.ts from date-holidays, whose data (© commenthol and contributors) is under CC BY-SA 3.0, https://creativecommons.org/licenses/by-sa/3.0/; so is this file. Some names were changed.",
    names,
    regions: Object.fromEntries(computed),
  };
}

function daysOf({ default: Holidays }: Library, [country, state]: readonly [string, string?]) {
  const library = state === undefined ? new Holidays(country) : new Holidays(country, state);
  const count = years.last - years.first + 1;
  return Array.from({ length: count }, (_, after) => years.first + after).flatMap((year) => {
    const inLanguage = (language: string) =>
      library.getHolidays(year, language).filter(({ type }) => type === "public" || type === "bank");
    const french = inLanguage("fr");
    const days = inLanguage("en").map(({ date, name, substitute }, at) => ({
      date: date.slice(0, 10),
      name: named(name, french[at]?.name ?? name, substitute === true),
    }));
    return days.flatMap(({ date, name }, at) =>
      days[at - 1]?.date === date ? [] : [{ date, name: together(date, days) ?? name }],
    );
  });
}

type Day = { readonly date: string; readonly name: { fr: string; en: string } };

/** Two holidays may fall on one day, which is one day all the same. */
function together(date: string, days: readonly Day[]): Day["name"] | undefined {
  const names = days.filter((day) => day.date === date).map(({ name }) => name);
  if (names.length < 2) return undefined;
  return { fr: names.map(({ fr }) => fr).join(", "), en: names.map(({ en }) => en).join(", ") };
}

function named(en: string, fr: string, isSubstitute: boolean): { fr: string; en: string } {
  const plain = { en: en.replace(/ \(substitute day\)$/, ""), fr: fr.replace(/ \(jour substitut\)$/, "") };
  const name = better[plain.en] ?? plain;
  const typeset = (text: string) => text.replaceAll("'", "’");
  return {
    fr: typeset(isSubstitute ? `${name.fr} (jour de remplacement)` : name.fr),
    en: typeset(isSubstitute ? `${name.en} (substitute day)` : name.en),
  };
}
