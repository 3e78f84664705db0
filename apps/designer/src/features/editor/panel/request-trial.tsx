import { isAllowed } from "@cordboard/api";
import type { FlowVariable } from "@cordboard/flow-schema";
import { Button, Checkbox, Notice, TextField, useUiLanguage } from "@cordboard/ui";
import { Play } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../../app/problem-notice.tsx";
import { useSignedIn } from "../../../app/session-context.tsx";
import { useApiChange } from "../../../app/use-api-query.ts";
import { useEditorState } from "../store/editor-context.tsx";
import styles from "./request-trial.module.css";

type Samples = Readonly<Record<string, string | boolean>>;

/** Makes the request of a node now, as its settings say, with sample values: what is answered, and what the flow would keep of it. */
export function RequestTrial({ config }: { config: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation("editor");
  const { role } = useSignedIn();
  const language = useUiLanguage();
  const variables = useEditorState(({ document }) => document.variables);
  const trial = useApiChange("connectors.tryRequest");
  const [samples, setSamples] = useState<Samples>({});
  const [callerNumber, setCallerNumber] = useState("+33612345678");
  const [outcome, setOutcome] = useState<Awaited<ReturnType<typeof trial.run>> | null>(null);
  if (!isAllowed(role, "write", "connectors")) return null;
  const used = Object.entries(variables).filter(([name, { secret }]) => !secret && namedIn(config, name));
  const answers = Object.entries(variables).map(([name, variable]) => ({
    ...{ name, type: variable.type, value: sampleOf(variable, samples[name]) },
  }));
  const ask = async () =>
    setOutcome(
      await trial.run({
        body: { config: { ...config }, variables: answers, callerNumber: callerNumber.trim() || null },
      }),
    );
  const found = outcome?.ok ? outcome.value : null;
  return (
    <section className={styles.trial} aria-label={t("try")}>
      <h3 className={styles.title}>{t("try")}</h3>
      <TextField
        label={t("try.caller")}
        value={callerNumber}
        onChange={(event) => setCallerNumber(event.target.value)}
      />
      {used.map(([name, variable]) =>
        variable.type === "boolean" ? (
          <Checkbox
            key={name}
            label={name}
            checked={samples[name] === true}
            onChange={(event) => setSamples({ ...samples, [name]: event.target.checked })}
          />
        ) : (
          <TextField
            key={name}
            label={name}
            value={String(samples[name] ?? variable.initial ?? "")}
            onChange={(event) => setSamples({ ...samples, [name]: event.target.value })}
          />
        ),
      )}
      <div>
        <Button icon={Play} busy={trial.busy} onClick={() => void ask()}>
          {t("try.ask")}
        </Button>
      </div>
      <ProblemNotice problem={trial.problem} />
      {found && (
        <>
          <Notice kind={found.problem ? "error" : "info"}>
            {found.problem
              ? found.problem[language]
              : t("try.answered", { status: found.status, ms: found.tookMs, count: found.attempts })}
          </Notice>
          {found.failedPlaces.map((place) => (
            <Notice key={place} kind="warning">
              {t("try.placeFailed", { place })}
            </Notice>
          ))}
          {found.values.length > 0 && (
            <dl className={styles.values}>
              {found.values.map(({ variable, pointer, found: there, kept }) => (
                <div key={`${variable} ${pointer}`}>
                  <dt translate="no">{variable}</dt>
                  <dd translate="no" data-kept={kept !== null}>
                    {kept !== null ? JSON.stringify(kept) : there === null ? t("try.nothing") : t("try.otherType")}
                  </dd>
                </div>
              ))}
            </dl>
          )}
          {found.answer !== "" && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than the box is read by the keyboard too
            <pre className={styles.answer} translate="no" tabIndex={0}>
              {pretty(found.answer)}
            </pre>
          )}
        </>
      )}
    </section>
  );
}

/** Whether a variable is read by one of the settings' places. */
function namedIn(config: Readonly<Record<string, unknown>>, name: string): boolean {
  const places = JSON.stringify(config).match(/\{\{.*?\}\}/g) ?? [];
  return places.some((place) => new RegExp(`(^|[^.\\w])${name}(\\W|$)`).test(place));
}

function sampleOf({ type, initial }: FlowVariable, sample: string | boolean | undefined): string | number | boolean {
  if (type === "boolean") return sample === undefined ? initial === true : sample === true;
  const text = String(sample ?? initial ?? "");
  if (type === "string") return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : 0;
}

/** JSON as a person reads it; what is none, or was cut, as it came. */
function pretty(answer: string): string {
  try {
    return JSON.stringify(JSON.parse(answer), null, 2);
  } catch {
    return answer;
  }
}
