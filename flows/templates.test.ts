import { readdirSync, readFileSync } from "node:fs";
import {
  adopt,
  canonicalText,
  type FlowDocument,
  isTemplate,
  parseFlow,
  sampleAnswers,
  translateTemplate,
  validate,
} from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { builtInPrompts, isBuiltInPromptName } from "@cordboard/prompts";
import { compiledFlow, playScenario, readScenarioFile, scenarioFlow } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { describe, expect, test } from "vitest";

const file = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const templates = readdirSync(new URL(".", import.meta.url))
  .filter((name) => name.endsWith(".json") && !/\.(schema|scenarios)\.json$/.test(name))
  .map((name) => name.replace(".json", ""));

function flowOf(name: string): FlowDocument {
  const parsed = parseFlow(file(`${name}.json`));
  if (!parsed.ok) throw new Error(`${name}: ${JSON.stringify(parsed.findings)}`);
  return parsed.document;
}

/** What calls get who reach a company that adopted the template with ids as answers. */
function adopted(template: FlowDocument, answers: Readonly<Record<string, unknown>> = {}): FlowDocument {
  const adoption = adopt(template, { ...sampleAnswers(template), ...answers });
  if (!adoption.ok) throw new Error(JSON.stringify(adoption.problems));
  return adoption.document;
}

const CARD_WIDTH = 200;

/** About as high as the designer draws a node: its name, what is heard in three lines at most, what it refers to, its ways out. */
function heightOf({ type, typeVersion, config }: FlowDocument["nodes"][number]): number {
  const facts = registry.find(type, typeVersion);
  if (!facts) throw new Error(`no type ${type}`);
  const kinds = facts.references(config).map(({ kind }) => kind);
  const [heard, refers] = [kinds.includes("prompt") ? 60 : 0, kinds.some((kind) => kind !== "prompt") ? 42 : 0];
  return 48 + heard + refers + 8 + 24 * facts.outputs(config).length;
}

test("the product has these templates", () => {
  expect(templates.sort()).toEqual(["customer-service", "one-queue", "out-of-hours", "reception", "support-desk"]);
});

describe.each(templates)("%s", (name) => {
  const template = flowOf(name);

  test("is in canonical form, named as its file, and asks something", () => {
    expect(canonicalText(template)).toBe(file(`${name}.json`));
    expect(template.id).toBe(name);
    expect(isTemplate(template)).toBe(true);
  });

  test("has no finding, as a template and in a company that has what it was answered with", () => {
    const builtIn = new Set(Object.keys(builtInPrompts));
    expect(validate(template, registry, { builtIn })).toEqual([]);
    const any = { has: () => true };
    const company = Object.fromEntries(
      ["queue", "script", "telephone", "schedule", "voicemailBox"].map((kind) => [kind, Object.assign(new Set(), any)]),
    );
    expect(validate(adopted(template), registry, { ...company, builtIn })).toEqual([]);
  });

  test("speaks French and English, and all that it says ships as audio with these very words", () => {
    expect(template.languages).toEqual(["fr-FR", "en-GB"]);
    for (const [id, { builtIn = "", texts }] of Object.entries(template.prompts)) {
      if (!isBuiltInPromptName(builtIn)) throw new Error(`${id} does not ship`);
      const { fr, en } = builtInPrompts[builtIn].audio;
      expect(texts, id).toEqual({ "fr-FR": fr.text, "en-GB": en.text });
    }
  });

  test("has a French name for everything that authors read, questions included", () => {
    const words = new Map(Object.entries(Object(Object(template.parameters.translations).fr)));
    const names = [template.name, ...template.nodes.map((node) => node.name)];
    for (const prompt of Object.values(template.prompts)) names.push(prompt.name ?? "");
    for (const { config } of template.nodes) {
      if (Array.isArray(config.choices)) for (const { label = null } of config.choices) if (label) names.push(label);
    }
    expect([...new Set(names)].filter((one) => !words.has(one))).toEqual([]);
    expect([...words.keys()].filter((one) => !names.includes(one))).toEqual([]);
    for (const question of Object.values<{ title: string; titles: { fr: string } }>(
      Object(template.parameters.properties),
    )) {
      expect(question.title).toMatch(/^[A-Z]/);
      expect(question.titles.fr).toMatch(/^\p{Lu}/u);
    }
    const french = translateTemplate(template, "fr");
    expect(french.name).toBe(words.get(template.name));
    expect(validate(french, registry)).toEqual([]);
  });

  test("is drawn from left to right, every card apart from the others", () => {
    const cards = template.nodes.map((node) => ({ ...node, at: template.layout[node.id] ?? [Number.NaN, Number.NaN] }));
    expect(cards.filter(({ at }) => !at.every(Number.isFinite))).toEqual([]);
    const meet = cards.flatMap((card, index) =>
      cards.slice(index + 1).flatMap((other) => {
        const [upper, lower] = (card.at[1] ?? 0) <= (other.at[1] ?? 0) ? [card, other] : [other, card];
        const beside = Math.abs((card.at[0] ?? 0) - (other.at[0] ?? 0)) >= CARD_WIDTH + 60;
        const below = (lower.at[1] ?? 0) - (upper.at[1] ?? 0) >= heightOf(upper) + 20;
        return beside || below ? [] : [`${card.id} and ${other.id}`];
      }),
    );
    expect(meet).toEqual([]);
    const x = (id: string) => template.layout[id]?.[0] ?? Number.NaN;
    expect(template.edges.filter(({ from, to }) => !(x(from) < x(to)))).toEqual([]);
  });

  const read = readScenarioFile(JSON.parse(file(`${name}.scenarios.json`)));
  if (!read.ok) throw new Error(`${name}: ${JSON.stringify(read.problems)}`);
  const walked = new Set<string>();

  test("has at least five scenarios", () => {
    expect(read.file.scenarios.length).toBeGreaterThanOrEqual(5);
  });

  test.each(read.file.scenarios.map((one) => [one.name, one] as const))("%s", (_, one) => {
    const { moves } = playScenario(scenarioFlow(template, read.file, one), one);
    for (const { from, output } of moves) walked.add(`${from} ${output}`);
  });

  test("every way through the drawing is gone by a scenario", () => {
    const left = template.edges.map(({ from, output }) => `${from} ${output}`).filter((way) => !walked.has(way));
    expect(left).toEqual([]);
    for (const to of Object.values(template.keys)) {
      expect(
        [...walked].some((way) => way.includes(" key:")),
        `nobody pressed the key to ${to}`,
      ).toBe(true);
    }
  });
});

const withoutEnglishMenu = (() => {
  const reception = adopted(flowOf("reception"), { salesQueue: "sales" });
  const { pMenu, ...prompts } = reception.prompts;
  const menu = { ...pMenu, texts: { "fr-FR": "Pour les ventes, tapez 1." } };
  const { builtIn: _, ...own } = menu;
  return compiledFlow({ ...reception, prompts: { ...prompts, pMenu: own } });
})();

scenario("reception: a prompt that is missing in the caller's language is said in the first, and noted", (call) => {
  call.to(withoutEnglishMenu);
  call.beginsToHear("pWelcome");
  call.presses("1");
  call.beginsToHear("chooseLanguage");
  call.presses("2");
  call.hearsIn("fr-FR", "pMenu");
  call.isNoted("promptFellBack");
  call.presses("1");
  call.hearsIn("en-GB", "pNobody");
});
