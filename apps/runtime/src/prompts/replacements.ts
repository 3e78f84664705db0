import type { LibraryPrompt } from "@cordboard/api";
import { builtInPrompts, isBuiltInPromptName } from "@cordboard/prompts";
import { type Scope, systemScope } from "../access/index.ts";

type ReplacingPrompt = Pick<LibraryPrompt, "replaces" | "audio">;
type Recording = LibraryPrompt["audio"][string];

/**
 * The companies' own recordings in place of announcements of the product, in memory: a caller who hears one waits for no store. What was read
 * last stands when the store does not answer.
 */
export function createReplacements(prompts: { list(scope: Scope): Promise<readonly ReplacingPrompt[]> }) {
  const known = new Map<string, ReadonlyMap<string, ReplacingPrompt>>();
  return {
    /** Reads a company's prompts again; to be called when they changed, and once at start. */
    async refresh(companyId: string): Promise<void> {
      const listed = await prompts.list(systemScope(companyId));
      known.set(companyId, new Map(listed.flatMap((one) => (one.replaces === null ? [] : [[one.replaces, one]]))));
    },
    /**
     * What is heard in place of an announcement, or of a piece of a number, in a language: `fr` serves `fr-FR` and the other way round. Music has no language. `null`: the
     * product's own.
     */
    find(companyId: string, name: string, language: string): Recording | null {
      const audio = known.get(companyId)?.get(name)?.audio ?? {};
      const exact = audio[language];
      if (exact) return exact;
      const spoken = !isBuiltInPromptName(name) || builtInPrompts[name].kind === "speech";
      const near = Object.entries(audio).find(([tag]) => !spoken || tag.slice(0, 2) === language.slice(0, 2));
      return near?.[1] ?? null;
    },
  };
}
