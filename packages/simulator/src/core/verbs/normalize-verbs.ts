import { SimulatedFailure } from "../kernel/simulated-failure.ts";

export interface VerbData {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Names that stand for another verb, some with a property of their own. */
const SYNONYMS: Readonly<
  Record<string, { readonly verb: string; readonly properties?: Readonly<Record<string, unknown>> }>
> = {
  stream: { verb: "listen" },
  s2s: { verb: "llm" },
  openai_s2s: { verb: "llm", properties: { vendor: "openai" } },
  microsoft_s2s: { verb: "llm", properties: { vendor: "microsoft" } },
  google_s2s: { verb: "llm", properties: { vendor: "google" } },
  elevenlabs_s2s: { verb: "llm", properties: { vendor: "elevenlabs" } },
  deepgram_s2s: { verb: "llm", properties: { vendor: "deepgram" } },
  voiceagent_s2s: { verb: "llm", properties: { vendor: "voiceagent" } },
  ultravox_s2s: { verb: "llm", properties: { vendor: "ultravox" } },
};

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Brings a list of verbs into one form; the older `{ play: { … } }` is accepted beside `{ verb: "play", … }` (jambonz 0.9.8, seen:
 * g11). Throws a `SimulatedFailure` in the words of `@jambonz/verb-specifications` (seen: g9).
 */
export function normalizeVerbs(list: unknown): VerbData[] {
  if (!Array.isArray(list)) throw new SimulatedFailure("malformed jambonz payload: must be array");
  return list.map((entry: unknown) => {
    if (!isRecord(entry)) throw new SimulatedFailure("malformed jambonz payload: must be array of objects");
    const keys = Object.keys(entry);
    if ("verb" in entry) {
      const { verb, ...data } = entry;
      return named(String(verb), data);
    }
    const only = keys[0];
    if (keys.length === 1 && only !== undefined) {
      const data = entry[only];
      if (!isRecord(data)) throw new SimulatedFailure("malformed jambonz application payload");
      return named(only, data);
    }
    throw new SimulatedFailure("malformed jambonz payload: missing verb property");
  });
}

function named(name: string, data: Readonly<Record<string, unknown>>): VerbData {
  const synonym = SYNONYMS[name];
  if (!synonym) return { name, data };
  return { name: synonym.verb, data: { ...synonym.properties, ...data } };
}
