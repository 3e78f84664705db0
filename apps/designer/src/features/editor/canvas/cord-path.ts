type Point = readonly [x: number, y: number];

/** From the middle of a jack to the edge of the box that can be pressed, px (node-card.module.css); cords begin at the ring's edge. */
const jackReach = 14;
/** From the middle of a jack to the outside of its ring, px. */
const ringReach = 6;

/** Where a cord leaves or enters the ring of the jack whose box ends there. */
export function atRing(boxEdge: number, side: "leaves" | "enters"): number {
  const inwards = jackReach - ringReach;
  return side === "leaves" ? boxEdge - inwards : boxEdge + inwards;
}

/** A cord from jack to jack: it leaves and arrives level, and sags a little. `middle` is the point half-way along it. */
export function cordPath([x1, y1]: Point, [x2, y2]: Point): { readonly path: string; readonly middle: Point } {
  const reach = Math.max(36, Math.min(220, Math.abs(x2 - x1) * 0.5 + (x2 < x1 ? 60 : 0)));
  const sag = Math.min(14, Math.hypot(x2 - x1, y2 - y1) * 0.03);
  const [c1x, c1y] = [x1 + reach, y1 + sag];
  const [c2x, c2y] = [x2 - reach, y2 + sag];
  const half = (a: number, b: number, c: number, d: number) => (a + 3 * b + 3 * c + d) / 8;
  return {
    path: `M${x1},${y1} C${c1x},${c1y} ${c2x},${c2y} ${x2},${y2}`,
    middle: [half(x1, c1x, c2x, x2), half(y1, c1y, c2y, y2)],
  };
}
