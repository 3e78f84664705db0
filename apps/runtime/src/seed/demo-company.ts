import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ScheduleFields, ScreenLanguage } from "@cordboard/api";
import { adopt, type FlowDocument, parseFlow, translateTemplate } from "@cordboard/flow-schema";
import { type BuiltInPromptName, builtInAudio } from "@cordboard/prompts";
import type { Connection } from "mongoose";
import { type Scope, systemScope } from "../access/index.ts";
import type { Companies } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import type { Flows } from "../flows/index.ts";
import type { Lines } from "../lines/index.ts";
import type { Operators } from "../operators/index.ts";
import { type Queues, standardCallbacks } from "../queues/index.ts";
import type { Schedules } from "../schedules/index.ts";
import type { Scripts } from "../scripts/index.ts";
import type { Telephones } from "../telephones/index.ts";
import type { Users } from "../users/index.ts";
import type { VoicemailBoxes } from "../voicemail/index.ts";
import { answersFor, type DemoThings } from "./answer-template.ts";
import { beginSeeding } from "./demo-accounts.ts";

export interface SeedGiven {
  readonly connection: Connection;
  /** The installation's: the passwords are made of it, until they were shown. */
  readonly secret: string;
  readonly companies: Companies;
  readonly users: Users;
  readonly operators: Operators;
  readonly telephones: Telephones;
  readonly queues: Queues;
  readonly scripts: Scripts;
  readonly schedules: Schedules;
  readonly voicemailBoxes: VoicemailBoxes;
  readonly lines: Lines;
  readonly flows: Flows;
  readonly flowsFolder: string;
  /** What the demo script opens; the values are added. */
  readonly contactPageUrl: string;
  /** What the parts of the demo's flow are called in; callers hear both languages whatever it is. */
  readonly language: ScreenLanguage;
}

/** Shown once, by the supervisor; only hashes are kept. */
export interface DemoAccounts {
  readonly line: string;
  readonly admin: { readonly email: string; readonly password: string };
  readonly operators: readonly { readonly code: string; readonly name: string; readonly password: string }[];
}

/** A number of the range that France keeps for films and books. */
export const DEMO_LINE = "+33199001010";

/** Leads straight to a queue: no flow was drawn for it. */
export const DEMO_QUEUE_LINE = "+33199001011";

type DayHours = ScheduleFields["week"]["mon"];

const people = [
  { code: "101", name: "Inès Martin", language: "fr" },
  { code: "102", name: "Tom Baker", language: "en" },
  { code: "103", name: "Léa Petit", language: "fr" },
] as const;

const demo: Parameters<Companies["create"]>[0] = {
  code: "demo",
  fields: {
    name: "Cordboard démo",
    country: "FR",
    timeZone: "Europe/Paris",
    languages: ["fr-FR", "en-GB"],
    pauseReasons: [
      { code: "break", name: { fr: "Café", en: "Coffee" } },
      { code: "lunch", name: { fr: "Déjeuner", en: "Lunch" } },
      { code: "paperwork", name: { fr: "Dossiers", en: "Paperwork" } },
    ],
    outcomes: [
      { code: "answered", name: { fr: "Renseignement donné", en: "Question answered" } },
      { code: "order", name: { fr: "Commande prise", en: "Order taken" } },
      { code: "complaint", name: { fr: "Réclamation", en: "Complaint" } },
    ],
    scriptSchemes: [],
    authorsMayPublish: true,
    switchboardTelephoneId: null,
    voices: {},
    callRetentionDays: 180,
    contactFields: [],
  },
};

/** SIP users of the lab's telephones. */
const desks = ["11", "12", "13"] as const;
const switchboardDesk = "10";

/** The demo answers at any hour: whoever tries it on a Sunday closes it by hand. */
const everyDay: DayHours = [["00:00", "24:00"]];

/**
 * Fills an empty store with a company to try things on: one admin, three operators with their telephones, a switchboard, two queues, a
 * schedule, a voicemail box, a line with the reception flow, in French and English, and one that leads straight to a queue. Resolves with
 * the accounts, until `demoAccountsShown`; `null` when they were shown before, or when there was a company already.
 *
 * Every step looks first whether it was made: one that was cut off is gone on with at the next start, and two processes that start at
 * once make one company.
 */
export async function seedDemoCompany(given: SeedGiven): Promise<DemoAccounts | null> {
  const passwordOf = await beginSeeding(
    given.connection,
    given.secret,
    async () => (await given.companies.all()).length === 0,
  );
  if (!passwordOf) return null;
  const { companyId } = await ensure(
    async () => (await given.companies.all()).find(({ code }) => code === "demo"),
    () => given.companies.create(demo),
  );
  const scope = systemScope(companyId);

  const admin = { email: "admin@demo.example", password: passwordOf("admin") };
  await ensure(
    async () => (await given.users.list(scope)).find(({ email }) => email === admin.email),
    () => given.users.create(scope, { ...admin, name: "Admin", role: "admin", language: "fr", enabled: true }),
  );
  const accounts = people.map((person) => ({ ...person, password: passwordOf(person.code) }));
  const operatorIds: string[] = [];
  for (const account of accounts) {
    const { operatorId } = await ensure(
      async () => (await given.operators.list(scope)).find(({ code }) => code === account.code),
      () => given.operators.create(scope, { ...account, enabled: true }),
    );
    operatorIds.push(operatorId);
  }
  for (const desk of desks) {
    const target = { kind: "user", name: `${desk}@lab.cordboard.example` } as const;
    await ensureNamed(given.telephones, scope, { name: `Poste ${desk}`, target });
  }
  const { telephoneId: switchboardTelephoneId } = await ensureNamed(given.telephones, scope, {
    name: `Poste ${switchboardDesk} · Standard`,
    target: { kind: "user", name: `${switchboardDesk}@lab.cordboard.example` },
  });
  const { companyId: _, code, rev, ...settings } = await given.companies.get(scope);
  if (settings.switchboardTelephoneId === null) {
    await given.companies.change(scope, rev, { ...settings, switchboardTelephoneId }).catch(unlessDoneBefore);
  }

  const values = ["number", "dialled", "line", "subject"].map((name) => `${name}={{${name}}}`).join("&");
  const url = `${given.contactPageUrl}?${values}`;
  const script = await ensureNamed(given.scripts, scope, { name: "Fiche client", url, window: null });
  const schedule = await ensureNamed(given.schedules, scope, {
    name: "Accueil · Reception",
    timeZone: null,
    week: { mon: everyDay, tue: everyDay, wed: everyDay, thu: everyDay, fri: everyDay, sat: everyDay, sun: everyDay },
    holidays: [],
  });
  const shared = {
    operatorIds,
    order: "longestIdle",
    offerMs: 20_000,
    wrapUpMs: null,
    refusalAllowed: true,
    missedMeansPause: true,
    askAgainMs: 60_000,
    askAgainAloneMs: 10_000,
    scriptId: script.scriptId,
    callbacks: { ...standardCallbacks, scheduleId: schedule.scheduleId },
  } as const;
  const sales = await ensureNamed(given.queues, scope, { ...shared, name: "Ventes · Sales" });
  const support = await ensureNamed(given.queues, scope, { ...shared, name: "Assistance · Support" });

  const box = await ensureNamed(given.voicemailBoxes, scope, {
    name: "Messages",
    queueId: support.queueId,
    operatorIds,
    retentionDays: 90,
  });

  const template = await readFile(join(given.flowsFolder, "reception.json"), "utf8");
  const document = adopted(template, given.language, {
    queue: { sales: sales.queueId, support: support.queueId },
    script: { contact: script.scriptId },
    schedule: { hours: schedule.scheduleId },
    voicemailBox: { messages: box.boxId },
    telephone: { switchboard: switchboardTelephoneId },
  });
  await given.flows.publish(scope, "reception", document, "Démonstration");
  await ensure(
    async () => (await given.lines.list(scope)).find(({ number }) => number === DEMO_LINE),
    () =>
      given.lines.create(scope, {
        number: DEMO_LINE,
        name: "Standard",
        flowId: "reception",
        queueId: null,
        language: null,
      }),
  );
  const direct = { name: "Ventes, en direct", flowId: null, queueId: sales.queueId, language: null };
  await ensure(
    async () => (await given.lines.list(scope)).find(({ number }) => number === DEMO_QUEUE_LINE),
    () => given.lines.create(scope, { ...direct, number: DEMO_QUEUE_LINE }),
  );

  return {
    line: DEMO_LINE,
    admin,
    operators: accounts.map(({ code, name, password }) => ({ code, name, password })),
  };
}

/** Another process that seeds made the same change in this very moment. */
function unlessDoneBefore(error: unknown): void {
  if (!(error instanceof UserError && error.code === "changedMeanwhile")) throw error;
}

/** What was made before, or is made now; when another process makes it in between, what that one made. */
async function ensure<Thing>(find: () => Promise<Thing | undefined>, make: () => Promise<Thing>): Promise<Thing> {
  const before = await find();
  if (before) return before;
  try {
    return await make();
  } catch (error) {
    const now = error instanceof UserError && error.code === "alreadyExists" ? await find() : undefined;
    if (now) return now;
    throw error;
  }
}

interface Named<Fields extends { readonly name: string }, Thing> {
  list(scope: Scope): Promise<readonly (Thing & { readonly name: string })[]>;
  create(scope: Scope, fields: Fields): Promise<Thing>;
}

const ensureNamed = <Fields extends { readonly name: string }, Thing>(
  things: Named<Fields, Thing>,
  scope: Scope,
  fields: Fields,
): Promise<Thing> =>
  ensure(
    async () => (await things.list(scope)).find(({ name }) => name === fields.name),
    () => things.create(scope, fields),
  );

/** The template with what the company has in the places that it asks about, called as `language` calls it, and the demo's own words. */
function adopted(text: string, language: ScreenLanguage, things: DemoThings): Record<string, unknown> {
  const parsed = parseFlow(text);
  const template = parsed.ok ? translateTemplate(parsed.document, language) : null;
  const adoption = template && adopt(template, answersFor(template.parameters, things));
  if (adoption?.ok) return { ...inDemoWords(adoption.document) };
  throw new Error(`bug: the demo's flow is no template that can be adopted: ${JSON.stringify(adoption ?? parsed)}`);
}

/** What the demo says in place of the template's general words, as any company would. */
const ownWords: Readonly<Record<string, BuiltInPromptName>> = { pWelcome: "demoWelcome", pAdvert: "demoAdvert" };

function inDemoWords(flow: FlowDocument): FlowDocument {
  const prompts = Object.entries(flow.prompts).map(([id, prompt]) => {
    const builtIn = ownWords[id];
    if (builtIn === undefined) return [id, prompt];
    const texts = Object.keys(prompt.texts).map((language) => [language, builtInAudio(builtIn, language).text]);
    return [id, { ...prompt, builtIn, texts: Object.fromEntries(texts) }];
  });
  return { ...flow, prompts: Object.fromEntries(prompts) };
}
