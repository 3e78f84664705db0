import { expect, test } from "vitest";
import { reportNames } from "../routes/reports.ts";
import { reportColumnName, reportWord } from "./index.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

test("each word is there in both languages, and each report has its own", () => {
  expect(Object.keys(fr)).toEqual(Object.keys(en));
  for (const report of reportNames)
    for (const language of ["fr", "en"] as const)
      for (const key of [`report.${report}`, `row.${report}`]) expect(reportWord(language, key)).not.toBe(key);
});

test("a pause is called by the company's reason where it has one", () => {
  const pauses = new Map([["lunch", "Déjeuner"]]);
  expect(reportColumnName("fr", { id: "pause.asked.lunch", name: "asked.lunch" }, pauses)).toBe("Pause : Déjeuner");
  expect(reportColumnName("en", { id: "pause.missed", name: "missed" }, pauses)).toBe("Paused: missed call");
  expect(reportColumnName("en", { id: "offered" }, pauses)).toBe("Offered");
});
