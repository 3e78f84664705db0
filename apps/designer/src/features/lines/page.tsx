import type { Line, LineFields } from "@cordboard/api";
import { Button, Checkbox, PhoneNumber, Select, TextField } from "@cordboard/ui";
import { ComboBox } from "@cordboard/ui/pages";
import { FlaskConical, PhoneIncoming } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useApiQuery } from "../../app/use-api-query.ts";
import { type FieldsProps, languageName, ResourcePage } from "../listing/index.ts";
import { AnswerFields } from "./answer-fields.tsx";
import { useLines } from "./queries.ts";

/** It reads flow documents, which the list does not need. */
const LineTestDialog = lazy(() =>
  import("./line-test/line-test-dialog.tsx").then((one) => ({ default: one.LineTestDialog })),
);

/** The lines: numbers that callers dial, and what serves each. */
export function Page() {
  const { t, i18n } = useTranslation("lines");
  const names = useNames();
  const resource = useLines();
  const [testing, setTesting] = useState(false);
  const lines = resource.list.data?.items ?? [];
  return (
    <>
      <ResourcePage
        path="lines"
        resourceName="lines"
        resource={resource}
        above={
          lines.length > 0 && (
            <Button icon={FlaskConical} onClick={() => setTesting(true)}>
              {t("test")}
            </Button>
          )
        }
        icon={PhoneIncoming}
        blank={blank}
        Fields={LineFieldsForm}
        columns={[
          { id: "name", header: t("name"), value: (line) => line.name },
          {
            id: "number",
            header: t("number"),
            // Searched by all the ways in which one writes it.
            value: ({ number, numberText }) => `${numberText} ${numberText.replaceAll(" ", "")} ${number}`,
            text: (line) => line.numberText,
            cell: (line) => <PhoneNumber text={line.numberText} />,
          },
          {
            id: "served",
            header: t("servedBy"),
            value: (line) => names.served(line) ?? t("nothing"),
            cell: (line) => <ServedBy line={line} name={names.served(line)} />,
          },
          {
            id: "language",
            header: t("language"),
            value: (line) => (line.language === null ? null : languageName(line.language, i18n.language)),
            spare: true,
          },
        ]}
      />
      {testing && (
        <Suspense fallback={null}>
          <LineTestDialog lines={lines} onClose={() => setTesting(false)} />
        </Suspense>
      )}
    </>
  );
}

const blank: LineFields = { name: "", number: "", flowId: null, queueId: null, language: null };

function ServedBy({ line, name }: { line: Line; name: string | null }) {
  const { t } = useTranslation("lines");
  if (line.flowId !== null) return <Link to={`/flows/${line.flowId}`}>{name}</Link>;
  if (line.queueId !== null) return <Link to={`/queues/${line.queueId}`}>{t("directly", { queue: name })}</Link>;
  return <>{t("nothing")}</>;
}

/** What serves a line, by name. */
function useNames() {
  const flows = useApiQuery("flows.list", {});
  const queues = useApiQuery("queues.list", {});
  return {
    flows: flows.data?.items ?? [],
    queues: queues.data?.items ?? [],
    served: ({ flowId, queueId }: Pick<Line, "flowId" | "queueId">): string | null => {
      if (flowId !== null) return flows.data?.items.find((flow) => flow.flowId === flowId)?.name ?? flowId;
      if (queueId !== null) return queues.data?.items.find((queue) => queue.queueId === queueId)?.name ?? queueId;
      return null;
    },
  };
}

function LineFieldsForm({ fields, set }: FieldsProps<Line, LineFields>) {
  const { t, i18n } = useTranslation("lines");
  const { flows, queues } = useNames();
  const company = useApiQuery("company.get", {});
  const options = [
    ...flows.map(({ flowId, name }) => ({ value: `flow ${flowId}`, label: name, detail: t("aFlow") })),
    ...queues.map(({ queueId, name }) => ({ value: `queue ${queueId}`, label: name, detail: t("aQueue") })),
  ];
  const languages = [
    ...new Set([...(company.data?.languages ?? []), ...(fields.language === null ? [] : [fields.language])]),
  ];
  return (
    <>
      <TextField
        label={t("name")}
        value={fields.name}
        onChange={(event) => set({ name: event.target.value })}
        required
      />
      <TextField
        label={t("number")}
        hint={t("numberHint")}
        type="tel"
        value={fields.number}
        onChange={(event) => set({ number: event.target.value })}
        required
      />
      <ComboBox
        key={options.length}
        label={t("servedBy")}
        hint={t("servedHint")}
        placeholder={t("nothing")}
        options={options}
        value={
          fields.flowId !== null ? `flow ${fields.flowId}` : fields.queueId !== null ? `queue ${fields.queueId}` : null
        }
        onChange={(chosen) => {
          const [kind, id = null] = chosen?.split(" ") ?? [];
          set({ flowId: kind === "flow" ? id : null, queueId: kind === "queue" ? id : null });
        }}
      />
      <Select
        label={t("language")}
        hint={t("languageHint")}
        options={[
          { value: "", label: t("flowsFirst") },
          ...languages.map((language) => ({ value: language, label: languageName(language, i18n.language) })),
        ]}
        value={fields.language ?? ""}
        onChange={(language) => set({ language: language === "" ? null : language })}
      />
      <AnswerFields fields={fields} set={set} />
      <Checkbox
        label={t("followsDiversion")}
        hint={t("followsDiversionHint")}
        checked={fields.followsDiversion ?? false}
        onChange={(event) => set({ followsDiversion: event.target.checked })}
      />
    </>
  );
}
