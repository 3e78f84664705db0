import { fill } from "./finding.ts";
import en from "./findings.en.json" with { type: "json" };
import fr from "./findings.fr.json" with { type: "json" };
import { timeText } from "./rules/found-path.ts";
import { PATIENCE_MS, PERSON_MS, SILENCE_MS } from "./rules/rule-world.ts";
import rulesEn from "./rules/rules.en.json" with { type: "json" };
import rulesFr from "./rules/rules.fr.json" with { type: "json" };

const limits = {
  silence: timeText(SILENCE_MS),
  person: timeText(PERSON_MS),
  ring: timeText(PATIENCE_MS.ring),
  queue: timeText(PATIENCE_MS.queue),
  system: timeText(PATIENCE_MS.system),
};

/** `docs/reference/findings.md`, printed from the catalogue: each code, what it says, and what the rules of behaviour look at. */
export function findingsPage(): string {
  const french = new Map(Object.entries(fr));
  const rules = new Map(Object.entries(rulesEn));
  const rulesInFrench = new Map(Object.entries(rulesFr));
  const shape = Object.entries(en).filter(([code]) => !rules.has(code));
  return [
    "# What is found in flows",
    "",
    "Printed from `packages/flow-schema` by `npm run flow-schema`; do not edit by hand.",
    "",
    "Each thing that is found has a code, its place, a sentence that says what to do, and, where a call can come to it, a path: a call that the",
    "simulator plays (`scenarioOfPath` makes a scenario of it). Node types add codes of their own for their settings; their pages tell.",
    "",
    "## How the flow treats its callers",
    "",
    "Warnings: a flow may be published with them. Every output counts as possible.",
    "",
    ...[...rules].flatMap(([code, looksAt]) => [
      `### ${code}`,
      "",
      `- ${Object.entries(en).find(([one]) => one === code)?.[1]} ${fill(looksAt, limits, "en")}`,
      `- ${french.get(code)} ${fill(rulesInFrench.get(code) ?? "", limits, "fr")}`,
      "",
    ]),
    "## Shape, references, connections",
    "",
    ...shape.flatMap(([code, says]) => [`### ${code}`, "", `- ${says}`, `- ${french.get(code)}`, ""]),
  ].join("\n");
}
