import { randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { systemScope } from "../access/index.ts";
import type { Companies } from "../companies/index.ts";
import type { Flows } from "../flows/index.ts";
import type { Lines } from "../lines/index.ts";
import type { Operators } from "../operators/index.ts";
import type { Queues } from "../queues/index.ts";
import type { Scripts } from "../scripts/index.ts";
import type { Telephones } from "../telephones/index.ts";
import type { Users } from "../users/index.ts";

export interface SeedGiven {
  readonly companies: Companies;
  readonly users: Users;
  readonly operators: Operators;
  readonly telephones: Telephones;
  readonly queues: Queues;
  readonly scripts: Scripts;
  readonly lines: Lines;
  readonly flows: Flows;
  readonly flowsFolder: string;
  /** What the demo script opens; the values are added. */
  readonly contactPageUrl: string;
}

/** Shown once, by the supervisor; only hashes are kept. */
export interface DemoAccounts {
  readonly line: string;
  readonly admin: { readonly email: string; readonly password: string };
  readonly operators: readonly { readonly code: string; readonly name: string; readonly password: string }[];
}

/** A number of the range that France keeps for films and books. */
export const DEMO_LINE = "+33199001010";

const people = [
  { code: "101", name: "Inès Martin", language: "fr" },
  { code: "102", name: "Tom Baker", language: "en" },
  { code: "103", name: "Léa Petit", language: "fr" },
] as const;

/** SIP users of the lab's telephones. */
const desks = ["11", "12", "13"] as const;

/**
 * Fills an empty store with a company to try things on: one admin, three operators with their telephones, two queues, one line and the
 * reception flow, in French and English. Resolves with the accounts, or `null` when there is a company already.
 */
export async function seedDemoCompany(given: SeedGiven): Promise<DemoAccounts | null> {
  if ((await given.companies.all()).length > 0) return null;
  const { companyId } = await given.companies.create({
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
      scriptSchemes: [],
      authorsMayPublish: true,
    },
  });
  const scope = systemScope(companyId);

  const admin = { email: "admin@demo.example", password: makePassword() };
  await given.users.create(scope, { ...admin, name: "Admin", role: "admin", language: "fr", enabled: true });
  const accounts = people.map((person) => ({ ...person, password: makePassword() }));
  const operatorIds: string[] = [];
  for (const account of accounts) {
    operatorIds.push((await given.operators.create(scope, { ...account, enabled: true })).operatorId);
  }
  for (const desk of desks) {
    const target = { kind: "user", name: `${desk}@lab.cordboard.example` } as const;
    await given.telephones.create(scope, { name: `Poste ${desk}`, target });
  }

  const values = ["number", "dialled", "line", "subject"].map((name) => `${name}={{${name}}}`).join("&");
  const script = await given.scripts.create(scope, {
    name: "Fiche client",
    url: `${given.contactPageUrl}?${values}`,
    window: null,
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
  } as const;
  const sales = await given.queues.create(scope, { ...shared, name: "Ventes · Sales" });
  const support = await given.queues.create(scope, { ...shared, name: "Assistance · Support" });

  const template = await readFile(join(given.flowsFolder, "reception.json"), "utf8");
  const document = adopt(JSON.parse(template), {
    queue: { sales: sales.queueId, support: support.queueId },
    script: { contact: script.scriptId },
  });
  await given.flows.publish(scope, "reception", document, "Démonstration");
  await given.lines.create(scope, { number: DEMO_LINE, name: "Standard", flowId: "reception", language: null });

  return {
    line: DEMO_LINE,
    admin,
    operators: accounts.map(({ code, name, password }) => ({ code, name, password })),
  };
}

interface FlowTemplate {
  readonly nodes: readonly { readonly config: Readonly<Record<string, unknown>> }[];
  readonly [member: string]: unknown;
}

/** Puts the company's own queues and scripts where the template names its own. */
function adopt(
  template: FlowTemplate,
  places: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Record<string, unknown> {
  const nodes = template.nodes.map((node) => {
    const config = Object.entries(node.config).map(([setting, value]) => [
      setting,
      typeof value === "string" ? (places[setting]?.[value] ?? value) : value,
    ]);
    return { ...node, config: Object.fromEntries(config) };
  });
  return { ...template, nodes };
}

/** Three groups without letters that are taken for others: about 70 bits. */
function makePassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group()].join("-");
}
