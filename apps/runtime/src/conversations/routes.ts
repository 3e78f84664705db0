import type { Handlers } from "../http/handlers.ts";
import type { ConversationArchive } from "./service.ts";

export const conversationHandlers = (
  conversations: ConversationArchive,
): Pick<Handlers, "recordings.audio" | "recordings.delete"> => ({
  "recordings.audio": ({ scope, input }) => conversations.audio(scope, input.params.recordingId),
  "recordings.delete": async ({ scope, input }) => {
    await conversations.delete(scope, input.params.recordingId);
    return undefined;
  },
});
