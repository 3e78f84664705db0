import type { Finding, FlowDocument } from "@cordboard/flow-schema";
import { typesetFinding } from "../../../language/typeset-finding.ts";
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
