import type { LibraryPrompt, QueueFields } from "@cordboard/api";
import type { PromptReference, QueueMusic } from "@cordboard/node-kit";
import { Kept } from "../routing/kept.ts";

type Prompt = Pick<LibraryPrompt, "promptId" | "texts" | "audio">;

export interface QueueMusicGiven {
  /** What a queue has its callers hear, and which state of its settings says so; null: there is no such queue. */
  readonly musicOf: (
    companyId: string,
    queueId: string,
  ) => Promise<{ readonly music: NonNullable<QueueFields["music"]>; readonly rev: number } | null>;
  readonly prompts: (companyId: string) => Promise<readonly Prompt[]>;
  /** The company's, the first one first. */
  readonly languages: (companyId: string) => Promise<readonly string[]>;
  readonly now: () => number;
}

/** How long what was read stands, should no word of a change have come, milliseconds. */
const FRESH_MS = 30_000;

/**
 * What callers of a queue hear while they wait. It is settled when a caller joins, and goes along with the call: what is changed later is for the
 * next one. Kept in memory, as every caller who joins asks; what was read last stands when the store does not answer.
 */
export function createQueueMusic({ musicOf, prompts, languages, now }: QueueMusicGiven) {
  const kept = new Kept(
    async (key: string) => {
      const [companyId = "", queueId = ""] = key.split("/");
      const found = await musicOf(companyId, queueId);
      const named = new Set([...(found?.music.holdMusic ?? []), ...(found?.music.adverts ?? [])]);
      if (!found || named.size === 0) return null;
      const [all, spoken] = await Promise.all([prompts(companyId), languages(companyId)]);
      const byId = new Map(all.filter(({ promptId }) => named.has(promptId)).map((one) => [one.promptId, one]));
      return { ...found, byId, spoken };
    },
    { now, freshMs: FRESH_MS, most: 2_000 },
  );
  return {
    async of(companyId: string, queueId: string, language: string): Promise<QueueMusic> {
      const found = await kept.get(`${companyId}/${queueId}`);
      if (!found) return noQueueMusic;
      const heard = (ids: readonly string[]) =>
        ids.flatMap((id) => heardOf(found.byId.get(id), language, found.spoken));
      const { holdMusic, adverts, advertEveryMs } = found.music;
      return { holdMusic: heard(holdMusic), adverts: heard(adverts), advertEveryMs, version: String(found.rev) };
    },
    /** Queues or prompts changed. */
    expire: () => kept.expire(),
  };
}

/** What a queue has its callers hear that has nothing of its own. */
export const noQueueMusic: QueueMusic = { holdMusic: [], adverts: [], advertEveryMs: null, version: null };

/**
 * A prompt in the caller's language, or in the nearest thing to it: the same language as it is spoken elsewhere, the company's languages in turn, any
 * that it has. Nothing where it was deleted or is empty.
 */
function heardOf(prompt: Prompt | undefined, language: string, spoken: readonly string[]): readonly PromptReference[] {
  if (!prompt) return [];
  const { texts, audio } = prompt;
  const has = [...Object.keys(audio), ...Object.keys(texts).filter((tag) => texts[tag]?.trim())];
  const near = has.find((tag) => tag.slice(0, 2) === language.slice(0, 2));
  const wanted = [language, near, ...spoken, has[0]].find((tag) => tag !== undefined && has.includes(tag));
  if (wanted === undefined) return [];
  const recorded = audio[wanted];
  if (recorded) return [{ kind: "media", media: `sha256:${recorded.sha256}` }];
  return [{ kind: "text", text: texts[wanted] ?? "", language: wanted }];
}
