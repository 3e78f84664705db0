/** What the browser has a name for and is no country that has telephones of its own. */
const noCountry: ReadonlySet<string> = new Set(["EU", "EZ", "UN", "XA", "XB", "QO", "ZZ"]);
const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** Every country by its code, with its name in the reader's language, in the order of the names. */
export function countryNames(language: string): readonly { readonly value: string; readonly label: string }[] {
  const names = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
  const canonical = (code: string) => new Intl.Locale(`und-${code}`).region === code;
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !noCountry.has(code) && canonical(code))
    .flatMap((value) => {
      const label = names.of(value);
      return label === undefined ? [] : [{ value, label }];
    })
    .sort((a, b) => a.label.localeCompare(b.label, language));
}
