import type { EditCommand } from "../edit-command.ts";
import type { Finding, Fix } from "../finding.ts";
import type { FlowPrompt } from "../flow-document.ts";
import { withoutRecording, withRecordingRight } from "../recorded-text.ts";
import { pointerParts } from "../set-at-pointer.ts";
import { connectTo } from "./ends-unhelped.ts";
import type { RuleWorld } from "./rule-world.ts";

const fix = (fr: string, en: string, ...commands: readonly EditCommand[]): Fix => ({ label: { fr, en }, commands });

/** What would mend a finding of shape or reference, where something would that needs no more words of its author. */
export function pathFixes({ graph, firstPaths }: RuleWorld): (found: Finding) => readonly Fix[] {
  const { document, nodes } = graph;
  /** Ends that say something: where an output may well lead. */
  const ends = nodes.flatMap(({ node, end }, place) =>
    end && end.phases.length > 0 && firstPaths.has(place) ? [node] : [],
  );

  function unconnected({ nodeId, about }: Finding): readonly Fix[] {
    const node = nodes[graph.placeOf(nodeId ?? "") ?? -1];
    const exit = node?.exits.find(({ output, to }) => to === "lost" && output === about?.output);
    if (!node || !exit) return [];
    // Where the node's other outputs lead, then ends: what many a flow means.
    const others = node.exits.flatMap(({ to }) => (typeof to === "number" ? (nodes[to]?.node ?? []) : []));
    const last = others.at(-1);
    const targets = [...new Set([...(last === undefined ? [] : [last]), ...ends])].filter(
      ({ id }) => id !== node.node.id,
    );
    return targets.slice(0, 3).map((target) => connectTo(node.node.id, exit, target));
  }

  /** By prompt, the nodes that say it. */
  let speakers: ReadonlyMap<string, ReadonlySet<string>> | null = null;

  /** A node goes with the prompts that nothing else says. */
  function remove(id: string): Fix {
    speakers ??= speakersOf(nodes);
    const own = [...speakers].filter(([prompt, those]) => {
      return those.size === 1 && those.has(id) && Object.hasOwn(document.prompts, prompt);
    });
    return fix(
      "Retirer l’étape",
      "Remove the node",
      { type: "removeNode", id },
      ...own.map(([prompt]) => ({ type: "setPrompt", id: prompt, prompt: null }) as const),
    );
  }

  function promptFixes({ code, pointer, about }: Finding): readonly Fix[] {
    const id = pointerParts(pointer)[1] ?? "";
    const prompt = document.prompts[id];
    if (!prompt) return [];
    const language = about?.language;
    if (typeof language !== "string") return [];
    if (code === "promptLanguageUnknown") {
      return [
        fix(`Ajouter ${language} au scénario`, `Add ${language} to the flow`, {
          type: "setLanguages",
          languages: [...document.languages, language],
        }),
        fix(`Retirer ${language} du message`, `Remove ${language} from the prompt`, {
          ...{ type: "setPrompt", id },
          prompt: withoutLanguage(prompt, language),
        }),
      ];
    }
    if (code === "promptChangedSinceRecorded") {
      return [
        fix("L’enregistrement reste juste", "The recording is still right", {
          ...{ type: "setPrompt", id },
          prompt: withRecordingRight(prompt, language),
        }),
      ];
    }
    const other = document.languages.find((one) => (prompt.texts[one] ?? "").trim() !== "");
    if (other === undefined) return [];
    const texts = { ...prompt.texts, [language]: prompt.texts[other] ?? "" };
    return [
      fix(`Reprendre le texte ${other}, à traduire`, `Take the ${other} text, to be translated`, {
        ...{ type: "setPrompt", id },
        prompt: { ...prompt, texts },
      }),
    ];
  }

  return (found) => {
    const { code, nodeId = "", pointer, about } = found;
    const name = String(about?.id ?? "");
    switch (code) {
      case "outputUnconnected":
        return unconnected(found);
      case "unreachable":
        return [remove(nodeId)];
      case "promptLanguageMissing":
      case "promptLanguageUnknown":
      case "promptChangedSinceRecorded":
        return promptFixes(found);
      case "promptMissing": {
        const texts = Object.fromEntries(document.languages.map((language) => [language, "…"]));
        return [fix("Ajouter ce message", "Add this prompt", { type: "setPrompt", id: name, prompt: { texts } })];
      }
      case "variableMissing": {
        const variable = { type: "string", initial: "" } as const;
        return [fix("Ajouter cette variable", "Add this variable", { type: "setVariable", name, variable })];
      }
      case "edgeToNowhere":
      case "edgeFromUnknownOutput":
      case "edgeFromNowhere": {
        const edge = document.edges[Number(pointer.split("/")[2])];
        if (!edge) return [];
        const { from, output } = edge;
        return [fix("Retirer ce cordon", "Remove this cord", { type: "disconnect", from, output })];
      }
      case "onErrorMissing":
        return [fix("Retirer ce chemin", "Remove that path", { type: "setOnError", id: null })];
      case "keyMissing": {
        const key = pointerParts(pointer)[1] ?? "";
        return [fix(`Retirer la touche ${key}`, `Remove key ${key}`, { type: "setKey", key, to: null })];
      }
      default:
        return [];
    }
  };
}

function withoutLanguage(prompt: FlowPrompt, language: string): FlowPrompt {
  const texts = Object.entries(prompt.texts).filter(([name]) => name !== language);
  return { ...withoutRecording(prompt, language), texts: Object.fromEntries(texts) };
}

function speakersOf(nodes: RuleWorld["graph"]["nodes"]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { node, facts } of nodes) {
    for (const { kind, id } of facts.references(node.config)) {
      if (kind === "prompt") found.set(id, (found.get(id) ?? new Set()).add(node.id));
    }
  }
  return found;
}
