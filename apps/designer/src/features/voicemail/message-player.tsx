import type { VoicemailMessage } from "@cordboard/api";
import { SoundPlayer } from "@cordboard/ui/sound";
import { useMessageSound } from "./queries.ts";

type Recorded = Pick<VoicemailMessage, "messageId" | "durationMs"> & Partial<Pick<VoicemailMessage, "peaks">>;

/** Plays a message, from any place in it, as fast as one likes; and downloads it. */
export function MessagePlayer({ message, onHeard }: { message: Recorded; onHeard?: () => void }) {
  const soundOf = useMessageSound();
  return (
    <SoundPlayer
      durationMs={message.durationMs}
      peaks={message.peaks ?? []}
      fileName={message.messageId}
      {...(onHeard && { onPlayed: onHeard })}
      address={async () => {
        const answer = await soundOf(message);
        if (!answer.ok) return { problem: `${answer.error.message} ${answer.error.remedy}` };
        return { url: answer.value.url, validForMs: Date.parse(answer.value.validUntil) - Date.now() };
      }}
    />
  );
}
