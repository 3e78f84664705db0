/** What was written into a form and not saved, by the form's place: another page and back, and it is there again. Gone with the tab. */
const kept = new Map<string, unknown>();

export function keepDraft(place: string, draft: unknown): void {
  kept.set(place, draft);
}

export function keptDraft(place: string): unknown {
  return kept.get(place);
}

export function forgetDraft(place: string): void {
  kept.delete(place);
}

/** Whether anything at all would be lost with this tab. */
export function anyDraftKept(): boolean {
  return kept.size > 0;
}
