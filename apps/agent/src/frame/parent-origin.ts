interface Framed {
  readonly parent: unknown;
  readonly self: unknown;
  readonly location: { readonly ancestorOrigins?: { readonly [index: number]: string; readonly length: number } };
  readonly document: { readonly referrer: string };
}

/**
 * The origin of the page that shows the agent in a frame; null: none does, or the browser does not say whose it is. Which pages may is the
 * server's to say (`frame-ancestors`): a page that may not shows nothing.
 */
export function parentOrigin(window: Framed): string | null {
  if (window.parent === window.self) return null;
  const [above] = Array.from(window.location.ancestorOrigins ?? []);
  if (above !== undefined && above !== "null") return above;
  return URL.canParse(window.document.referrer) ? new URL(window.document.referrer).origin : null;
}
