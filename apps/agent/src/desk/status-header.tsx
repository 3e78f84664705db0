import type { AgentView } from "@cordboard/api";
import { formatDuration, Icon, IconButton, StateLamp, useUiLanguage } from "@cordboard/ui";
import { ChevronDown, PictureInPicture, PictureInPicture2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useServerNow } from "../session/desk-context.tsx";
import styles from "./status-header.module.css";
import type { Floating } from "./use-floating.ts";

type Props = {
  view: AgentView;
  settingsOpen: boolean;
  settingsId: string;
  onToggle: () => void;
  floating: Floating;
};

/** States that last: how long is of use. What rings or is offered is counted below. */
const lasting: readonly string[] = ["available", "paused", "wrapUp", "handedOver"];

/** The operator's state and for how long, and the telephone that rings for them; a press on it opens the settings. */
export function StatusHeader({ view, settingsOpen, settingsId, onToggle, floating }: Props) {
  const { t } = useTranslation("desk");
  const language = useUiLanguage();
  const now = useServerNow();
  const word = stateWord(view);
  const lasts = lasting.includes(view.state) && formatDuration(now - Date.parse(view.since), language);
  return (
    <header className={styles.header}>
      <h1 className={styles.state}>
        <StateLamp
          state={view.state}
          word={word === null ? undefined : t(word)}
          detail={lasts === false ? undefined : lasts}
        />
      </h1>
      {floating.open !== null && (
        <IconButton
          icon={floating.home === null ? PictureInPicture2 : PictureInPicture}
          label={t(floating.home === null ? "floating.open" : "floating.close")}
          onClick={floating.home === null ? floating.open : floating.close}
        />
      )}
      <button
        type="button"
        className={styles.telephone}
        aria-expanded={settingsOpen}
        {...(settingsOpen && { "aria-controls": settingsId })}
        title={t("telephone.open")}
        onClick={onToggle}
      >
        <span className={styles.name}>
          {view.telephone?.softphone === undefined
            ? (view.telephone?.name ?? t("telephone.none"))
            : t("telephone.browser")}
        </span>
        <span className={styles.turning} data-open={settingsOpen}>
          <Icon as={ChevronDown} />
        </span>
      </button>
    </header>
  );
}

/** What is said instead of the state's own word: a callback is no call that comes; a browser that is the telephone picks up without ringing. */
function stateWord({ state, offer, telephone }: AgentView) {
  if (state === "offered" && offer?.callback) return "offer.callbackTitle";
  return state === "ringing" && telephone?.softphone !== undefined ? "call.comesHere" : null;
}
