import type { Script, ScriptFields } from "@cordboard/api";
import { SegmentedControl, TextField } from "@cordboard/ui";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldsProps } from "../listing/index.ts";
import { AddressFields } from "./address-fields.tsx";
import { blankQuestionnaire } from "./edit-questionnaire.ts";

const QuestionnaireFields = lazy(() =>
  import("./questionnaire-fields.tsx").then((module) => ({ default: module.QuestionnaireFields })),
);

type Kind = "address" | "questionnaire";

const noAddress = { url: null, urlSeveral: null, urlUnknown: null, place: "tab", window: null } as const;

/** A script: an address that opens, or a guided conversation, as it will be for a sample call. */
export function ScriptFieldsForm({ fields, set }: FieldsProps<Script, ScriptFields>) {
  const { t } = useTranslation("scripts");
  // What was there before one looked at the other kind.
  const [before, setBefore] = useState<Partial<ScriptFields> | null>(null);
  const { questionnaire = null } = fields;
  const kind: Kind = questionnaire === null ? "address" : "questionnaire";
  const change = (wanted: Kind) => {
    if (wanted === kind) return;
    const { name: _, ...rest } = fields;
    setBefore(rest);
    const blank =
      wanted === "address"
        ? { ...noAddress, url: "https://", questionnaire: null }
        : { ...noAddress, questionnaire: blankQuestionnaire(t("firstStep")) };
    set(before ?? blank);
  };
  return (
    <>
      <TextField
        label={t("name")}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
        required
      />
      <SegmentedControl
        label={t("kind")}
        segments={(["address", "questionnaire"] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={kind}
        onChange={change}
      />
      {questionnaire === null ? (
        <AddressFields fields={fields} set={set} />
      ) : (
        <Suspense fallback={null}>
          <QuestionnaireFields questionnaire={questionnaire} onChange={(drawn) => set({ questionnaire: drawn })} />
        </Suspense>
      )}
    </>
  );
}
