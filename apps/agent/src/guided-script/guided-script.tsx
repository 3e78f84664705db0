import type { AgentCall } from "@cordboard/api";
import { answerTo, missingIn, nextOf, stepAt } from "@cordboard/api/questionnaire";
import { Button, formatTime, Notice, Select } from "@cordboard/ui";
import { AnswerList, GuidedStep } from "@cordboard/ui/guided";
import { ArrowLeft } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useTimeForm } from "../desk/use-time-form.ts";
import type { Desk } from "../session/create-desk.ts";
import { useDesk } from "../session/desk-context.tsx";
import { createGuide, type Guide } from "./create-guide.ts";
import styles from "./guided-script.module.css";
import { createPendingChanges } from "./pending-changes.ts";

/** While a colleague is in the call too, what they answer is asked for so often, milliseconds. */
const togetherMs = 4_000;

/** The guided conversation of the operator's call, step by step. `call` null: what is still to be sent of an earlier one. */
export function GuidedScript({ call, operatorId }: { call: AgentCall | null; operatorId: string }) {
  const { desk, state: deskState } = useDesk();
  const { t } = useTranslation("guided");
  const form = useTimeForm();
  const guide = guideOf(desk, operatorId);
  const state = useSyncExternalStore(guide.subscribe, guide.getState, guide.getState);
  const callId = call?.callId ?? null;
  const together = call !== null && (call.consult?.state === "talking" || call.card.consultedBy !== undefined);
  const isUp = deskState.link.status !== "lost" && !deskState.sessionExpired;
  useEffect(() => void guide.open(callId), [guide, callId]);
  useEffect(() => {
    if (isUp) guide.resume();
  }, [guide, isUp]);
  useEffect(() => {
    if (!together) return;
    const timer = setInterval(() => void guide.open(callId), togetherMs);
    return () => {
      clearInterval(timer);
      // What they answered last is there when they have gone.
      void guide.open(callId);
    };
  }, [guide, together, callId]);
  const { scripts, progress, refused, problem } = state;
  const run = state.callId === callId ? (scripts?.current ?? null) : null;
  const others = state.callId === callId ? (scripts?.others ?? []) : [];
  const contacts = call?.card.script?.guided ? call.card.contacts : [];
  const problems = (
    <>
      {state.unsent > 0 && state.lost && <Notice kind="warning">{t("unsent", { count: state.unsent })}</Notice>}
      {problem !== null && (run === null || problem.status !== 0) && (
        <Notice kind="error">{`${problem.message} ${problem.remedy}`}</Notice>
      )}
      {refused.length > 0 && (
        <Notice kind="warning" onDismiss={guide.dismiss}>
          {refused
            .map(({ why, operatorName }) => t(`refused.${why}`, { name: operatorName ?? "" }))
            .filter((sentence, at, all) => all.indexOf(sentence) === at)
            .join(" ")}
        </Notice>
      )}
    </>
  );
  const step = run && progress ? stepAt(run.questionnaire, progress) : undefined;
  if (!run || !progress || !step)
    return state.unsent > 0 || problem !== null || others.length > 0 ? (
      <div className={styles.guide}>
        {problems}
        <Others others={others} />
      </div>
    ) : null;
  const given = (key: string) => run.answers.find((answer) => answer.key === key);
  const remark = (key: string) => {
    const answer = given(key);
    const mine = answer?.operatorId === operatorId;
    if (!answer || mine || JSON.stringify(answer.value) !== JSON.stringify(answerTo(progress, key))) return null;
    return (
      <p className={styles.by}>
        {t("by", { name: answer.operatorName, time: formatTime(Date.parse(answer.at), form) })}
      </p>
    );
  };
  return (
    <section className={styles.guide} aria-label={run.name}>
      <p className={styles.head}>
        <strong>{run.name}</strong>
        <span className={styles.by}>{state.unsent > 0 ? t("keeping") : t("kept")}</span>
      </p>
      {problems}
      {contacts.length > 1 && (
        <Select
          label={t("who")}
          placeholder={t("choose")}
          options={contacts.map(({ contactId, name, company }) => ({
            value: contactId,
            label: company === "" ? name : `${name} · ${company}`,
          }))}
          value={run.contactId}
          onChange={(contactId) => void guide.choose(contactId)}
        />
      )}
      {progress.finished ? (
        <Finished guide={guide} />
      ) : (
        <GuidedStep
          step={step}
          answerTo={(key) => answerTo(progress, key)}
          missing={() => missingIn(step, guide.getState().progress ?? progress)}
          last={nextOf(run.questionnaire, step, progress) === null}
          onAnswer={guide.answer}
          onNext={() => guide.move("next")}
          onBack={progress.path.length > 1 ? () => guide.move("back") : undefined}
          remark={remark}
        />
      )}
      <Others others={others} />
    </section>
  );
}

function Finished({ guide }: { guide: Guide }) {
  const { t } = useTranslation("guided");
  return (
    <>
      <p role="status">{t("finished")}</p>
      <div>
        <Button icon={ArrowLeft} onClick={() => guide.move("back")}>
          {t("backIn")}
        </Button>
      </div>
    </>
  );
}

/** What colleagues answered in this call by other scripts. */
function Others({ others }: { others: NonNullable<ReturnType<Guide["getState"]>["scripts"]>["others"] }) {
  const { t } = useTranslation("guided");
  const form = useTimeForm();
  return others.map((one) => (
    <details key={one.scriptId} className={styles.other}>
      <summary>{t("before", { script: one.name })}</summary>
      <AnswerList answers={one.answers} form={form} />
    </details>
  ));
}

/** One for each desk and operator: what is unsent goes on being sent when nothing of it is on the screen. */
const guides = new WeakMap<Desk, { readonly operatorId: string; readonly guide: Guide }>();

function guideOf(desk: Desk, operatorId: string): Guide {
  const known = guides.get(desk);
  if (known?.operatorId === operatorId) return known.guide;
  const pending = createPendingChanges(localStorage, operatorId, Date.now);
  const guide = createGuide({
    ...{ ask: desk.ask, pending, operatorId, now: Date.now },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    makeId: () => [...crypto.getRandomValues(new Uint32Array(4))].join("-"),
  });
  // Another tab of this browser has answered or sent something: the server knows how it stands.
  addEventListener("storage", ({ key }) => {
    if (!key?.startsWith(pending.place) || guides.get(desk)?.guide !== guide) return;
    guide.resume();
    void guide.open(guide.getState().callId);
  });
  desk.beforeLeaving(async () => void (await guide.flush()));
  guides.set(desk, { operatorId, guide });
  return guide;
}
