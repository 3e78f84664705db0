import type { FlowDocument, MergeConflict } from "@cordboard/flow-schema";
import { languageName } from "../../../widgets/language-name.ts";
import { type ChangeReader, nodeName, sayFlowChange, sayNodeChange } from "../../compare/say-change.ts";
import { outputName } from "../model/output-name.ts";

/** A place that both changed, as its authors are told: where, and both values; null: nothing stands there. */
export interface SaidConflict {
  readonly label: string;
  readonly mine: string | null;
  readonly theirs: string | null;
}

/** What a whole thing is said to be that one side removed. */
export interface ConflictWords {
  readonly removed: string;
  readonly kept: string;
}

/** A conflict in the words of the forms. Pure but for what it is given. */
export function sayConflict(
  { pointer, mine, theirs }: MergeConflict,
  documents: { readonly mine: FlowDocument; readonly theirs: FlowDocument },
  reader: ChangeReader,
  words: ConflictWords,
): SaidConflict {
  const [, part = "", id = "", ...rest] = pointer.split("/");
  const { screen } = reader;
  const nodeIn = ({ nodes }: FlowDocument, wanted: unknown) => nodes.find((node) => node.id === wanted) ?? null;
  const called = (wanted: unknown) => {
    const node = nodeIn(documents.mine, wanted) ?? nodeIn(documents.theirs, wanted);
    return node ? nodeName(node, screen) : typeof wanted === "string" ? wanted : null;
  };
  const isThere = (value: unknown) => (value === undefined ? words.removed : words.kept);
  if (part === "nodes" && rest.length === 0)
    return { label: called(id) ?? id, mine: isThere(mine), theirs: isThere(theirs) };
  if (part === "nodes") {
    const change = { pointer: `/${rest.join("/")}`, before: mine, after: theirs };
    const side = (document: FlowDocument) => ({ document, node: nodeIn(document, id) });
    const said = sayNodeChange(change, side(documents.mine), side(documents.theirs), reader);
    return { label: `${called(id)} › ${said.label}`, mine: said.before, theirs: said.after };
  }
  if (part === "edges") {
    const [from = "", output = ""] = id.split(" ");
    const node = nodeIn(documents.mine, from) ?? nodeIn(documents.theirs, from);
    const name = node ? outputName(node, output, screen) : output;
    return { label: `${called(from)} › ${name} →`, mine: called(mine), theirs: called(theirs) };
  }
  if (part === "prompts") {
    const prompt = documents.mine.prompts[id] ?? documents.theirs.prompts[id];
    const tag = rest.at(1);
    const label = [prompt?.name || id, tag && languageName(tag, screen)].filter(Boolean).join(" · ");
    const text = (value: unknown) => (typeof value === "string" ? value : isThere(value));
    return { label: reader.t("prompt.of", { name: label }), mine: text(mine), theirs: text(theirs) };
  }
  if (part === "variables") {
    const text = (value: unknown) =>
      typeof value === "object" ? isThere(value) : value === undefined ? null : String(value);
    return { label: reader.t("variable", { name: id }), mine: text(mine), theirs: text(theirs) };
  }
  const change = { pointer, before: mine, after: theirs };
  const said = sayFlowChange(change, { before: documents.mine, after: documents.theirs }, reader);
  return { label: said.label, mine: said.before, theirs: said.after };
}
