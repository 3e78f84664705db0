import { diffFlows, type FlowDiff, type FlowDocument, isSameBehaviour, type ValueChange } from "@cordboard/flow-schema";
import type { ExitCode, ServerOptions } from "../server/connect.ts";
import { t } from "../texts/t.ts";
import { findFlow } from "./find-flow.ts";

/** Shows what differs between two flows by meaning. Like `diff`: 0 when nothing does, 1 when something does. */
export async function showDiff(before: string, after: string, options: ServerOptions): Promise<ExitCode> {
  const left = await findFlow(before, options);
  if (!left.ok) return left.exit === 1 ? 64 : left.exit;
  const right = await findFlow(after, options);
  if (!right.ok) return right.exit === 1 ? 64 : right.exit;
  const diff = diffFlows(left.document, right.document);
  if (options.json) console.log(JSON.stringify(diff, null, 2));
  else for (const line of diffLines(diff, left.document, right.document)) console.log(line);
  return isSameBehaviour(diff) ? 0 : 1;
}

/** The differences, a line each: `+` came, `-` went, `~` changed, with the places inside under it. */
export function diffLines(diff: FlowDiff, before: FlowDocument, after: FlowDocument): readonly string[] {
  const nameOf = (id: string) => {
    const node = [...after.nodes, ...before.nodes].find((one) => one.id === id);
    return node && node.name !== "" && node.name !== id ? `${id} “${node.name}”` : id;
  };
  const things = <Thing>(kind: "node" | "prompt" | "variable" | "note" | "group", changes: readonly Change<Thing>[]) =>
    changes.flatMap((change) => {
      const sign = change.before === null ? "+" : change.after === null ? "-" : "~";
      const id = kind === "node" ? nameOf(change.id) : change.id;
      return [`${sign} ${t(`diff.${kind}`)} ${id}`, ...change.values.map(valueLine)];
    });
  const lines = [
    ...diff.document.map((change) => `~ ${change.pointer.slice(1)}: ${shown(change.before)} → ${shown(change.after)}`),
    ...things("node", diff.nodes),
    ...diff.edges.map(({ from, output, before: was, after: is }) => {
      const sign = was === null ? "+" : is === null ? "-" : "~";
      const ends = [was, is].filter((end) => end !== null).map(nameOf);
      return `${sign} ${nameOf(from)} · ${output} → ${ends.join(" ⇒ ")}`;
    }),
    ...things("prompt", diff.prompts),
    ...things("variable", diff.variables),
    ...things("note", diff.notes),
    ...things("group", diff.groups),
  ];
  return lines.length === 0 ? [t("diff.same")] : lines;
}

interface Change<Thing> {
  readonly id: string;
  readonly before: Thing | null;
  readonly after: Thing | null;
  readonly values: readonly ValueChange[];
}

const valueLine = ({ pointer, before, after }: ValueChange) => `    ${pointer}: ${shown(before)} → ${shown(after)}`;

function shown(value: unknown): string {
  return value === undefined ? "–" : JSON.stringify(value);
}
