import type { Company } from "@cordboard/api";
import { type Scope, systemScope } from "../access/index.ts";

/** The voices that companies chose for their texts, in memory: a caller who hears one waits for no store. */
export function createVoices(companies: { get(scope: Scope): Promise<Pick<Company, "voices">> }) {
  const known = new Map<string, Company["voices"]>();
  return {
    /** Reads a company's choice again; to be called when its settings changed, and once at start. */
    async refresh(companyId: string): Promise<void> {
      known.set(companyId, (await companies.get(systemScope(companyId))).voices);
    },
    /** The voice for a language: of `fr-FR`, else of `fr`; `null`: the synthesiser's own. */
    find(companyId: string, language: string): string | null {
      const voices = known.get(companyId) ?? {};
      return voices[language] ?? voices[language.slice(0, 2)] ?? null;
    },
  };
}
