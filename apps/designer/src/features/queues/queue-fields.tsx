import { isAllowed, type Queue, type QueueFields } from "@cordboard/api";
import { TextField } from "@cordboard/ui";
import { PickList } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { type FieldsProps, FormSections } from "../listing/index.ts";
import { AfterCallRules } from "./after-call-rules.tsx";
import { CallbackRules } from "./callback-rules.tsx";
import { GoalRules } from "./goal-rules.tsx";
import { LimitRules } from "./limit-rules.tsx";
import { MusicRules } from "./music-rules.tsx";
import { OfferRules } from "./offer-rules.tsx";
import { OpeningRules } from "./opening-rules.tsx";
import { PlaceNewsRules } from "./place-news-rules.tsx";
import { RecordingRules } from "./recording-rules.tsx";
import { SkillRules } from "./skill-rules.tsx";
import { UrgencyRules } from "./urgency-rules.tsx";

/** Everything about a queue that can be changed: its name and its people, and the rest in sections that say what is set in them. */
export function QueueFieldsForm({ fields, set, item }: FieldsProps<Queue, QueueFields>) {
  const { t } = useTranslation("queues");
  const { role } = useSignedIn();
  const mayName = isAllowed(role, "read", "operators");
  const operators = useApiQuery("operators.list", {}, { enabled: mayName });
  const people = (operators.data?.items ?? []).map(({ operatorId, name, code }) => ({
    value: operatorId,
    label: name,
    detail: code,
  }));
  const given = { fields, set };
  return (
    <>
      <TextField
        label={t("name")}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
        required
      />
      {mayName && (
        <PickList
          label={t("operators")}
          hint={t("operatorsHint")}
          options={people}
          value={fields.operatorIds}
          onChange={(operatorIds) => set({ operatorIds: [...operatorIds] })}
          ordered={fields.order === "fixed"}
          addLabel={t("addOperator")}
          emptyText={t("nobody")}
        />
      )}
      <FormSections>
        <OfferRules {...given} />
        <AfterCallRules {...given} />
        <SkillRules {...given} />
        <UrgencyRules {...given} />
        <OpeningRules {...given} />
        <MusicRules {...given} />
        <PlaceNewsRules {...given} />
        <LimitRules {...given} queueId={item?.queueId ?? null} />
        <CallbackRules {...given} />
        <GoalRules {...given} />
        <RecordingRules {...given} />
      </FormSections>
    </>
  );
}
