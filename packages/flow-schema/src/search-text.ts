/** What is looked for. Capitals and accents make no difference unless it is to stand `exactly` so. */
export interface TextSearch {
  readonly words: string;
  readonly exactly?: boolean;
  /** Not inside longer words. */
  readonly wholeWords?: boolean;
}

/** Where something begins in a text, and where it ends. */
export type TextRange = readonly [start: number, end: number];

/** Where a text has what is looked for, one after the other; nothing is looked for by no words. Pure. */
export function findInText(text: string, { words, exactly = false, wholeWords = false }: TextSearch): TextRange[] {
  if (words === "") return [];
  const [inText, wanted] = exactly ? [text, words] : [plain(text), plain(words)];
  const found: TextRange[] = [];
  for (let from = inText.indexOf(wanted); from !== -1; ) {
    const to = from + wanted.length;
    const fits = !wholeWords || (isEdge(text, from) && isEdge(text, to));
    if (fits) found.push([from, to]);
    from = inText.indexOf(wanted, fits ? to : from + 1);
  }
  return found;
}

/** The text with something else in place of what is found. What stands in its place is taken as it is. Pure. */
export function replaceInText(text: string, search: TextSearch, replacement: string): string {
  let from = 0;
  let made = "";
  for (const [start, end] of findInText(text, search)) {
    made += text.slice(from, start) + replacement;
    from = end;
  }
  return made + text.slice(from);
}

/** Small letters without accents, each where it was: what has no such form of one unit stays. */
function plain(text: string): string {
  return [...Array(text.length).keys()].map((at) => plainUnit(text.charAt(at))).join("");
}

const known = new Map<string, string>();

function plainUnit(unit: string): string {
  const before = known.get(unit);
  if (before !== undefined) return before;
  const form = unit.normalize("NFD").charAt(0).toLowerCase();
  const made = form.length === 1 ? form : unit;
  known.set(unit, made);
  return made;
}

const IN_WORD = /[\p{L}\p{N}\p{M}_]/u;

/** Whether no word goes on across a place of the text. */
function isEdge(text: string, at: number): boolean {
  return !IN_WORD.test(text.charAt(at - 1)) || !IN_WORD.test(text.charAt(at));
}
