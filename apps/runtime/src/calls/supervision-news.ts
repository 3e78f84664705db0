import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument } from "./model.ts";
import { type Listened, supervisedTalk, talkStanding } from "./supervision.ts";

interface Given {
  readonly find: (callId: string) => Promise<Pick<CallDocument, "status" | "leg" | "apart" | "placed"> | null>;
  /** Tells the owner of the conversation. */
  readonly tell: (callId: string, listened: Listened) => Promise<"taken" | "gone" | "unowned">;
  readonly left: (call: CallDocument) => Promise<void>;
}

/** What a supervisor's call knows of the conversation that it is for, and tells it. */
export function supervisionBy({ find, tell, left }: Given): LiveCallPorts["supervision"] {
  return {
    async standing(call) {
      const talk = supervisedTalk(call);
      return talk ? talkStanding(await find(talk.callId), talk) : "over";
    },
    async told(call, mode) {
      const talk = supervisedTalk(call);
      if (!talk) return;
      // First who has listened: a conversation that nobody owns just now must not keep that from the log.
      if (mode === null) await left(call);
      const { userId, userName: name, shown } = talk;
      const heard = await tell(talk.callId, [talk, { supervisionId: call._id, userId, name, shown }, mode]);
      if (heard === "unowned") throw new Error("nobody owns the conversation just now");
    },
  };
}
