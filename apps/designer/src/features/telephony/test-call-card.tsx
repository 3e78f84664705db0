import { Button, Card, Select, TextField, useUiLanguage } from "@cordboard/ui";
import { PhoneCall } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { Finding } from "./finding.tsx";
import styles from "./telephony.module.css";

/** Rings a telephone of the administrator's choice, and follows the call step by step. */
export function TestCallCard() {
  const { t } = useTranslation("telephony");
  const telephones = useApiQuery("telephones.list", {});
  const [telephoneId, setTelephoneId] = useState("");
  const [number, setNumber] = useState("");
  const [callId, setCallId] = useState<string | null>(null);
  const order = useApiChange("telephony.testCall");
  const ring = async () => {
    const to =
      telephoneId === "" ? ({ kind: "number", number } as const) : ({ kind: "telephone", telephoneId } as const);
    const answer = await order.run({ body: { to } });
    if (answer.ok) setCallId(answer.value.callId);
  };
  return (
    <Card title={t("call")}>
      <form
        className={styles.call}
        onSubmit={(event) => {
          event.preventDefault();
          void ring();
        }}
      >
        <p className={styles.words}>{t("callWords")}</p>
        <ProblemNotice problem={order.problem} onDismiss={order.forget} />
        <div className={styles.line}>
          <Select
            label={t("telephone")}
            options={[
              { value: "", label: t("aNumber") },
              ...(telephones.data?.items ?? []).map((telephone) => ({
                value: telephone.telephoneId,
                label: `${telephone.name} · ${telephone.targetText}`,
              })),
            ]}
            value={telephoneId}
            onChange={setTelephoneId}
          />
          {telephoneId === "" && (
            <TextField
              label={t("number")}
              type="tel"
              value={number}
              required
              onChange={(event) => setNumber(event.target.value)}
            />
          )}
          <Button type="submit" kind="primary" icon={PhoneCall} busy={order.busy}>
            {t("ring")}
          </Button>
        </div>
      </form>
      {callId !== null && <Steps key={callId} callId={callId} />}
    </Card>
  );
}

const EVERY_MS = 700;

function Steps({ callId }: { callId: string }) {
  const { t } = useTranslation("telephony");
  const language = useUiLanguage();
  const [over, setOver] = useState(false);
  const call = useApiQuery("telephony.testCallSteps", { params: { callId } }, over ? {} : { everyMs: EVERY_MS });
  if (call.data?.over && !over) setOver(true);
  if (!call.data) return null;
  const { steps } = call.data;
  const isWell = steps.every(({ state }) => state === "ok");
  return (
    <div className={styles.steps}>
      <p role="status" className={styles.words}>
        {t(!over ? "callGoesOn" : isWell ? "callWell" : "callFaulty")}
      </p>
      <ul className={styles.list} aria-label={t("steps")}>
        {steps.map(({ step, state, sentence, remedy }) => (
          <Finding
            key={step}
            state={state}
            title={t(`step.${step}`)}
            sentence={sentence[language]}
            remedy={remedy?.[language] ?? null}
          />
        ))}
      </ul>
    </div>
  );
}
