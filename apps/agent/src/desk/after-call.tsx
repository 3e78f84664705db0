import type { AgentCall } from "@cordboard/api";
import { Button, TextArea, useUiLanguage } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import styles from "./after-call.module.css";

/** What came of the call, by one of the company's words, and a note: while it lasts, and in its wrap-up. */
export function AfterCall({ call }: { call: AgentCall }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("desk");
  const language = useUiLanguage();
  const noted = state.noted?.callId === call.callId ? state.noted : null;
  const { outcome, note } = noted ?? call;
  const problem = noted?.problem ?? null;
  return (
    <>
      {call.outcomes.length > 0 && (
        <fieldset className={styles.outcomes}>
          <legend className={styles.legend}>{t(call.outcomeNeeded ? "after.outcomeNeeded" : "after.outcome")}</legend>
          {call.outcomes.map(({ code, name }) => {
            const chosen = code === outcome;
            return (
              <Button
                key={code}
                aria-pressed={chosen}
                className={chosen ? styles.chosen : undefined}
                onClick={() => void desk.noteCall({ outcome: chosen ? null : code })}
              >
                {name[language]}
              </Button>
            );
          })}
        </fieldset>
      )}
      <TextArea
        label={t("after.note")}
        hint={t(noted === null ? "after.noteHint" : "after.noteWriting")}
        {...(problem && { error: `${problem.message} ${problem.remedy}` })}
        value={note}
        maxLength={4000}
        onChange={(event) => void desk.noteCall({ note: event.target.value })}
        onBlur={() => void desk.keepNote()}
      />
    </>
  );
}
