import { useCallback, useEffect, useState } from "react";
import { anyDraftKept, forgetDraft, keepDraft, keptDraft } from "./kept-drafts.ts";

export interface Draft<Fields> {
  readonly fields: Fields;
  /** True while something is written that is not saved. */
  readonly dirty: boolean;
  /** It was written before somebody went to another page and came back. */
  readonly found: boolean;
  readonly set: (changes: Partial<Fields>) => void;
  /** Forgets what was written. */
  readonly discard: () => void;
}

/**
 * What is being written into a form, over what is saved. Unsaved words outlive a look at another page (`place` names the form), and
 * a tab that would be closed over them asks. What is saved meanwhile by others shows as long as nothing is written.
 */
export function useDraft<Fields extends object>(place: string, saved: Fields): Draft<Fields> {
  const [written, setWritten] = useState<Partial<Fields> | null>(() => readKept<Fields>(place));
  const [found, setFound] = useState(written !== null);
  const fields = { ...saved, ...written };
  const dirty = written !== null && JSON.stringify(fields) !== JSON.stringify(saved);
  useEffect(() => {
    if (dirty) keepDraft(place, written);
    else forgetDraft(place);
  }, [place, dirty, written]);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (anyDraftKept()) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, []);
  const set = useCallback((changes: Partial<Fields>) => setWritten((before) => ({ ...before, ...changes })), []);
  const discard = useCallback(() => {
    forgetDraft(place);
    setWritten(null);
    setFound(false);
  }, [place]);
  return { fields, dirty, found: found && dirty, set, discard };
}

/** Only this hook writes drafts, each place with the fields of its own form. */
function readKept<Fields>(place: string): Partial<Fields> | null {
  const kept = keptDraft(place);
  return kept === undefined ? null : (kept as Partial<Fields>);
}
