import { type Finding, finding } from "../finding.ts";
import type { FlowDocument } from "../flow-document.ts";
import type { NodeTypeRegistry } from "../node-type-registry.ts";
import { escapePointer } from "../shape-findings.ts";
import { everydayKind } from "./everyday-kind.ts";
import { everydaySettings, whyNot } from "./everyday-settings.ts";

/** Marks on what cannot be everyday, limits that what is drawn does not keep, and names that nobody could tell apart. */
export function* checkEveryday(document: FlowDocument, registry: NodeTypeRegistry): Iterable<Finding> {
  const labels = new Set<string>();
  const settings = new Map(everydaySettings(document, registry).map((one) => [`${one.nodeId} ${one.setting}`, one]));
  for (const [index, node] of document.nodes.entries()) {
    const facts = registry.find(node.type, node.typeVersion);
    // What an unknown type has is not known; that it is unknown is told.
    if (!facts) continue;
    for (const [setting, mark] of Object.entries(node.everyday ?? {})) {
      const where = { nodeId: node.id, pointer: `/nodes/${index}/everyday/${escapePointer(setting)}` };
      if (!everydayKind(facts.config, setting)) {
        yield finding("everydayNotPossible", where, { node: node.name, setting });
        continue;
      }
      const known = settings.get(`${node.id} ${setting}`);
      const { label } = mark;
      const reversed = (known?.minimum ?? Number.NEGATIVE_INFINITY) > (known?.maximum ?? Number.POSITIVE_INFINITY);
      const isOut = known?.drawn && typeof known.drawn.value === "number" && whyNot(known, known.drawn) !== null;
      if (reversed || isOut) yield finding("everydayLimits", where, { node: node.name, label });
      const plain = label.trim().toLowerCase();
      if (labels.has(plain)) yield finding("everydayLabelTwice", { ...where, severity: "warning" }, { label });
      labels.add(plain);
    }
  }
}
