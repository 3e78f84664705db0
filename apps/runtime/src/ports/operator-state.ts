/** The states of design section 2. */
export type OperatorState =
  | "offline"
  | "available"
  | "paused"
  | "offered"
  | "ringing"
  | "talking"
  | "wrapUp"
  | "dialling"
  | "handedOver";

/**
 * Why an operator is set aside. `asked`: their own wish, with `label` (a code of the company's list); `forced`: a supervisor's; the others
 * are ours and say what went wrong.
 */
export interface PauseView {
  readonly reason:
    | "asked"
    | "forced"
    | "missed"
    | "telephoneBusy"
    | "telephoneSilent"
    | "telephoneUnreachable"
    | "telephoneTaken"
    | "connectionLost";
  readonly label: string | null;
}
