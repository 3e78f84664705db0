/**
 * Into how many columns so many tiles go on a screen of that shape (width by height), so that they are as large as can be: a tile reads best
 * half as wide again as it is high. Pure.
 */
export function columnsFor(tiles: number, shape: number): number {
  let best = { columns: 1, size: 0 };
  for (let columns = 1; columns <= Math.max(1, tiles); columns += 1) {
    const rows = Math.ceil(tiles / columns);
    const size = Math.min(shape / columns / tileShape, 1 / rows);
    if (size > best.size + 1e-9) best = { columns, size };
  }
  return best.columns;
}

const tileShape = 1.5;
