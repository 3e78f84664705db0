import type { DiallingRules, Line } from "@cordboard/api";

/** The lines whose numbers this operator may show, in the order of the rules; without rules every line of the company. */
export function linesFor(all: readonly Line[], { lines }: Pick<DiallingRules, "lines">, operatorId: string): Line[] {
  if (lines.length === 0) return [...all];
  const mine = lines.filter(({ operatorIds }) => operatorIds.length === 0 || operatorIds.includes(operatorId));
  return mine.flatMap(({ lineId }) => all.find((line) => line.lineId === lineId) ?? []);
}
