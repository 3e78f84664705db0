/** Who draws on a flow at the same time, over `authorSockets`. A hint between screens: nothing of it is kept, and what is saved goes by REST. */
import { type Static, Type } from "typebox";
import { FlowId, Id, Name } from "./schemas.ts";

const closed = { additionalProperties: false } as const;
const v = Type.Literal(1);

/** What somebody has selected: nodes by their ids, comments and groups by the keys that the drawing gives them. More than these is not told. */
export const MOST_SELECTED = 40;
const Selection = Type.Array(Type.String({ minLength: 1, maxLength: 120 }), { maxItems: MOST_SELECTED });

/** What a designer's socket says: which flow its page shows, and what is selected there. Said anew at each change. */
export const AuthorPlace = Type.Object(
  { v, type: Type.Literal("at"), flowId: FlowId, selection: Selection },
  { ...closed, title: "AuthorPlace" },
);
export type AuthorPlace = Static<typeof AuthorPlace>;

/** Somebody who has the flow open to draw on it. One person with two pages is there twice. */
export const CoAuthor = Type.Object(
  { tabId: Type.String(), userId: Id, name: Name, selection: Selection },
  { ...closed, title: "CoAuthor" },
);
export type CoAuthor = Static<typeof CoAuthor>;

/** What the socket is told. */
export const AuthorsMessage = Type.Union([
  /** Everybody else who has this flow open. */
  Type.Object({ v, type: Type.Literal("authors"), flowId: FlowId, authors: Type.Array(CoAuthor) }, closed),
  /** A draft of the flow was saved: read it where it is not one's own. */
  Type.Object({ v, type: Type.Literal("draft"), flowId: FlowId, rev: Type.Integer({ minimum: 0 }) }, closed),
  /** The session is over; the socket closes after this. */
  Type.Object({ v, type: Type.Literal("sessionEnded") }, closed),
]);
export type AuthorsMessage = Static<typeof AuthorsMessage>;
