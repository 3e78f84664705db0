import { isTypicalStep, type Report, reportNames, reportSteps, reportsOfLimited } from "@cordboard/api";
import { Button, Card, Checkbox, formatTime, Notice, Select } from "@cordboard/ui";
import { clockAt, DateField, ToastRegion } from "@cordboard/ui/pages";
import { Mail, Printer } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { useListAddress } from "../listing/index.ts";
import { AnswersFields } from "./answers-fields.tsx";
import { MailDialog } from "./mail-dialog.tsx";
import { mainFigures } from "./main-figures.ts";
import { OnlyField } from "./only-field.tsx";
import { type Asked, comparisons, periods, queryOf, readAsked, usualPeriod, weekdayChoices } from "./report-address.ts";
import { ReportChart } from "./report-chart.tsx";
import { RowTable, SlotTable } from "./report-tables.tsx";
import styles from "./reports.module.css";
import { useReportWords } from "./use-report-words.ts";

/** Figures over a period: in total, as a drawing, by what they are about and by when. Everything that is chosen stands in the address. */
export function Page() {
  const { t } = useTranslation("reports");
  const form = useTimeForm();
  const words = useReportWords();
  const { get, set } = useListAddress();
  const today = clockAt(Date.now(), form.timeZone).date;
  const asked = readAsked(get, today);
  const { report, from, to, step, only, weekdays, compare } = asked;
  const shown = useApiQuery(
    "reports.get",
    { params: { report }, query: queryOf(asked) },
    // What is over does not change much.
    to >= today ? { everyMs: 60_000 } : {},
  );
  const { queueIds } = useSignedIn();
  const names = queueIds === null ? reportNames : reportsOfLimited;
  const [mailing, setMailing] = useState(false);
  const usual = periods.find((name) => {
    const { from: first, to: last } = usualPeriod(name, today);
    return first === from && last === to;
  });
  const comparable = comparisons(asked);
  return (
    <div className={styles.page}>
      <PageHeader title={t("title")} words={t("words")} />
      <div className={styles.tools}>
        <Select
          label={t("report")}
          options={names.map((name) => ({ value: name, label: words.word(`report.${name}`) }))}
          value={report}
          onChange={(name) => set({ report: name, only: null, by: null })}
        />
        <Select
          label={t("period")}
          options={[
            ...(usual === undefined ? [{ value: "", label: t("period.own") }] : []),
            ...periods.map((name) => ({ value: name, label: t(`period.${name}`) })),
          ]}
          value={usual ?? ""}
          onChange={(chosen) => {
            const name = periods.find((one) => one === chosen);
            if (name) set(usualPeriod(name, today));
          }}
        />
        <DateField label={t("from")} value={from} onChange={(day) => set({ from: day, to })} />
        <DateField label={t("to")} value={to} onChange={(day) => set({ to: day, from })} />
        <Select
          label={t("step")}
          options={reportSteps.map((name) => ({ value: name, label: t(`step.${name}`) }))}
          value={step}
          onChange={(name) => set({ step: name })}
        />
        {isTypicalStep(step) && (
          <Select
            label={t("weekdays")}
            options={[
              { value: "", label: t("weekdays.all") },
              ...weekdayChoices.map((days) => ({ value: days, label: weekdayWords(days, form.language, t) })),
            ]}
            value={weekdays}
            onChange={(days) => set({ weekdays: days === "" ? null : days })}
          />
        )}
        <Select
          label={t("compare")}
          options={[
            { value: "", label: t("compare.none") },
            ...comparable.map((name) => ({ value: name, label: t(`compare.${name}`) })),
          ]}
          value={comparable.find((name) => name === compare) ?? ""}
          onChange={(name) => set({ compare: name === "" ? null : name })}
        />
        {report === "answers" ? (
          <AnswersFields asked={asked} onChange={set} />
        ) : (
          <OnlyField report={report} value={only} onChange={(id) => set({ only: id })} />
        )}
        <Button icon={Mail} onClick={() => setMailing(true)}>
          {t("mail")}
        </Button>
      </div>
      <QueryView query={shown}>
        {(found) => (
          <Shown report={found} asked={asked} all={get("all") !== ""} onAll={(all) => set({ all: all ? "1" : null })} />
        )}
      </QueryView>
      {mailing && <MailDialog asked={asked} onClose={() => setMailing(false)} />}
      <ToastRegion />
    </div>
  );
}

/** Several days have words of their own, one is called by its name. */
function weekdayWords(days: string, language: string, t: (key: string) => string): string {
  if (days.includes(",")) return t(`weekdays.${days}`);
  // The first of January 2024 was a Monday.
  const name = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(
    Date.UTC(2024, 0, Number(days)),
  );
  return name.charAt(0).toUpperCase() + name.slice(1);
}

interface ShownProps {
  readonly report: Report;
  readonly asked: Asked;
  readonly all: boolean;
  readonly onAll: (all: boolean) => void;
}

function Shown({ report, asked, all, onAll }: ShownProps) {
  const { t } = useTranslation("reports");
  const words = useReportWords();
  const form = { ...useTimeForm(), timeZone: report.timeZone };
  const main = mainFigures[report.report];
  const columns = main === null || all ? report.columns : report.columns.filter(({ id }) => main.includes(id));
  const isNothing = (figures: Report["total"]) => Object.values(figures).every((figure) => !figure);
  const empty = report.rows.every(({ figures }) => isNothing(figures)) && isNothing(report.compared?.total ?? {});
  return (
    <>
      {report.compared && (
        <p className={styles.note}>
          {t(report.compared.days === undefined ? "comparedWith" : "comparedWithDays", {
            from: words.date(report.compared.from),
            to: words.date(report.compared.to),
            count: report.compared.days ?? 0,
          })}
        </p>
      )}
      {report.counting && <Notice kind="info">{t("counting")}</Notice>}
      <Card title={report.days === undefined ? t("total") : t("typicalTotal", { count: report.days })}>
        {empty ? (
          <p className={styles.note}>{t("nothing")}</p>
        ) : (
          <dl className={styles.facts}>
            {columns.map((column) => (
              <div key={column.id} className={styles.fact}>
                <dt>{words.column(column)}</dt>
                <dd>{words.figure(report.total[column.id], column.kind)}</dd>
                {report.compared && (
                  <dd className={styles.before}>
                    {words.before(report.total[column.id], report.compared.total[column.id], column.kind).join(" · ")}
                  </dd>
                )}
              </div>
            ))}
          </dl>
        )}
      </Card>
      {!empty && report.slots.length > 1 && (
        <Card title={t("overTime")}>
          <ReportChart report={report} words={words} />
        </Card>
      )}
      <div className={styles.actions}>
        {main !== null && (
          <Checkbox label={t("allColumns")} checked={all} onChange={({ target }) => onAll(target.checked)} />
        )}
        <span className={styles.files}>
          {(["rows", "slots", "both"] as const).map((table) => (
            <a
              key={table}
              className={styles.file}
              href={csvAddress(asked, table, form.language)}
              download={fileName(asked, table)}
            >
              {t(`csv.${table}`)}
            </a>
          ))}
        </span>
        <Button icon={Printer} onClick={() => window.print()}>
          {t("print")}
        </Button>
      </div>
      <Card flush title={words.word(`report.${report.report}`)}>
        <RowTable report={report} columns={columns} words={words} />
      </Card>
      {!empty && (
        <Card flush title={t("bySlot")}>
          <SlotTable report={report} columns={columns} words={words} />
        </Card>
      )}
      <p className={styles.note}>
        {t("definitions", {
          time: formatTime(Date.parse(report.computedAt), form),
          zone: report.timeZone,
          short: report.shortMs / 1000,
        })}
      </p>
    </>
  );
}

function csvAddress(asked: Asked, table: string, language: string): string {
  return `/api/reports/${asked.report}/csv?${new URLSearchParams({ ...queryOf(asked), table, language })}`;
}

const fileName = ({ report, from, to }: Asked, table: string): string =>
  `${report}-${from}${to === from ? "" : `-${to}`}${table === "rows" ? "" : `-${table}`}.csv`;
