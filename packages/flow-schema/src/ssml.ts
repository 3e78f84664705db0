/** What the voices of jambonz's synthesisers have in common, as one writes it into a text. `{}`: where the words go. */
export const ssmlMarks = {
  pause: '<break time="500ms"/>',
  slow: '<prosody rate="slow">{}</prosody>',
  stress: "<emphasis>{}</emphasis>",
  digits: '<say-as interpret-as="digits">{}</say-as>',
  alias: '<sub alias="…">{}</sub>',
} as const;

/** What is wrong with a text's marks. `at`: the character where it is. */
export interface SsmlProblem {
  readonly code: "ssmlUnclosed" | "ssmlUnopened" | "ssmlBroken" | "ssmlAmpersand" | "ssmlOutside";
  /** The mark, or the characters, that are wrong. */
  readonly mark: string;
  readonly at: number;
}

/** Whether a text has marks for the voice. Without `<speak>` around it, signs are read as they stand. */
export const isSsml = (text: string): boolean => /^\s*<speak[\s>]/.test(text);

/** A tag with its attributes in quotes, a comment, or a lone sign that begins none. Places `{{ … }}` are not looked into. */
const pieces =
  /\{\{.*?\}\}|<!--.*?-->|<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[<&]/gs;
const entity = /^&(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);/;

/**
 * The first thing that a synthesiser would stumble over in a text with marks: a mark that is not closed, one that closes nothing, a sign that
 * begins none. Null: nothing, or the text has no marks.
 */
export function ssmlProblem(text: string): SsmlProblem | null {
  if (!isSsml(text)) return null;
  const open: { readonly name: string; readonly at: number }[] = [];
  let ended: number | null = null;
  for (const found of text.matchAll(pieces)) {
    const [mark, closing, name, , empty] = found;
    const at = found.index;
    if (mark.startsWith("{{") || mark.startsWith("<!--")) continue;
    if (name === undefined) {
      if (mark === "&" && entity.test(text.slice(at))) continue;
      return { code: mark === "&" ? "ssmlAmpersand" : "ssmlBroken", mark: text.slice(at, at + 12), at };
    }
    if (ended !== null) return { code: "ssmlOutside", mark, at };
    if (closing === "/") {
      const last = open.pop();
      if (last?.name !== name) return { code: "ssmlUnopened", mark, at };
      if (open.length === 0) ended = at + mark.length;
    } else if (empty !== "/") {
      open.push({ name, at });
    }
  }
  const last = open.at(-1);
  if (last) return { code: "ssmlUnclosed", mark: `<${last.name}>`, at: last.at };
  const rest = ended === null ? "" : text.slice(ended);
  return rest.trim() === ""
    ? null
    : { code: "ssmlOutside", mark: rest.trim().slice(0, 12), at: text.length - rest.trimStart().length };
}

/** A text with a mark around what is chosen in it, within `<speak>`; and where the words in the mark then are. */
export function withMark(
  text: string,
  mark: keyof typeof ssmlMarks,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly text: string; readonly from: number; readonly to: number } {
  const [before = "", after = ""] = ssmlMarks[mark].split("{}");
  const marked = `${text.slice(0, from)}${before}${text.slice(from, to)}${after}${text.slice(to)}`;
  const head = isSsml(text) ? "" : "<speak>";
  const start = head.length + from + before.length;
  return { text: head === "" ? marked : `${head}${marked}</speak>`, from: start, to: start + (to - from) };
}

/** Values as they are put into a text: in one with marks, their signs are no marks. */
export function valuesFor(text: string, values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (!isSsml(text)) return values;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, escaped(value)]));
}

const escaped = (value: string): string =>
  value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
