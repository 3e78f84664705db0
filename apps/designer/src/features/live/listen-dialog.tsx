import type { LiveBoard, Supervision } from "@cordboard/api";
import { Button, Dialog, Duration, Loading, Notice, useKeptFocus, useNow } from "@cordboard/ui";
import { PhoneOff } from "lucide-react";
import { type RefObject, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import styles from "./dialogs.module.css";
import { ListenForm, modes } from "./listen-form.tsx";

/** Listens to an operator's conversation, whispers to them, or joins the two: from asking for it to leaving. */
export function ListenDialog({
  board,
  operatorId,
  clockOffsetMs,
  onClose,
}: {
  board: LiveBoard;
  operatorId: string;
  clockOffsetMs: number;
  onClose: () => void;
}) {
  const { t } = useTranslation("live");
  const { user } = useSignedIn();
  const [asked, setAsked] = useState<string | null>(null);
  const operator = board.operators.find((one) => one.operatorId === operatorId);
  // Somebody who closed this while they listen finds their part again here.
  const mine = operator?.on?.listeners?.find(({ userId }) => userId === user.userId)?.supervisionId ?? null;
  const supervisionId = asked ?? mine;
  const place = useRef<HTMLDivElement>(null);
  useKeptFocus(place, supervisionId);
  if (!operator) return null;
  return (
    <Dialog title={t("listen.title", { name: operator.name })} onClose={onClose}>
      <div ref={place} className={styles.sections}>
        {supervisionId === null ? (
          <ListenForm operatorId={operatorId} onRings={setAsked} />
        ) : (
          <Part
            key={supervisionId}
            place={place}
            supervisionId={supervisionId}
            name={operator.name}
            clockOffsetMs={clockOffsetMs}
            onAgain={() => setAsked(null)}
            onClose={onClose}
          />
        )}
      </div>
    </Dialog>
  );
}

const EVERY_MS = 1_000;

/** One's own part in a conversation. */
function Part({
  place,
  supervisionId,
  name,
  clockOffsetMs,
  onAgain,
  onClose,
}: {
  place: RefObject<HTMLDivElement | null>;
  supervisionId: string;
  name: string;
  clockOffsetMs: number;
  onAgain: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("live");
  const input = { params: { supervisionId } };
  const [over, setOver] = useState(false);
  const part = useApiQuery("live.listening", input, over ? {} : { everyMs: EVERY_MS });
  const change = useApiChange("live.listenAs", { refreshes: ["live.listening"] });
  const leave = useApiChange("live.stopListening", { refreshes: ["live.listening"] });
  // One that is not there any more is over as well.
  const state = part.isError ? "over" : part.data?.state;
  if (state === "over" && !over) setOver(true);
  useKeptFocus(place, state);
  const hangUp = async () => {
    if ((await leave.run(input)).ok) onClose();
  };
  if (state === undefined) return <Loading />;
  if (state === "over") return <Over part={part.data} onAgain={onAgain} />;
  return (
    <>
      <div role="status">
        {state === "ringing" ? (
          <Notice kind="info">{t("listen.ringing")}</Notice>
        ) : (
          <In part={part.data} name={name} clockOffsetMs={clockOffsetMs} />
        )}
      </div>
      <ProblemNotice
        problem={change.problem ?? leave.problem}
        onDismiss={() => {
          change.forget();
          leave.forget();
        }}
      />
      <div className={styles.buttons} role="toolbar" aria-label={t("listen.how")}>
        {modes.map((mode) => (
          // Not a choice that arrow keys run through: the next one may be heard by a caller.
          <Button
            key={mode}
            kind={part.data?.mode === mode ? "primary" : "secondary"}
            aria-pressed={part.data?.mode === mode}
            busy={change.busy}
            onClick={() => void change.run({ ...input, body: { mode } })}
          >
            {t(`listen.mode.${mode}`)}
          </Button>
        ))}
        <Button kind="danger" icon={PhoneOff} busy={leave.busy} onClick={() => void hangUp()}>
          {t("listen.leave")}
        </Button>
      </div>
    </>
  );
}

function In({ part, name, clockOffsetMs }: { part: Supervision | undefined; name: string; clockOffsetMs: number }) {
  const { t } = useTranslation("live");
  const now = useNow(1_000, () => Date.now() + clockOffsetMs);
  if (!part) return null;
  return (
    <Notice kind={part.mode === "join" ? "warning" : "info"}>
      {t(`listen.in.${part.mode}`, { name })}{" "}
      {part.since !== null && <Duration ms={Math.max(0, now - Date.parse(part.since))} />}
    </Notice>
  );
}

function Over({ part, onAgain }: { part: Supervision | undefined; onAgain: () => void }) {
  const { t } = useTranslation("live");
  const failed = part?.failed ?? null;
  return (
    <>
      <Notice kind={failed === null ? "info" : "warning"}>
        {failed === null ? t("listen.over") : t(`listen.failed.${failed}`)}
      </Notice>
      <div className={styles.buttons}>
        <Button onClick={onAgain}>{t("listen.again")}</Button>
      </div>
    </>
  );
}
