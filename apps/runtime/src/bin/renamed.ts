/** A thing under a name that is free: “Sales (2)”. */
export function renamed(document: object, tries: number): object {
  return { ...document, name: `${String(Reflect.get(document, "name")).slice(0, 110)} (${tries})` };
}

/** A prompt; first without the announcement that it stood for, which another one may stand for now. */
export function renamedPrompt(document: object, tries: number): object {
  const freed = { ...document, replaces: null };
  return tries === 2 ? freed : renamed(freed, tries - 1);
}
