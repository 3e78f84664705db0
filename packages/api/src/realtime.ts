/**
 * What an agent and the runtime say to each other over the socket. One event, `message`, each way; both unions are closed and carry `v`:
 * a reader drops what has another version or type, and asks for the view instead.
 *
 * The socket is a hint, REST is the truth: whoever sees a gap in `seq` sends `refresh`.
 */
import { type Static, Type } from "typebox";
import { AgentView } from "./agent-view.ts";
import { DeskVoicemailBox } from "./routes/voicemail-boxes.ts";
import { Id, IsoTime } from "./schemas.ts";

const closed = { additionalProperties: false } as const;
const v = Type.Literal(1);

export const ServerMessage = Type.Union([
  /** The whole view: after connecting, after each change, and when asked for. `view.seq` rises; a lower one is late. */
  Type.Object({ v, type: Type.Literal("view"), view: AgentView }, closed),
  /**
   * New waiting numbers of the operator's queues. `seq` rises by one a message; the first after `view` starts anywhere.
   * A gap means that one was lost: send `refresh`.
   */
  Type.Object(
    {
      v,
      type: Type.Literal("queues"),
      seq: Type.Integer({ minimum: 0 }),
      queues: Type.Array(
        Type.Object(
          {
            queueId: Id,
            waiting: Type.Integer({ minimum: 0 }),
            longestSince: Type.Union([IsoTime, Type.Null()]),
            closed: Type.Optional(Type.Boolean()),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
  /** How many messages nobody has heard, in each box that the operator may hear: after connecting, and after each change. */
  Type.Object({ v, type: Type.Literal("voicemail"), boxes: Type.Array(DeskVoicemailBox) }, closed),
  /** How many callbacks are to be made, in each queue that the operator may serve: after connecting, and after each change. */
  Type.Object(
    {
      v,
      type: Type.Literal("callbacks"),
      queues: Type.Array(Type.Object({ queueId: Id, open: Type.Integer({ minimum: 0 }) }, closed)),
    },
    closed,
  ),
  /** The session is over (signed out elsewhere, expired, replaced): the socket closes after this. A call in progress goes on. */
  Type.Object({ v, type: Type.Literal("sessionEnded") }, closed),
]);
export type ServerMessage = Static<typeof ServerMessage>;

export const ClientMessage = Type.Union([
  /** Answered by `view`. */
  Type.Object({ v, type: Type.Literal("refresh") }, closed),
]);
export type ClientMessage = Static<typeof ClientMessage>;
