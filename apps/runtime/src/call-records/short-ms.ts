/** Who hangs up in line before this was not waiting yet: counted apart (docs/figures.md). */
export const SHORT_MS = 5_000;
