import type { AgentView, VoicemailMessage } from "@cordboard/api";
import { SoundPlayer } from "@cordboard/ui/sound";
import { useDesk, useServerNow } from "../session/desk-context.tsx";

/** Who listens must hear a call come, and their telephone: then a message waits. */
const quiet: readonly AgentView["state"][] = ["available", "paused", "wrapUp"];

type Props = { message: VoicemailMessage; view: AgentView; onPlayed: () => void };

/** Plays a message, as long as nobody calls. */
export function MessagePlayer({ message, view, onPlayed }: Props) {
  const { desk } = useDesk();
  const serverNow = useServerNow(10_000);
  const { messageId, durationMs, peaks, receivedAt } = message;
  return (
    <SoundPlayer
      durationMs={durationMs}
      peaks={peaks}
      fileName={`message-${receivedAt.slice(0, 16).replace(/[T:]/g, "-")}`}
      quiet={!quiet.includes(view.state)}
      onPlayed={onPlayed}
      address={async () => {
        const answer = await desk.ask("deskMessages.audio", { params: { messageId } });
        if (!answer.ok) return { problem: `${answer.error.message} ${answer.error.remedy}` };
        return { url: answer.value.url, validForMs: Date.parse(answer.value.validUntil) - serverNow };
      }}
    />
  );
}
