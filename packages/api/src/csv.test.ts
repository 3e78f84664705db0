import { expect, test } from "vitest";
import { csvCell, csvTable } from "./csv.ts";

test("a table opens in the spreadsheets of its language: mark, separator, point", () => {
  const rows = [
    ["Nom", "Durée"],
    ["Hélène; accueil", 1.5],
    ['dite "Léna"', null],
  ];
  expect(csvTable(rows, "fr")).toBe('\uFEFFNom;Durée\r\n"Hélène; accueil";1,5\r\n"dite ""Léna""";\r\n');
  expect(csvTable(rows, "en")).toBe('\uFEFFNom,Durée\r\nHélène; accueil,1.5\r\n"dite ""Léna""",\r\n');
});

test("what a spreadsheet would calculate is made text; numbers stay", () => {
  expect(["=1+1", "@SUM(A1)", "+A1", "-2+3", "\tx"].map((text) => csvCell(text))).toEqual([
    "'=1+1",
    "'@SUM(A1)",
    "'+A1",
    "'-2+3",
    "'\tx",
  ]);
  expect(["+33 1 23 45 67 89", "-3", "a=b"].map((text) => csvCell(text))).toEqual(["+33 1 23 45 67 89", "-3", "a=b"]);
  expect(csvCell(-3)).toBe("-3");
});
