import type { CheckName, CheckResult } from "../routes/telephony.ts";
import { typesetFrench } from "../typeset-french.ts";
import english from "./sentences.en.json" with { type: "json" };
import french from "./sentences.fr.json" with { type: "json" };

/** What is filled into a sentence. */
export type Params = Readonly<Record<string, string | number>>;

type State = CheckResult["state"];

/** What one check found; the sentence `<check>.<code>`, and its remedy where there is one. */
export function verdict(check: CheckName, state: State, code: string, params: Params = {}): CheckResult {
  return plainly(check, state, `${check}.${code}`, params);
}

/** The same, by the key of a sentence that several checks share. */
export function plainly(check: CheckName, state: State, key: string, params: Params = {}): CheckResult {
  const { sentence: title } = words(`title.${check}`);
  return { check, state, code: key.split(".").at(-1) ?? key, title, ...words(key, params) };
}

/** A sentence in both languages, with what to do about it where there is something. */
export function words(key: string, params: Params = {}): Pick<CheckResult, "sentence" | "remedy"> {
  const sentence = both(key, params);
  if (sentence === null) throw new Error(`bug: no sentence ${key}`);
  return { sentence, remedy: both(`${key}.remedy`, params) };
}

function both(key: string, params: Params): { fr: string; en: string } | null {
  const fill = (texts: Readonly<Record<string, string>>) =>
    texts[key]?.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? "").slice(0, 400));
  const [fr, en] = [fill(french), fill(english)];
  return fr === undefined || en === undefined ? null : { fr: typesetFrench(fr), en };
}

/** A list for a sentence: the first ones, and how many more there are. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8);
  return shown.join(", ") + (names.length > shown.length ? ` (+ ${names.length - shown.length})` : "");
}
