/** A supervisor in the conversation of an operator and a caller: heard by nobody, by the operator alone, or by both. */
export type SupervisionMode = "listen" | "whisper" | "join";

/** The conversation that a supervisor comes into, who they are, and whether the operator may see it. */
export interface SupervisedTalk {
  readonly callId: string;
  /** The offer by which the operator got the call (null: they dialled it): another conversation of the same call is not meant. */
  readonly offerId: string | null;
  readonly queueId: string | null;
  readonly operatorId: string;
  readonly operatorName: string;
  readonly userId: string;
  readonly userName: string;
  readonly shown: boolean;
}

/** Somebody who is in a conversation beside the two. */
export interface TalkListener {
  /** Our id of the supervisor's own call. */
  readonly supervisionId: string;
  readonly userId: string;
  readonly name: string;
  readonly mode: SupervisionMode;
  readonly shown: boolean;
}

/** What a supervisor asks of their own part in a conversation. */
export type SupervisionWish =
  | { readonly kind: "mode"; readonly mode: SupervisionMode }
  /** They leave; the two go on talking. */
  | { readonly kind: "leave" };
