import type { Verb } from "../ports/index.ts";
import { hookPath } from "./media-address.ts";
import { nestedIn, type Spoken } from "./render-heard.ts";
import { validateVerbs } from "./validate-verbs.ts";

/** Time to press the key after the announcement, seconds; what says that it was pressed is only heard. */
const PATIENCE_S = { notice: 1.5, refusal: 0.1 } as const;

/**
 * What a leg that was dialled hears before it is connected, where the dial has a `confirmHook`. Its end connects them, whatever becomes of its hook
 * (jambonz 0.9.8, seen: h1, k8); a gather is one of the few verbs that may follow one another there (protocol fact 28).
 */
export function renderNotice(entry: number, spoken: Spoken, kind: "notice" | "refusal"): readonly Verb[] {
  const verbs: Verb[] = [
    {
      verb: "gather",
      actionHook: hookPath(entry, kind),
      input: ["digits"],
      numDigits: 1,
      timeout: PATIENCE_S[kind],
      ...nestedIn(spoken),
    },
  ];
  validateVerbs(verbs);
  return verbs;
}
