import { expect, test } from "vitest";
import { typesetFrench } from "./typeset-french.ts";

test("high marks and quotation marks keep their space on the line", () => {
  expect(typesetFrench("Déjà « Accueil » : vraiment ?")).toBe("Déjà «\u00a0Accueil\u00a0»\u00a0: vraiment\u00a0?");
  expect(typesetFrench("à 8 h 30, sans point")).toBe("à 8 h 30, sans point");
});
