import type { SimNow } from "@cordboard/simulator/scenario";
import { Button, StateLamp } from "@cordboard/ui";
import { Clock, Mic, PhoneOff, Play, UserPlus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Keypad } from "./keypad.tsx";
import { operatorId, signsIn } from "./setup.ts";
import styles from "./simulator.module.css";
import type { TrialOutcome } from "./simulator-worker.ts";
import { useNames } from "./use-names.ts";
import type { Simulator } from "./use-simulator.ts";

const waits = ["5s", "30s", "2m"] as const;

/** What can be done now: by the caller, by the clock, by the operators. */
export function Controls({ simulator, outcome }: { simulator: Simulator; outcome: TrialOutcome }) {
  const { t } = useTranslation("simulator");
  const { act, waitForNews } = simulator;
  const now = outcome.cut?.now ?? outcome.run.now;
  const { over } = now;
  return (
    <>
      <section className={styles.section} aria-label={t("caller")}>
        <h3>{t("caller")}</h3>
        <div className={styles.telephone}>
          <Keypad disabled={over} onKey={(presses) => act({ presses })} />
          <div className={styles.buttons}>
            <Button kind="primary" icon={Play} disabled={over} onClick={waitForNews}>
              {t("listen")}
            </Button>
            {waits.map((staysSilentFor) => (
              <Button key={staysSilentFor} icon={Clock} disabled={over} onClick={() => act({ staysSilentFor })}>
                {t(`wait.${staysSilentFor}`)}
              </Button>
            ))}
            {now.open === "record" && (
              <Button icon={Mic} onClick={() => act({ speaksFor: "5s" })}>
                {t("speak")}
              </Button>
            )}
            {now.talksTo !== null && (
              <Button icon={PhoneOff} onClick={() => act({ otherSideHangsUp: true })}>
                {t("otherHangsUp")}
              </Button>
            )}
            <Button icon={PhoneOff} disabled={over} onClick={() => act({ hangsUp: true })}>
              {t("hangUp")}
            </Button>
          </div>
        </div>
      </section>
      {simulator.uses.queues.length > 0 && <Operators simulator={simulator} now={now} />}
    </>
  );
}

function Operators({ simulator, now }: { simulator: Simulator; now: SimNow }) {
  const { t } = useTranslation("simulator");
  const names = useNames();
  const { act, uses } = simulator;
  const next = operatorId(now.operators.length);
  return (
    <section className={styles.section} aria-label={t("operators")}>
      <div className={styles.sectionHead}>
        <h3>{t("operators")}</h3>
        <Button icon={UserPlus} kind="quiet" onClick={() => act(signsIn(next, uses))}>
          {t("signsIn")}
        </Button>
      </div>
      {now.operators.length === 0 && <p className={styles.quiet}>{t("nobody")}</p>}
      <ul className={styles.operators}>
        {now.operators.map(({ id: operator, state }) => (
          <li key={operator}>
            <span className={styles.operator}>
              {names.person(operator)} <StateLamp state={state} />
            </span>
            <span className={styles.buttons}>
              {state === "offered" && (
                <>
                  <Button onClick={() => act({ operator, acceptsAfter: "0s" })}>{t("accepts")}</Button>
                  <Button onClick={() => act({ operator, refusesAfter: "0s" })}>{t("refuses")}</Button>
                  <Button onClick={() => act({ operator, missesTheOffer: true })}>{t("ignores")}</Button>
                </>
              )}
              {state === "talking" && (
                <Button onClick={() => act({ operator, hangsUp: true })}>{t("operatorHangsUp")}</Button>
              )}
              {state === "wrapUp" && <Button onClick={() => act({ operator, isReady: true })}>{t("ready")}</Button>}
              {state === "available" && <Button onClick={() => act({ operator, pauses: true })}>{t("pauses")}</Button>}
              {state === "paused" && <Button onClick={() => act({ operator, resumes: true })}>{t("resumes")}</Button>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
