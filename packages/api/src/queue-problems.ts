import type { LibraryPrompt } from "./routes/prompts.ts";
import type { Queue } from "./routes/queues.ts";
import type { Texts } from "./schemas.ts";
import { typesetFrench } from "./typeset-french.ts";

/** What callers of a queue may stumble over that no single setting of it shows. */
export interface QueueProblem {
  readonly queueId: string;
  readonly code: "overflowUnserved" | "overflowNeverOpen" | "overflowClosed" | "promptLanguage" | "promptEmpty";
  readonly sentence: Texts;
}

export interface QueuesToExamine {
  readonly queues: readonly (Pick<Queue, "queueId" | "name" | "operatorIds"> &
    Partial<Pick<Queue, "overflow" | "music" | "opening">>)[];
  readonly prompts: readonly Pick<LibraryPrompt, "promptId" | "name" | "texts" | "audio">[];
  /** Those of the company. */
  readonly languages: readonly string[];
  readonly timeZone: string;
  /** The first moment (UTC ms) at which a schedule is open (null: always) and another is not; null: there is none, or it is not known. */
  readonly closedWhileOpen: (open: string | null, closed: string) => number | null;
  /** Whether a schedule is open on no day. */
  readonly neverOpen: (scheduleId: string) => boolean;
}

type Words = { readonly fr: (told: Told) => string; readonly en: (told: Told) => string };
type Told = { readonly queue: string; readonly other: string; readonly more: string };

const words: Readonly<Record<QueueProblem["code"], Words>> = {
  overflowUnserved: {
    fr: ({ queue, other }) =>
      `La file « ${queue} » déborde vers « ${other} », qu’aucun opérateur ne peut servir : personne n’y répondra. Ajoutez-y des opérateurs, ou choisissez une autre file.`,
    en: ({ queue, other }) =>
      `Queue “${queue}” overflows into “${other}”, which no operator may serve: nobody will answer there. Let operators serve it, or choose another queue.`,
  },
  overflowNeverOpen: {
    fr: ({ queue, other }) =>
      `La file « ${queue} » déborde vers « ${other} », dont les horaires ne sont ouverts aucun jour : ses opérateurs n’y seront sans doute jamais. Donnez-lui des horaires, ou choisissez une autre file.`,
    en: ({ queue, other }) =>
      `Queue “${queue}” overflows into “${other}”, whose hours are open on no day: its operators are likely never there. Give it hours, or choose another queue.`,
  },
  overflowClosed: {
    fr: ({ queue, other, more }) =>
      `La file « ${queue} » est ouverte alors que « ${other} », vers laquelle elle déborde, est fermée (${more}) : on n’y répond alors que si ses opérateurs sont restés. Accordez les horaires, ou ajoutez une autre file.`,
    en: ({ queue, other, more }) =>
      `Queue “${queue}” is open while “${other}”, into which it overflows, is closed (${more}): callers are answered there only if its operators have stayed. Make the hours agree, or add another queue.`,
  },
  promptLanguage: {
    fr: ({ queue, other, more }) =>
      `La file « ${queue} » fait entendre « ${other} », qui n’existe pas en ${more} : ces appelants l’entendent dans une autre langue. Enregistrez-le dans chaque langue de la société.`,
    en: ({ queue, other, more }) =>
      `Queue “${queue}” plays “${other}”, which is not there in ${more}: those callers hear it in another language. Record it in each language of the company.`,
  },
  promptEmpty: {
    fr: ({ queue, other }) =>
      `La file « ${queue} » fait entendre « ${other} », qui est vide : on n’en entend rien. Enregistrez-le, ou retirez-le de la file.`,
    en: ({ queue, other }) =>
      `Queue “${queue}” plays “${other}”, which is empty: nothing is heard of it. Record it, or take it out of the queue.`,
  },
};

/** Every problem of every queue, in the order of the queues. Pure. */
export function queueProblems(given: QueuesToExamine): readonly QueueProblem[] {
  const { queues, prompts, languages, timeZone, closedWhileOpen, neverOpen } = given;
  const byId = new Map(queues.map((queue) => [queue.queueId, queue]));
  const promptById = new Map(prompts.map((prompt) => [prompt.promptId, prompt]));
  return queues.flatMap((queue) => {
    const problem = (code: QueueProblem["code"], other: string, more: Texts = { fr: "", en: "" }): QueueProblem => {
      const told = { queue: queue.name, other };
      const fr = typesetFrench(words[code].fr({ ...told, more: more.fr }));
      return { queueId: queue.queueId, code, sentence: { fr, en: words[code].en({ ...told, more: more.en }) } };
    };

    const own = queue.opening?.scheduleId ?? null;
    const overflows = (queue.overflow?.queueIds ?? []).flatMap((id) => byId.get(id) ?? []);
    const ofOverflow = overflows.flatMap((other) => {
      if (other.operatorIds.length === 0) return problem("overflowUnserved", other.name);
      const hours = other.opening?.scheduleId ?? null;
      if (hours === null || hours === own) return [];
      if (neverOpen(hours)) return problem("overflowNeverOpen", other.name);
      const at = closedWhileOpen(own, hours);
      return at === null ? [] : problem("overflowClosed", other.name, said(at, timeZone));
    });

    const { holdMusic = [], adverts = [] } = queue.music ?? {};
    // Music has no language; what is said in it has.
    const spoken = new Set([...adverts, ...(queue.opening?.promptId ? [queue.opening.promptId] : [])]);
    const ofPrompts = [...new Set([...holdMusic, ...spoken])].flatMap((promptId) => {
      const prompt = promptById.get(promptId);
      if (!prompt) return [];
      const has = languagesOf(prompt);
      if (has.size === 0) return problem("promptEmpty", prompt.name);
      const missing = spoken.has(promptId) ? languages.filter((tag) => !has.has(tag.slice(0, 2))) : [];
      return missing.length === 0 ? [] : problem("promptLanguage", prompt.name, named(missing));
    });
    return [...ofOverflow, ...ofPrompts];
  });
}

/** The languages, without their countries, in which something is heard of a prompt. */
function languagesOf({ texts, audio }: Pick<LibraryPrompt, "texts" | "audio">): ReadonlySet<string> {
  const written = Object.entries(texts).flatMap(([tag, text]) => (text?.trim() ? tag : []));
  return new Set([...written, ...Object.keys(audio)].map((tag) => tag.slice(0, 2)));
}

const screens = { fr: "fr-FR", en: "en-GB" } as const;

function said(at: number, timeZone: string): Texts {
  const format = (language: string) =>
    new Intl.DateTimeFormat(language, { weekday: "long", hour: "2-digit", minute: "2-digit", timeZone }).format(at);
  return { fr: format(screens.fr), en: format(screens.en) };
}

function named(tags: readonly string[]): Texts {
  const format = (language: string) => {
    const names = new Intl.DisplayNames(language, { type: "language" });
    return new Intl.ListFormat(language).format(tags.map((tag) => names.of(tag.slice(0, 2)) ?? tag));
  };
  return { fr: format(screens.fr), en: format(screens.en) };
}
