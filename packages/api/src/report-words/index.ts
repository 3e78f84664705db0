/** What reports and their figures are called: the page, the table for spreadsheets and the mail say the same. Apart from the contracts, as few pages need it. */
import type { ReportColumn } from "../routes/reports.ts";
import type { ScreenLanguage } from "../schemas.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

const texts: Readonly<Record<ScreenLanguage, Readonly<Record<string, string>>>> = { fr, en };

/** The words of that key; the key itself where there are none. */
export const reportWord = (language: ScreenLanguage, key: string): string => texts[language][key] ?? key;

/** What a column is called; `pauses` are the company's own reasons, by code. */
export function reportColumnName(
  language: ScreenLanguage,
  { id, name }: Pick<ReportColumn, "id" | "name">,
  pauses: ReadonlyMap<string, string>,
): string {
  if (name === undefined) return reportWord(language, `figure.${id}`);
  const [reason = "", ...label] = name.split(".");
  const code = label.join(".");
  const why = code === "" ? reportWord(language, `pause.${reason}`) : (pauses.get(code) ?? code);
  return reportWord(language, "figure.pause").replace("{{why}}", why);
}

/** What a row belongs to, where that is a way of transferring; else as it is. */
export const reportOf = (language: ScreenLanguage, of: string): string => texts[language][`transfer.${of}`] ?? of;

/** What a row is called that has no name of its own. */
export const reportRowName = (language: ScreenLanguage, report: string, name: string): string =>
  name === "" || name === "switchboard" ? reportWord(language, `none.${name === "" ? report : name}`) : name;
