/** What can be done with a conversation from the command line, as people write it. */

/** Each action with the words that may stand behind it; none: nothing does. */
export const controlActions = {
  show: [],
  "hang-up": [],
  hold: [],
  "take-back": [],
  mute: [],
  unmute: [],
  keys: ["keys"],
  "pass-on": ["target"],
  record: ["wish"],
} as const;

type Name = keyof typeof controlActions;

/** To whom a call is passed on, before names are looked up. */
export interface NamedTarget {
  readonly kind: "operator" | "queue" | "flow" | "number" | "switchboard";
  readonly name: string;
}

/** One action, understood. */
export type ControlAction =
  | { readonly kind: "show" }
  | { readonly kind: "hangUp" }
  | { readonly kind: "hold"; readonly held: boolean }
  | { readonly kind: "mute"; readonly muted: boolean }
  | { readonly kind: "keys"; readonly keys: string }
  | { readonly kind: "passOn"; readonly to: NamedTarget }
  | { readonly kind: "record"; readonly wish: "start" | "pause" | "resume" };

/** What was not understood. */
export type Misread = "noAction" | "keys" | "target" | "wish" | "tooMuch";

const wishes = ["start", "pause", "resume"] as const;
const targets = ["operator", "queue", "flow", "number"] as const;

/** Reads an action and what stands behind it. Pure. */
export function readAction(action: string, what: string | undefined): ControlAction | Misread {
  const name = (Object.keys(controlActions) as Name[]).find((known) => known === action);
  if (name === undefined) return "noAction";
  if (what !== undefined && controlActions[name].length === 0) return "tooMuch";
  switch (name) {
    case "show":
      return { kind: "show" };
    case "hang-up":
      return { kind: "hangUp" };
    case "hold":
    case "take-back":
      return { kind: "hold", held: name === "hold" };
    case "mute":
    case "unmute":
      return { kind: "mute", muted: name === "mute" };
    case "keys":
      return what !== undefined && /^[0-9*#]{1,32}$/.test(what) ? { kind: "keys", keys: what } : "keys";
    case "pass-on": {
      const to = targetOf(what);
      return to ? { kind: "passOn", to } : "target";
    }
    case "record": {
      const wish = wishes.find((known) => known === what);
      return wish ? { kind: "record", wish } : "wish";
    }
  }
}

/** `operator:101`, `queue:Sales`, `flow:reception`, `number:0612345678`, `switchboard`. */
function targetOf(written: string | undefined): NamedTarget | null {
  if (written === undefined) return null;
  if (written === "switchboard") return { kind: "switchboard", name: "" };
  const cut = written.indexOf(":");
  const kind = targets.find((known) => known === written.slice(0, cut));
  const name = written.slice(cut + 1).trim();
  return kind && name !== "" ? { kind, name } : null;
}
