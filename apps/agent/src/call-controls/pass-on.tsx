import type { PassOnTarget, PassOnTargets } from "@cordboard/api";
import { Button, Loading, Notice, StateLamp, TextField } from "@cordboard/ui";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import { useAnswer } from "../session/use-answer.ts";
import styles from "./call-controls.module.css";
import { findTargets, isNumberLike } from "./find-targets.ts";

/** What the colleagues are doing changes: looked at again this often, milliseconds. */
const againMs = 5_000;

/** Whom to pass the caller on to: one writes a name or a number, and chooses. Free colleagues come first. */
export function PassOn({ onClose }: { onClose: () => void }) {
  const { desk } = useDesk();
  const { t } = useTranslation("controls");
  const [wanted, setWanted] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const [round, setRound] = useState(0);
  const ask = useCallback(() => desk.ask("desk.passOnTargets"), [desk]);
  const { value } = useAnswer(ask, round);
  useEffect(() => {
    const again = setInterval(() => setRound((before) => before + 1), againMs);
    return () => clearInterval(again);
  }, []);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  return (
    <section
      className={styles.passOn}
      aria-label={t("passOnTitle")}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <TextField
        ref={field}
        label={t("whom")}
        hint={t("whomHint")}
        type="search"
        autoComplete="off"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      {value === null ? <Loading /> : <Targets directory={value} wanted={wanted} onDone={onClose} />}
    </section>
  );
}

function Targets({ directory, wanted, onDone }: { directory: PassOnTargets; wanted: string; onDone: () => void }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation(["controls", "dialling"]);
  const busy = state.busy.includes("passOn");
  const { operators, queues, flows, switchboard } = findTargets(directory, wanted);
  const choose = (to: PassOnTarget) => {
    void desk.passOn(to).then((done) => done && onDone());
  };
  const nothing = operators.length + queues.length + flows.length === 0 && !switchboard && !isNumberLike(wanted);
  return (
    <>
      {isNumberLike(wanted) && (
        <Button wide busy={busy} onClick={() => choose({ kind: "number", number: wanted })}>
          {t("toNumber", { number: wanted })}
        </Button>
      )}
      <ul className={styles.targets}>
        {operators.map(({ operatorId, name, state: doing, free }) => (
          <li key={operatorId}>
            <Button
              wide
              kind="quiet"
              disabled={!free || busy}
              className={styles.target}
              onClick={() => choose({ kind: "operator", operatorId })}
            >
              <span>{name}</span>
              <StateLamp state={doing} word={t(`dialling:state.${doing}`)} />
            </Button>
          </li>
        ))}
        {queues.map(({ queueId, name, waiting, staffed }) => (
          <li key={queueId}>
            <Button
              wide
              kind="quiet"
              disabled={busy}
              className={styles.target}
              onClick={() => choose({ kind: "queue", queueId })}
            >
              <span>{t("queue", { name })}</span>
              <span className={styles.faint}>{staffed ? t("waiting", { count: waiting }) : t("nobodyThere")}</span>
            </Button>
          </li>
        ))}
        {flows.map(({ flowId, name }) => (
          <li key={flowId}>
            <Button
              wide
              kind="quiet"
              disabled={busy}
              className={styles.target}
              onClick={() => choose({ kind: "flow", flowId })}
            >
              <span>{t("flow", { name })}</span>
            </Button>
          </li>
        ))}
        {switchboard && (
          <li>
            <Button
              wide
              kind="quiet"
              disabled={busy}
              className={styles.target}
              onClick={() => choose({ kind: "switchboard" })}
            >
              <span>{t("switchboard")}</span>
            </Button>
          </li>
        )}
      </ul>
      {nothing && <Notice kind="info">{t("nobodyFound")}</Notice>}
      <p className={styles.faint}>{t("comesBack")}</p>
    </>
  );
}
