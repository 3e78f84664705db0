import type { GoalResult } from "./goal.ts";

const VERDICTS = { met: "met", missed: "MISSED", void: "void", figure: "" } as const;

/** The results as lines for a terminal: the goal with its verdict, and below it what was seen and against what. */
export function table(results: readonly GoalResult[]): string {
  const rows = results.map(({ goal, ratio, ratioGoal, verdict }) => [
    goal,
    ratio === null ? "" : ratio.toFixed(Math.abs(ratio) < 1 ? 3 : 2),
    ratioGoal ?? "",
    VERDICTS[verdict],
  ]);
  const header = ["goal", "ratio", "asked", "verdict"];
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  const body = results.flatMap((result, index) => {
    const aimed = result.figureGoal && ` (aimed at ${result.figureGoal}: ${result.figureMet ? "reached" : "not here"})`;
    return [line(rows[index] ?? []), `    ${result.figure}${aimed ?? ""}`, `    against ${result.against}`];
  });
  return ["", line(header), line(widths.map((width) => "─".repeat(width))), ...body, ""].join("\n");
}
