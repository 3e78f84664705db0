import {
  type Company,
  isAllowed,
  type QueueProblem,
  type QueuesToExamine,
  queueProblems,
  type Resource,
} from "@cordboard/api";
import type { CompanyFacts } from "@cordboard/flow-schema";
import { useUiLanguage } from "@cordboard/ui";
import { useMemo } from "react";
import { useSignedIn } from "../app/session-context.tsx";
import { useApiQuery } from "../app/use-api-query.ts";
import { companyState } from "./company-state.ts";

/** Something of the company that a setting can name. */
export interface NamedThing {
  readonly id: string;
  readonly name: string;
}

/** The kinds that settings name, as formats and references call them. */
export type ThingKind =
  | "queue"
  | "script"
  | "telephone"
  | "schedule"
  | "voicemailBox"
  | "connector"
  | "secret"
  | "flow"
  | "skill";

export interface BuiltInAnnouncement {
  readonly name: string;
  readonly texts: Readonly<Record<string, string>>;
  /** SHA-256 by language: heard at `/media/<sha256>.wav`. */
  readonly audio: Readonly<Record<string, string>>;
}

/** A prompt of the company's library: its texts and recordings by language. */
export interface LibraryChoice {
  readonly id: string;
  readonly name: string;
  readonly texts: Readonly<Record<string, string>>;
  /** SHA-256 by language. */
  readonly audio: Readonly<Record<string, string>>;
  /** By language, what the recordings were made for. */
  readonly recordedTexts: Readonly<Record<string, string>>;
}

/** What the company has, for choices, names on cards, and checks. Kinds that could not be read (yet) are not there. */
export interface CompanyThings {
  readonly lists: Partial<Readonly<Record<ThingKind, readonly NamedThing[]>>>;
  readonly builtIn: readonly BuiltInAnnouncement[];
  readonly library: readonly LibraryChoice[];
  readonly facts: CompanyFacts;
  nameOf(kind: string, id: string): string | null;
  onlyOne(kind: string): string | null;
  /** What a built-in announcement says. */
  builtInText(name: string, language: string): string | null;
}

/** What is wrong with queues as far as their own settings tell; hours are compared where a flow is published. */
function problemsOf(
  queues: QueuesToExamine["queues"],
  prompts: QueuesToExamine["prompts"],
  { languages, timeZone }: Pick<Company, "languages" | "timeZone">,
): ReadonlyMap<string, readonly QueueProblem["sentence"][]> {
  const byQueue = new Map<string, readonly QueueProblem["sentence"][]>();
  const known = { queues, prompts, languages, timeZone, closedWhileOpen: () => null, neverOpen: () => false };
  for (const { queueId, sentence } of queueProblems(known))
    byQueue.set(queueId, [...(byQueue.get(queueId) ?? []), sentence]);
  return byQueue;
}

/** Reads what flows may refer to; again every minute, because colleagues add things meanwhile. */
export function useCompanyThings(): CompanyThings {
  const { role, queueIds } = useSignedIn();
  const may = (resource: Resource) => ({ enabled: isAllowed(role, "read", resource), everyMs: 60_000 });
  const queues = useApiQuery("queues.list", {}, may("queues")).data;
  const scripts = useApiQuery("scripts.list", {}, may("scripts")).data;
  const telephones = useApiQuery("telephones.list", {}, may("telephones")).data;
  const schedules = useApiQuery("schedules.list", {}, may("schedules")).data;
  const boxes = useApiQuery(
    "voicemailBoxes.list",
    {},
    // Who supervises some queues sees some boxes: of the others it is not to be said that there are none.
    { ...may("voicemailBoxes"), enabled: queueIds === null && isAllowed(role, "read", "voicemailBoxes") },
  ).data;
  const connectors = useApiQuery("connectors.list", {}, may("connectors")).data;
  const secrets = useApiQuery("secrets.list", {}, may("secrets")).data;
  const flows = useApiQuery("flows.list", {}, may("flows")).data;
  const lines = useApiQuery("lines.list", {}, may("lines")).data;
  const company = useApiQuery("company.get", {}, may("company")).data;
  const language = useUiLanguage();
  const announcements = useApiQuery("prompts.builtIn", {}, { enabled: isAllowed(role, "read", "prompts") }).data;
  const prompts = useApiQuery("prompts.list", {}, may("prompts")).data;
  return useMemo(() => {
    const lists: CompanyThings["lists"] = {
      ...(queues && { queue: queues.items.map(({ queueId, name }) => ({ id: queueId, name })) }),
      ...(scripts && { script: scripts.items.map(({ scriptId, name }) => ({ id: scriptId, name })) }),
      ...(telephones && { telephone: telephones.items.map(({ telephoneId, name }) => ({ id: telephoneId, name })) }),
      ...(schedules && { schedule: schedules.items.map(({ scheduleId, name }) => ({ id: scheduleId, name })) }),
      ...(boxes && { voicemailBox: boxes.items.map(({ boxId, name }) => ({ id: boxId, name })) }),
      ...(company && { skill: company.skills.map(({ code, name }) => ({ id: code, name: name[language] })) }),
      ...(connectors && { connector: connectors.items.map(({ connectorId, name }) => ({ id: connectorId, name })) }),
      ...(secrets && { secret: secrets.items.map(({ name }) => ({ id: name, name })) }),
      ...(flows && { flow: flows.items.map(({ flowId, name }) => ({ id: flowId, name })) }),
    };
    const builtIn = (announcements?.items ?? []).map(
      ({ name, texts, audio }): BuiltInAnnouncement => ({
        name,
        texts,
        audio: hashes(audio),
      }),
    );
    // A piece of a number is no prompt that a flow would say.
    const library = (prompts?.items ?? [])
      .filter(({ replaces }) => !replaces?.startsWith("piece-"))
      .map(({ promptId, name, texts, audio }): LibraryChoice => {
        const recordedTexts = Object.entries(audio).map(([language, { text = "" }]) => [language, text]);
        return { id: promptId, name, texts, audio: hashes(audio), recordedTexts: Object.fromEntries(recordedTexts) };
      });
    return {
      lists,
      builtIn,
      library,
      facts: {
        ...factsOf(lists, builtIn),
        ...(queues && prompts && company && { queueProblems: problemsOf(queues.items, prompts.items, company) }),
        ...(lines && {
          heardUnanswered: new Set(
            lines.items.flatMap(({ flowId, unansweredMs }) => (flowId !== null && unansweredMs ? flowId : [])),
          ),
        }),
        ...companyState(queues?.items, schedules?.items),
      },
      nameOf: (kind, id) => listOf(lists, kind)?.find((thing) => thing.id === id)?.name ?? null,
      builtInText(name, language) {
        const texts = builtIn.find((one) => one.name === name)?.texts ?? {};
        return texts[language] ?? texts[language.slice(0, 2)] ?? null;
      },
      onlyOne(kind) {
        const [only, another] = listOf(lists, kind) ?? [];
        return only !== undefined && another === undefined ? only.id : null;
      },
    };
  }, [
    queues,
    scripts,
    telephones,
    schedules,
    boxes,
    connectors,
    secrets,
    flows,
    lines,
    company,
    language,
    announcements,
    prompts,
  ]);
}

function hashes(audio: Readonly<Record<string, { readonly sha256: string }>>): Record<string, string> {
  return Object.fromEntries(Object.entries(audio).map(([language, { sha256 }]) => [language, sha256]));
}

function listOf(lists: CompanyThings["lists"], kind: string): readonly NamedThing[] | undefined {
  return Object.entries(lists).find(([name]) => name === kind)?.[1];
}

function factsOf(lists: CompanyThings["lists"], builtIn: readonly BuiltInAnnouncement[]): CompanyFacts {
  const ids = Object.entries(lists).map(([kind, list]) => [kind, new Set(list.map(({ id }) => id))]);
  return {
    ...Object.fromEntries(ids),
    ...(builtIn.length > 0 && { builtIn: new Set(builtIn.map(({ name }) => name)) }),
  };
}
