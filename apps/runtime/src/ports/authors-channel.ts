/**
 * Bus channel on which processes tell each other who draws on which flow, and that a draft was saved. Nothing of it is kept: who is not heard
 * of any more is not there.
 */
export const authorsChannel = (companyId: string) => `company/${companyId}/authors`;

/** A page that has a flow open. */
export interface AuthorTab {
  readonly flowId: string;
  readonly userId: string;
  readonly name: string;
  readonly selection: readonly string[];
}

export type AuthorsNews =
  /** `tab` null: it is closed. */
  | { readonly kind: "tab"; readonly processId: string; readonly tabId: string; readonly tab: AuthorTab | null }
  /** Whoever has pages says them anew: somebody has just begun to look. */
  | { readonly kind: "ask"; readonly processId: string }
  | { readonly kind: "draft"; readonly flowId: string; readonly rev: number };
