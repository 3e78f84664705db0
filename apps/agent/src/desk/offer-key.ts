/** What a key press means while a call is offered; `null`: nothing, it belongs to what has the focus. */
export type OfferKey = "accept" | "refuse" | null;

/** The facts of a key press that decide. */
export interface Press {
  readonly key: string;
  readonly repeat: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  /** The element that has the focus, as `tagName` and `type`, both in small letters. */
  readonly tag: string;
  readonly type: string;
  /** A dialog is open above the desk. */
  readonly dialogOpen: boolean;
}

/** Enter presses buttons and follows links: there it is theirs. In a list or a text both keys are. */
const takesEnter = ["button", "a", "select", "textarea", "summary"];
const takesEscape = ["select", "textarea"];

/** Enter accepts, Escape refuses, wherever the focus is that has no use of its own for the key. A key that is held down does nothing. */
export function offerKey(press: Press): OfferKey {
  if (press.repeat || press.ctrlKey || press.altKey || press.metaKey || press.dialogOpen) return null;
  const inText = press.tag === "input" && !["checkbox", "radio", "range"].includes(press.type);
  if (press.key === "Enter") return inText || takesEnter.includes(press.tag) ? null : "accept";
  if (press.key === "Escape") return inText || takesEscape.includes(press.tag) ? null : "refuse";
  return null;
}
