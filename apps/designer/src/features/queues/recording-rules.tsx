import { useTranslation } from "react-i18next";
import { RecordingSection } from "../listing/index.ts";
import type { SectionProps } from "./section-props.ts";

/** Which conversations of the queue are recorded, and for how long they are kept. */
export function RecordingRules({ fields, set }: SectionProps) {
  const { t } = useTranslation("queues");
  return (
    <RecordingSection
      id="queues/recording"
      hint={t("recordingHint")}
      noticeLabel={t("recordingNotice")}
      rules={fields.recording}
      onChange={(recording) => set({ recording })}
    />
  );
}
