import type { QueueFields } from "@cordboard/api";
import { ComboBox } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import { FormSection } from "../listing/index.ts";
import styles from "./rules.module.css";
import type { SectionProps } from "./section-props.ts";

type Opening = NonNullable<QueueFields["opening"]>;

/** When the queue takes callers, and what those hear whom it does not take. */
export function OpeningRules({ fields, set }: SectionProps) {
  const { t } = useTranslation("queues");
  const schedules = useApiQuery("schedules.list", {});
  const prompts = useApiQuery("prompts.list", {});
  const boxes = useApiQuery("voicemailBoxes.list", {});
  const opening = fields.opening ?? alwaysOpen;
  const change = (changes: Partial<Opening>) => set({ opening: { ...opening, ...changes } });
  const hours = (schedules.data?.items ?? []).map(({ scheduleId, name }) => ({ value: scheduleId, label: name }));
  const greetings = (prompts.data?.items ?? []).map(({ promptId, name }) => ({ value: promptId, label: name }));
  const mailboxes = (boxes.data?.items ?? []).map(({ boxId, name }) => ({ value: boxId, label: name }));
  const labelOf = (options: readonly { value: string; label: string }[], id: string | null) =>
    options.find(({ value }) => value === id)?.label ?? null;
  return (
    <FormSection
      id="queues/opening"
      title={t("opening")}
      holds={["opening"]}
      choosesFrom={["schedule", "prompt", "voicemailBox"]}
      summary={[
        labelOf(hours, opening.scheduleId) ?? t("opening.always"),
        labelOf(greetings, opening.promptId),
        labelOf(mailboxes, opening.boxId),
      ]}
    >
      <p className={styles.words}>{t("openingHint")}</p>
      <ComboBox
        key={`hours ${hours.length}`}
        label={t("opening.schedule")}
        hint={t("opening.scheduleHint")}
        placeholder={t("opening.always")}
        options={hours}
        value={opening.scheduleId}
        onChange={(scheduleId) => change({ scheduleId })}
      />
      <ComboBox
        key={`prompts ${greetings.length}`}
        label={t("opening.prompt")}
        hint={t("opening.promptHint")}
        placeholder={t("opening.noPrompt")}
        options={greetings}
        value={opening.promptId}
        onChange={(promptId) => change({ promptId })}
      />
      <ComboBox
        key={`boxes ${mailboxes.length}`}
        label={t("opening.box")}
        hint={t("opening.boxHint")}
        placeholder={t("opening.noBox")}
        options={mailboxes}
        value={opening.boxId}
        onChange={(boxId) => change({ boxId })}
      />
    </FormSection>
  );
}

const alwaysOpen: Opening = { scheduleId: null, promptId: null, boxId: null };
