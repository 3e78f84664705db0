import type { FlowDocument } from "@cordboard/flow-schema";

export type Direction = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

/**
 * The node that an arrow key leads to: the nearest one in that direction, where straight ahead counts more than aside; `null` when there
 * is none. So every node can be reached with four keys, as the drawing looks.
 */
export function neighbour(document: FlowDocument, from: string, direction: Direction): string | null {
  const [x = 0, y = 0] = document.layout[from] ?? [];
  const horizontal = direction === "ArrowLeft" || direction === "ArrowRight";
  const sign = direction === "ArrowLeft" || direction === "ArrowUp" ? -1 : 1;
  let best: { readonly id: string; readonly cost: number } | null = null;
  for (const { id } of document.nodes) {
    if (id === from) continue;
    const [otherX = 0, otherY = 0] = document.layout[id] ?? [];
    const ahead = sign * (horizontal ? otherX - x : otherY - y);
    const aside = Math.abs(horizontal ? otherY - y : otherX - x);
    if (ahead <= 0) continue;
    const cost = ahead + 2 * aside;
    if (best === null || cost < best.cost) best = { id, cost };
  }
  return best?.id ?? null;
}
