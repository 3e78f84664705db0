/** Where a text takes a value: the same form as in a script's address. */
const parameter = /\{\{\s*([A-Za-z][A-Za-z0-9_.]{0,63})\s*\}\}/g;

/** The names between braces, each once, in order. */
export function parametersIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(parameter)].map(([, name = ""]) => name))];
}

/** Whether every pair of braces holds a name. */
export function isFillable(text: string): boolean {
  return !/\{\{|\}\}/.test(text.replace(parameter, ""));
}

/** The text with values in place of names, as text and nothing else. What is missing or hidden is nothing. */
export function fillText(text: string, values: Readonly<Record<string, string | null | undefined>>): string {
  return text.replace(parameter, (_, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? "") : ""));
}

/** The text with a gap wherever a call's own values stand: it is the same for every caller. */
export const withoutValues = (text: string): string => text.replace(parameter, "…");
