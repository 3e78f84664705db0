import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { createMessageAlerts, type MessageAlerts } from "../alerts/new-messages.ts";
import { notify } from "../alerts/notifier.ts";
import { useDesk } from "../session/desk-context.tsx";

/** A notification for each voicemail message that arrives while the page is not in front; a click on it calls `open` with its box. */
export function useMessageAlerts(open: (boxId: string) => void): void {
  const { inFront, state } = useDesk();
  const { t } = useTranslation("desk");
  const { boxes, leads } = state;
  const now = useRef({ open, t });
  now.current = { open, t };
  const alerts = useRef<MessageAlerts>(undefined);
  useEffect(() => {
    alerts.current ??= createMessageAlerts({
      seen: inFront.anywhere,
      show: ({ boxId, name, count }) => {
        // A name of its own for each: one that took the place of another would be shown without a sound.
        const options = { onClick: () => now.current.open(boxId) };
        return notify(name, now.current.t("message.arrived", { count }), `voicemail.${boxId}.${Date.now()}`, options);
      },
    });
    alerts.current.look(boxes, leads);
  }, [inFront, boxes, leads]);
}
