/** Finds a Chromium, or fetches the one in npm's package; `sentence` says what to do when none can be had. */
export function ensureChromium(
  root: string,
): Promise<{ readonly ok: true; readonly path: string } | { readonly ok: false; readonly sentence: string }>;
