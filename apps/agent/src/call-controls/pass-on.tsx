import type { ConsultTarget, PassOnTarget, PassOnTargets } from "@cordboard/api";
import { Button, Loading, Notice, StateLamp, TextField } from "@cordboard/ui";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import { useAnswer } from "../session/use-answer.ts";
import styles from "./call-controls.module.css";
import { findTargets, isNumberLike } from "./find-targets.ts";

/** What the colleagues are doing changes: looked at again this often, milliseconds. */
const againMs = 5_000;

/**
 * Whom to pass the caller on to, or (`askFirst`) to ask before: one writes a name or a number, and chooses. Free colleagues come first.
 */
export function PassOn({ askFirst = false, onClose }: { askFirst?: boolean; onClose: () => void }) {
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
      aria-label={t(askFirst ? "consultTitle" : "passOnTitle")}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <TextField
        ref={field}
        label={t(askFirst ? "consultWhom" : "whom")}
        hint={t("whomHint")}
        type="search"
        autoComplete="off"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      {value === null ? <Loading /> : <Targets directory={value} {...{ wanted, askFirst }} onDone={onClose} />}
    </section>
  );
}

type Chosen = PassOnTarget | ConsultTarget;

function Targets({
  directory,
  wanted,
  askFirst,
  onDone,
}: {
  directory: PassOnTargets;
  wanted: string;
  askFirst: boolean;
  onDone: () => void;
}) {
  const { desk, state } = useDesk();
  const { t } = useTranslation(["controls", "dialling"]);
  const busy = state.busy.includes(askFirst ? "consult" : "passOn");
  const found = findTargets(directory, wanted);
  const { operators, queues, switchboard } = found;
  // Nobody can be asked by a flow, and who is at a telephone has no desk to get a call back from.
  const [flows, telephones] = askFirst ? [[], found.telephones] : [found.flows, []];
  const send = async (to: Chosen) => {
    if (askFirst) return to.kind !== "flow" && desk.consult(to);
    return to.kind !== "telephone" && desk.passOn(to);
  };
  const choose = (to: Chosen) => void send(to).then((done) => done && onDone());
  const count = operators.length + queues.length + flows.length + telephones.length;
  const nothing = count === 0 && !switchboard && !isNumberLike(wanted);
  const others: readonly Other[] = [
    ...queues.map(({ queueId, name, waiting, staffed }) => ({
      ...{ key: queueId, to: { kind: "queue", queueId } as const, label: name },
      more: `${t("queue")} · ${staffed ? t("waiting", { count: waiting }) : t("nobodyThere")}`,
    })),
    ...flows.map(({ flowId, name }) => ({
      ...{ key: flowId, to: { kind: "flow", flowId } as const, label: name },
      more: t("flow"),
    })),
    ...telephones.map(({ telephoneId, name }) => ({
      ...{ key: telephoneId, to: { kind: "telephone", telephoneId } as const, label: name },
      more: t("telephone"),
    })),
    ...(switchboard ? [{ key: "switchboard", to: { kind: "switchboard" } as const, label: t("switchboard") }] : []),
  ];
  return (
    <>
      {isNumberLike(wanted) && (
        <Button wide busy={busy} onClick={() => choose({ kind: "number", number: wanted })}>
          {t(askFirst ? "askNumber" : "toNumber", { number: wanted })}
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
        {others.map(({ key, to, label, more }) => (
          <li key={key}>
            <Button wide kind="quiet" disabled={busy} className={styles.target} onClick={() => choose(to)}>
              <span>{label}</span>
              {more !== undefined && <span className={styles.faint}>{more}</span>}
            </Button>
          </li>
        ))}
      </ul>
      {nothing && <Notice kind="info">{t("nobodyFound")}</Notice>}
      <p className={styles.faint}>{t(askFirst ? "hearsMusic" : "comesBack")}</p>
    </>
  );
}

interface Other {
  readonly key: string;
  readonly to: Chosen;
  readonly label: string;
  readonly more?: string;
}
