import type { CompanyFacts } from "./company-facts.ts";
import { type Finding, finding } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";
import type { NodeTypeRegistry } from "./node-type-registry.ts";
import { promptLanguages } from "./prompt-source.ts";
import { changedSinceRecorded } from "./recorded-text.ts";
import { escapePointer } from "./shape-findings.ts";
import type { SoundNode } from "./sound-node.ts";

/** What the company has, as one chooses it. */
const oneOf = {
  queue: { fr: "une file", en: "a queue" },
  script: { fr: "un script", en: "a script" },
  telephone: { fr: "un téléphone", en: "a telephone" },
  schedule: { fr: "un horaire", en: "a schedule" },
  voicemailBox: { fr: "une boîte vocale", en: "a voicemail box" },
  flow: { fr: "un scénario", en: "a flow" },
  skill: { fr: "une compétence", en: "a skill" },
  connector: { fr: "un connecteur", en: "a connector" },
  secret: { fr: "un secret", en: "a secret" },
} as const;

/** Prompts and variables that nodes name, what the company has, the entry and the error path, prompts in every language. */
export function* checkReferences(
  document: FlowDocument,
  registry: NodeTypeRegistry,
  sound: readonly SoundNode[],
  company: CompanyFacts,
): Iterable<Finding> {
  const ids = new Set(document.nodes.map((node) => node.id));
  if (!ids.has(document.entry)) yield finding("entryMissing", { pointer: "/entry" }, { id: document.entry });
  if (document.onError !== null && !ids.has(document.onError)) {
    yield finding("onErrorMissing", { pointer: "/onError" }, { id: document.onError });
  }
  yield* checkKeys(document, sound, ids);
  yield* checkResults(document);
  for (const { node, index, facts } of sound) {
    for (const { kind, id, pointer } of facts.references(node.config)) {
      const where = { nodeId: node.id, pointer: `/nodes/${index}/config${pointer}` };
      if (kind === "prompt") {
        if (!Object.hasOwn(document.prompts, id)) yield finding("promptMissing", where, { node: node.name, id });
      } else if (kind === "variable") {
        if (!Object.hasOwn(document.variables, id)) yield finding("variableMissing", where, { node: node.name, id });
      } else if (kind === "flow" && company.subflow) {
        // What else there is to say of sub-flows is said by check-subflows.ts.
      } else if (company[kind] && !company[kind].has(id)) {
        yield finding("notInCompany", where, { node: node.name, kind: oneOf[kind], id });
      } else if (kind === "queue") {
        for (const problem of company.queueProblems?.get(id) ?? [])
          yield finding("queueProblem", { ...where, severity: "warning" }, { node: node.name, problem });
      }
    }
  }
  for (const id of Object.keys(document.layout)) {
    const pointer = `/layout/${escapePointer(id)}`;
    if (!ids.has(id) && !Object.hasOwn(document.notes, id))
      yield finding("layoutOfNowhere", { pointer, severity: "warning" }, { id });
  }
  yield* checkPrompts(document, registry, company);
}

/** Keys that lead nowhere; keys that a node uses itself, which is allowed and worth knowing. */
function* checkKeys(document: FlowDocument, sound: readonly SoundNode[], ids: ReadonlySet<string>): Iterable<Finding> {
  for (const [key, id] of Object.entries(document.keys)) {
    if (!ids.has(id)) yield finding("keyMissing", { pointer: `/keys/${escapePointer(key)}` }, { key, id });
    for (const { node, index, facts } of sound) {
      if (!facts.keys?.(node.config).includes(key)) continue;
      const where = { nodeId: node.id, pointer: `/nodes/${index}/config`, severity: "warning" } as const;
      yield finding("keyHidden", where, { key, node: node.name });
    }
  }
}

function* checkResults(document: FlowDocument): Iterable<Finding> {
  for (const member of ["inputs", "results"] as const) {
    for (const [index, name] of document[member].entries()) {
      const pointer = `/${member}/${index}`;
      if (!Object.hasOwn(document.variables, name)) yield finding("interfaceVariableMissing", { pointer }, { name });
    }
  }
}

function* checkPrompts(document: FlowDocument, registry: NodeTypeRegistry, company: CompanyFacts): Iterable<Finding> {
  for (const [id, prompt] of Object.entries(document.prompts)) {
    const pointer = `/prompts/${escapePointer(id)}`;
    const available = promptLanguages(document, id);
    if (available.length === 0) yield finding("promptEmpty", { pointer }, { id });
    if (prompt.builtIn !== undefined && company.builtIn && !company.builtIn.has(prompt.builtIn)) {
      yield finding("builtInMissing", { pointer: `${pointer}/builtIn` }, { id, name: prompt.builtIn });
    }
    for (const language of document.languages) {
      if (available.length > 0 && !available.includes(language)) {
        yield finding("promptLanguageMissing", { pointer, severity: "warning" }, { id, language });
      }
    }
    for (const language of new Set([...Object.keys(prompt.texts), ...Object.keys(prompt.audio ?? {})])) {
      if (!document.languages.includes(language)) {
        yield finding("promptLanguageUnknown", { pointer, severity: "warning" }, { id, language });
      }
    }
    for (const language of changedSinceRecorded(prompt)) {
      const where = { pointer: `${pointer}/texts/${escapePointer(language)}`, severity: "warning" } as const;
      yield finding("promptChangedSinceRecorded", where, { id, language });
    }
    for (const [language, text] of Object.entries(prompt.texts)) {
      for (const problem of registry.checkText(text, document)) {
        yield { ...problem, pointer: `${pointer}/texts/${escapePointer(language)}` };
      }
    }
  }
}
