import type { Finding, Fix, FlowDocument } from "@cordboard/flow-schema";
import { typesetFinding } from "../../../language/typeset-finding.ts";
import { typeOf } from "./node-facts.ts";
import { outputName } from "./output-name.ts";

/** What stands between quotation marks in the sentence of a finding, in either language. */
const quoted = /«\s(.+?)\s»|"(.+?)"/g;

/**
 * The sentence of a finding for somebody who sees the drawing: prompts, nodes and outputs are called by their names there, so they are here,
 * and not by the ids that findings must name for files and programs.
 */
export function findingSentence(finding: Finding, document: FlowDocument, language: "fr" | "en"): string {
  const node = document.nodes.find(({ id }) => id === finding.nodeId);
  const ofOutput = finding.code.toLowerCase().includes("output");
  const sentence = finding.message[language].replace(quoted, (whole: string, french?: string, english?: string) => {
    const word = french ?? english ?? "";
    const name = nameOf(word);
    return name === null ? whole : whole.replace(word, name);
  });
  return typesetFinding(sentence, language);

  function nameOf(word: string): string | null {
    const prompt = Object.hasOwn(document.prompts, word) ? document.prompts[word] : undefined;
    if (prompt?.name) return prompt.name;
    const other = document.nodes.find(({ id }) => id === word);
    if (other?.name) return other.name;
    if (node && ofOutput) {
      const name = outputName(node, word, language);
      return name === "" || name === word ? null : name;
    }
    return null;
  }
}

/** The sentence of the path of a finding, with outputs by their names; null where no call comes to it. */
export function pathSentence({ path }: Finding, document: FlowDocument, language: "fr" | "en"): string | null {
  if (path === undefined) return null;
  let sentence = path.sentence[language];
  const quote = (word: string) => (language === "fr" ? `« ${word} »` : `“${word}”`);
  for (const { node: id, output } of path.moves) {
    const node = document.nodes.find((one) => one.id === id);
    if (!node || output === null) continue;
    const by = language === "fr" ? "par" : "by";
    const said = (name: string) => `${quote(node.name)} ${by} ${quote(name)}`;
    sentence = sentence.replace(said(output), () => said(outputName(node, output, language)));
  }
  return typesetFinding(sentence, language);
}

/** What a fix does, with a node that has no name called by its type, as on its card. */
export function fixLabel({ label, commands }: Fix, document: FlowDocument, language: "fr" | "en"): string {
  let text = label[language];
  for (const command of commands) {
    const node = command.type === "connect" ? document.nodes.find(({ id }) => id === command.to) : undefined;
    const name = node && typeOf(node)?.texts[language].name;
    if (node?.name === "" && name !== undefined) text = text.replace(/([“«]\s?).*?(\s?[”»])/, `$1${name}$2`);
  }
  return typesetFinding(text, language);
}
