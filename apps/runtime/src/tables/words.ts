/** Yes and no as people write them in either language; null for anything else. */
export function yesNo(written: string): boolean | null {
  const word = written.trim().toLowerCase();
  if (["1", "true", "yes", "y", "oui", "o", "vrai", "x"].includes(word)) return true;
  return ["0", "false", "no", "n", "non", "faux", ""].includes(word) ? false : null;
}

/** A heading or a name as it is compared: letters and figures, without accents and capitals. */
export const plainWord = (written: string): string =>
  written
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/** A cell as it was meant: what keeps a spreadsheet from calculating is taken off. */
export const plainCell = (written: string): string => written.trim().replace(/^'(?=[=+\-@])/, "");
