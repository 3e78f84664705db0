import type { DrawnNode } from "./drawing.ts";

export type Direction = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

type Drawn = Pick<DrawnNode, "id" | "type" | "position">;

/**
 * The node, comment or folded group that an arrow key leads to: the nearest one in that direction, where straight ahead counts more than aside;
 * `null` when there is none. So all of them can be reached with four keys, as the drawing looks.
 */
export function neighbour(drawn: readonly Drawn[], from: string, direction: Direction): string | null {
  const { x, y } = drawn.find(({ id }) => id === from)?.position ?? { x: 0, y: 0 };
  const horizontal = direction === "ArrowLeft" || direction === "ArrowRight";
  const sign = direction === "ArrowLeft" || direction === "ArrowUp" ? -1 : 1;
  let best: { readonly id: string; readonly cost: number } | null = null;
  for (const { id, type, position } of drawn) {
    // A frame is around others: its title is reached with Tab.
    if (id === from || type === "frame") continue;
    const { x: otherX, y: otherY } = position;
    const ahead = sign * (horizontal ? otherX - x : otherY - y);
    const aside = Math.abs(horizontal ? otherY - y : otherX - x);
    if (ahead <= 0) continue;
    const cost = ahead + 2 * aside;
    if (best === null || cost < best.cost) best = { id, cost };
  }
  return best?.id ?? null;
}
