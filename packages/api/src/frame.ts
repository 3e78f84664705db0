/**
 * What the operator's agent and the page that shows it in a frame say to each other, by `postMessage`. Both unions are closed; each message
 * carries `cordboard: 1`, so that whatever else is said between frames is left alone.
 */
import { type Static, Type } from "typebox";
import { OperatorStateName } from "./agent-view.ts";
import { Id, IsoTime, LanguageTag } from "./schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const Text = Type.String();
const ours = { cordboard: Type.Literal(1) };

/** Of a call that the operator is offered or has: who it is, and what for. A hidden number is null. */
export const FrameCall = Type.Object(
  {
    callId: Id,
    from: nullable(Text),
    fromText: nullable(Text),
    hidden: Type.Boolean(),
    callerName: nullable(Text),
    to: Text,
    lineName: Text,
    language: LanguageTag,
    queueId: nullable(Id),
    queueName: nullable(Text),
    /** What would be opened in a tab: a page that shows the file itself may use it instead. */
    scriptUrl: nullable(Text),
    startedAt: IsoTime,
    answeredAt: nullable(IsoTime),
  },
  closed,
);
export type FrameCall = Static<typeof FrameCall>;

/** What the agent says to the page. */
export const FrameNews = Type.Union([
  /** The agent listens: after it was loaded, and each time somebody signs in or out. */
  Type.Object({ ...ours, type: Type.Literal("ready"), signedIn: Type.Boolean() }, closed),
  Type.Object(
    {
      ...ours,
      type: Type.Literal("state"),
      state: OperatorStateName,
      since: IsoTime,
      /** Why paused, and the operator's own word for it. */
      pause: nullable(Type.Object({ reason: Text, label: nullable(Text) }, closed)),
    },
    closed,
  ),
  Type.Object({ ...ours, type: Type.Literal("callOffered"), call: FrameCall }, closed),
  /** The offer is over without the operator having the call. */
  Type.Object({ ...ours, type: Type.Literal("callWithdrawn"), callId: Id }, closed),
  /** The operator talks to the caller. */
  Type.Object({ ...ours, type: Type.Literal("callAnswered"), call: FrameCall }, closed),
  Type.Object({ ...ours, type: Type.Literal("callEnded"), call: FrameCall }, closed),
  /** What came of a command, by the `id` that it was sent with. */
  Type.Object({ ...ours, type: Type.Literal("done"), id: Text }, closed),
  Type.Object({ ...ours, type: Type.Literal("refused"), id: Text, code: Text, message: Text }, closed),
]);
export type FrameNews = Static<typeof FrameNews>;

/** What the page asks of the agent. `id` is the page's own. */
export const FrameCommand = Type.Union([
  Type.Object({ ...ours, id: Text, type: Type.Literal("setState"), state: Type.Literal("available") }, closed),
  Type.Object(
    {
      ...ours,
      id: Text,
      type: Type.Literal("setState"),
      state: Type.Literal("paused"),
      /** A code of the company's reasons; null: none. During a call it holds after it. */
      reason: nullable(Text),
    },
    closed,
  ),
  /** Calls a number for the operator, as they would from the agent: judged by the same rules. */
  Type.Object({ ...ours, id: Text, type: Type.Literal("dial"), number: Text }, closed),
  /** Has everything said again that holds now. */
  Type.Object({ ...ours, id: Text, type: Type.Literal("tell") }, closed),
]);
export type FrameCommand = Static<typeof FrameCommand>;

/** The header with which an agent in a frame signs in: its cookie is then one that browsers send inside another site's page. */
export const frameHeader = "X-Cordboard-Frame";
