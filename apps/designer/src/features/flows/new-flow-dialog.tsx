import type { FlowTemplate } from "@cordboard/api";
import { looksLikeBundle, parseFlow } from "@cordboard/flow-schema";
import { Button, Dialog, Loading, TextField, useUiLanguage } from "@cordboard/ui";
import { FileUp, Square } from "lucide-react";
import { lazy, Suspense, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { FileFindings } from "../../widgets/file-findings.tsx";
import type { FormSchema } from "../../widgets/schema-shape.ts";
import { textOfFile } from "../../widgets/text-of-file.ts";
import styles from "./new-flow-dialog.module.css";
import { TemplatePicture } from "./template-picture.tsx";

/** The form of a template's questions has the widgets with it: fetched when a template is chosen. */
const AdoptForm = lazy(() => import("./adopt-form.tsx").then((module) => ({ default: module.AdoptForm })));

type From =
  | { readonly kind: "empty" }
  | { readonly kind: "template"; readonly template: FlowTemplate }
  | { readonly kind: "file"; readonly text: string };

/** Begins a flow: empty, from a template by answering its questions, or from a file. It opens on the canvas then. */
export function NewFlowDialog(props: {
  file: File | null;
  /** The file that was chosen is no flow, but several from another installation. */
  onBundle: (text: string) => void;
  onClose: () => void;
}) {
  const { file, onBundle, onClose } = props;
  const { t } = useTranslation("flows");
  const language = useUiLanguage();
  const navigate = useNavigate();
  const form = useId();
  const input = useRef<HTMLInputElement>(null);
  const templates = useApiQuery("templates.list", {});
  const create = useApiChange("flows.create", { refreshes: ["flows.list"] });
  const adopt = useApiChange("templates.adopt", { refreshes: ["flows.list"] });
  const [from, setFrom] = useState<From>({ kind: "empty" });
  const [name, setName] = useState("");
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({});
  const [asked, setAsked] = useState(false);
  const missing = from.kind === "template" ? unanswered(from.template.parameters, values) : [];
  const read = from.kind === "file" ? parseFlow(from.text) : null;
  const choose = (next: From, called: string) => {
    setFrom(next);
    setValues({});
    setAsked(false);
    create.forget();
    adopt.forget();
    if (name === "" || name === nameOf(from, t("untitled"))) setName(called);
  };
  const take = async (chosen: File) => {
    const text = await textOfFile(chosen);
    if (looksLikeBundle(text)) return onBundle(await chosen.text());
    const parsed = parseFlow(text);
    choose({ kind: "file", text }, parsed.ok ? parsed.document.name : chosen.name.replace(/\.json$/i, ""));
  };
  // Dropped on the page before the dialog was there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with the file that it was opened with
  useEffect(() => {
    if (file) void take(file);
  }, []);
  const submit = async () => {
    setAsked(true);
    if (missing.length > 0) return;
    const wanted = name.trim() || t("untitled");
    const document = read?.ok ? { document: { ...read.document, name: wanted } } : {};
    const answer =
      from.kind === "template"
        ? await adopt.run({ params: { templateId: from.template.templateId }, body: { name: wanted, values } })
        : await create.run({ body: { name: wanted, ...document } });
    if (answer.ok) void navigate(`/flows/${answer.value.flowId}`);
  };
  const options = [
    { key: "empty", icon: Square, label: t("new.empty"), words: t("new.emptyWords"), from: { kind: "empty" } as const },
    ...(templates.data?.items ?? []).map((template) => ({
      key: template.templateId,
      icon: null,
      label: template.name,
      words: purposeOf(template, language) ?? t("new.template", { count: template.nodeCount }),
      from: { kind: "template", template } as const,
    })),
  ];
  const isChosen = (one: From) =>
    one.kind === from.kind &&
    (one.kind !== "template" || (from.kind === "template" && from.template.templateId === one.template.templateId));
  return (
    <Dialog
      title={t("new")}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            type="submit"
            form={form}
            kind="primary"
            busy={create.busy || adopt.busy}
            disabled={read?.ok === false}
          >
            {t("new.submit")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <ProblemNotice problem={create.problem ?? adopt.problem} />
        <fieldset className={styles.options}>
          <legend className={styles.legend}>{t("new.from")}</legend>
          {options.map(({ key, icon: Drawing, label, words, from: one }) => (
            <label
              key={key}
              className={Drawing ? styles.option : styles.template}
              data-chosen={isChosen(one) || undefined}
            >
              <input
                type="radio"
                name="from"
                className={styles.radio}
                checked={isChosen(one)}
                onChange={() => choose(one, one.kind === "template" ? label : "")}
              />
              {Drawing ? (
                <Drawing size={16} aria-hidden="true" />
              ) : (
                one.kind === "template" && <TemplatePicture templateId={one.template.templateId} />
              )}
              <span>
                <span className={styles.label}>{label}</span>
                <span className={styles.words}>{words}</span>
              </span>
            </label>
          ))}
          <button
            type="button"
            className={styles.option}
            data-chosen={from.kind === "file" || undefined}
            onClick={() => input.current?.click()}
          >
            <FileUp size={16} aria-hidden="true" />
            <span>
              <span className={styles.label}>{t("new.file")}</span>
              <span className={styles.words}>{t("new.fileWords")}</span>
            </span>
          </button>
          <input
            ref={input}
            type="file"
            accept="application/json,.json"
            hidden
            onChange={(event) => {
              const [chosen] = event.target.files ?? [];
              event.target.value = "";
              if (chosen) void take(chosen);
            }}
          />
        </fieldset>
        {read?.ok === false && <FileFindings findings={read.findings} />}
        <TextField
          label={t("name")}
          value={name}
          placeholder={t("untitled")}
          maxLength={120}
          data-autofocus
          onChange={(event) => setName(event.target.value)}
        />
        {from.kind === "template" && (
          <Suspense fallback={<Loading />}>
            <AdoptForm template={from.template} values={values} onValues={setValues} missing={asked ? missing : none} />
          </Suspense>
        )}
      </form>
    </Dialog>
  );
}

const none: readonly string[] = [];

/** The questions of a template that must be answered and are not. */
function unanswered({ required }: FormSchema, values: Readonly<Record<string, unknown>>): readonly string[] {
  return (required ?? []).filter((name) => values[name] === undefined || values[name] === null || values[name] === "");
}

/** What a template is for; null where it does not say. */
function purposeOf({ parameters }: FlowTemplate, language: string): string | null {
  const said: unknown = Object(parameters.descriptions)[language] ?? parameters.description;
  return typeof said === "string" ? said : null;
}

function nameOf(from: From, untitled: string): string {
  if (from.kind === "template") return from.template.name;
  if (from.kind === "empty") return untitled;
  const read = parseFlow(from.text);
  return read.ok ? read.document.name : "";
}
