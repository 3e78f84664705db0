/**
 * A centre that is opened or closed by telephone, as flows and their host speak of it. A centre is a schedule, and what is switched is its one
 * switch. The flow asks, the host answers at once (channel `ask`): whose code was keyed, and whether they may, is the host's business.
 */

/** Until when a centre stays as it was switched: until somebody gives it back to its timetable, the timetable changes next, or the day ends. */
export const CENTRE_HOLDS = ["takenBack", "nextChange", "endOfDay"] as const;
export type CentreHold = (typeof CENTRE_HOLDS)[number];

export type CentreQuestion =
  /** Who keyed this, and how the centre stands; `code` is in nothing that is stored. */
  | { readonly what: "enter"; readonly scheduleId: string; readonly code: string }
  /** How it stands now. */
  | { readonly what: "look"; readonly scheduleId: string; readonly userId: string }
  /** It is opened, or closed, whatever its timetable says. */
  | {
      readonly what: "open" | "close";
      readonly scheduleId: string;
      readonly userId: string;
      readonly hold: CentreHold;
    }
  /** It goes by its timetable again. */
  | { readonly what: "giveBack"; readonly scheduleId: string; readonly userId: string };

/**
 * How the centre stands, once what was asked is done; `…ByHand`: whatever its timetable says. `refused`: nobody has this code. `locked`: too
 * many wrong ones. `forbidden`: who has it may not switch this centre. `failed`: the host could not say.
 */
export type CentreResult =
  | "open"
  | "closed"
  | "holiday"
  | "openByHand"
  | "closedByHand"
  | "refused"
  | "locked"
  | "forbidden"
  | "failed";

/** What the states of a node do with a centre; who is at the telephone is added by the engine. `enter`: only where `input.digits` is handled. */
export type CentreAction =
  | { readonly what: "enter" | "look" | "giveBack"; readonly scheduleId: string }
  | { readonly what: "open" | "close"; readonly scheduleId: string; readonly hold: CentreHold };
