import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultAudioFolder } from "./built-in-audio.ts";
import { builtInLanguages, isBuiltInPromptName } from "./built-in-prompts.ts";
import english from "./pieces.en.json" with { type: "json" };
import french from "./pieces.fr.json" with { type: "json" };
import generated from "./pieces.generated.json" with { type: "json" };
import { allPieces, builtInPieces, type PieceFormat, pieceFormats, spokenPieces } from "./spoken-pieces.ts";

const said = (value: string | number, format: PieceFormat, language: "fr" | "en") =>
  spokenPieces(value, format, { language, timeZone: "Europe/Paris" })
    ?.map(({ text }) => text)
    .join(" ") ?? null;

test.each([
  [0, "zéro", "zero"],
  [21, "vingt et un", "twenty-one"],
  [71, "soixante et onze", "seventy-one"],
  [80, "quatre-vingts", "eighty"],
  [100, "cent", "one hundred"],
  [101, "cent un", "one hundred and one"],
  [342, "trois cent quarante-deux", "three hundred and forty-two"],
  [1_000, "mille", "one thousand"],
  [1_042, "mille quarante-deux", "one thousand and forty-two"],
  [21_300, "vingt et un mille trois cent", "twenty-one thousand three hundred"],
  [2_000_001, "deux million un", "two million and one"],
  [-3.5, "moins trois virgule cinq", "minus three point five"],
  [1.999, "deux", "two"],
])("the number %d", (number, fr, en) => {
  // Heard, plurals of French hundreds and millions are the singular.
  expect(said(number, "number", "fr")?.replaceAll("millions", "million")).toBe(fr);
  expect(said(number, "number", "en")).toBe(en);
});

test("a telephone number is said figure by figure, whatever parts it", () => {
  expect(said("+33 1.42", "digits", "fr")).toBe("plus trois trois un quatre deux");
  expect(said("7*#", "digits", "en")).toBe("seven star hash");
});

test("durations count hours, minutes and seconds in the feminine of French", () => {
  expect(said(61_000, "duration", "fr")).toBe("une minute une seconde");
  expect(said(21 * 60_000, "duration", "fr")).toBe("vingt et une minutes");
  expect(said(2 * 86_400_000 + 3_600_000 + 5_000, "duration", "fr")).toBe("deux jours une heure");
  expect(said(90_000, "duration", "en")).toBe("one minute thirty seconds");
  expect(said(0, "duration", "en")).toBe("zero seconds");
});

test("dates and times are those of the zone", () => {
  const newYear = Date.UTC(2026, 11, 31, 23, 5);
  expect(said(newYear, "date", "fr")).toBe("vendredi premier janvier deux mille vingt-sept");
  expect(said(newYear, "date", "en")).toBe("Friday the first of January two thousand and twenty-seven");
  expect(said(newYear, "time", "fr")).toBe("zéro heure cinq");
  expect(said(newYear, "time", "en")).toBe("twelve oh five a m");
  expect(said(Date.UTC(2026, 6, 1, 12, 30), "time", "fr")).toBe("quatorze heures trente");
  expect(said(Date.UTC(2026, 6, 1, 12), "time", "en")).toBe("two p m");
  expect(said(Date.UTC(2026, 6, 1, 10), "time", "fr")).toBe("midi");
});

test("money", () => {
  expect(said(12.5, "euros", "fr")).toBe("douze euros et cinquante centimes");
  expect(said(0.01, "euros", "en")).toBe("one cent");
  expect(said(1, "pounds", "fr")).toBe("une livre");
  expect(said(2.05, "pounds", "en")).toBe("two pounds and five pence");
});

test("what cannot be said is not said by half", () => {
  expect(said("12a", "digits", "fr")).toBeNull();
  expect(said("", "number", "en")).toBeNull();
  expect(said("twelve", "number", "en")).toBeNull();
  expect(said(1e9, "number", "fr")).toBeNull();
  expect(said(-5_000, "duration", "fr")).toBeNull();
});

test("every value of a format is said in both languages, or refused; nothing throws", () => {
  const anything = fc.oneof(fc.double(), fc.integer(), fc.string(), fc.integer({ min: 0, max: 999_999_999 }));
  fc.assert(
    fc.property(
      anything,
      fc.constantFrom(...pieceFormats),
      fc.constantFrom(...builtInLanguages),
      (value, format, language) => {
        const found = spokenPieces(value, format, { language, timeZone: "Europe/London" });
        if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 999_999_999) {
          expect(found).not.toBeNull();
        }
        expect(found?.length).not.toBe(0);
      },
    ),
  );
});

test("the manifest does not drift from the texts, and each file is the one that it means", () => {
  const texts = (of: Record<string, { text: string }>) =>
    Object.fromEntries(Object.entries(of).map(([name, { text }]) => [name, text]));
  expect(texts(generated.fr)).toEqual(french);
  expect(texts(generated.en)).toEqual(english);
  for (const { file, sha256, durationMs } of new Map(allPieces.map((piece) => [piece.file, piece])).values()) {
    const bytes = readFileSync(new URL(file, defaultAudioFolder()));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    expect(durationMs).toBe(Math.round((bytes.length - 44) / 16));
    expect(durationMs).toBeGreaterThan(150);
  }
});

test("each piece has one name a language, which no announcement has, and everything is said by named pieces", () => {
  for (const language of ["fr", "en"] as const) {
    const files = [...builtInPieces.values()].flatMap((by) => by[language]?.file ?? []);
    expect(new Set(files).size).toBe(files.length);
    expect(new Set(files)).toEqual(new Set(Object.values(generated[language]).map(({ file }) => file)));
  }
  expect([...builtInPieces.keys()].filter((name) => isBuiltInPromptName(name))).toEqual([]);
  // The second of May is said with the word of the number 2 in French, and with a word of its own in English.
  const second = Date.UTC(2026, 4, 2, 12);
  const names = (language: "fr" | "en") =>
    spokenPieces(second, "date", { language, timeZone: "UTC" })?.map(({ name }) => name);
  expect(names("fr")).toContain("piece-n2");
  expect(names("en")).toContain("piece-date2");
});
