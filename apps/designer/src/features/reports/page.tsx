import { type Report, reportNames, reportSteps } from "@cordboard/api";
import { Button, Card, Checkbox, formatTime, Notice, Select } from "@cordboard/ui";
import { clockAt, DateField, ToastRegion } from "@cordboard/ui/pages";
import { Mail, Printer } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { useListAddress } from "../listing/index.ts";
import { MailDialog } from "./mail-dialog.tsx";
import { mainFigures } from "./main-figures.ts";
import { OnlyField } from "./only-field.tsx";
import { type Asked, periods, readAsked, usualPeriod } from "./report-address.ts";
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
  const { report, from, to, step, only } = asked;
  const query = { from, to, step, ...(only !== "" && { only }) };
  const shown = useApiQuery(
    "reports.get",
    { params: { report }, query },
    // What is over does not change much.
    to >= today ? { everyMs: 60_000 } : {},
  );
  const [mailing, setMailing] = useState(false);
  const usual = periods.find((name) => {
    const { from: first, to: last } = usualPeriod(name, today);
    return first === from && last === to;
  });
  return (
    <div className={styles.page}>
      <PageHeader title={t("title")} words={t("words")} />
      <div className={styles.tools}>
        <Select
          label={t("report")}
          options={reportNames.map((name) => ({ value: name, label: words.word(`report.${name}`) }))}
          value={report}
          onChange={(name) => set({ report: name, only: null })}
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
        <OnlyField report={report} value={only} onChange={(id) => set({ only: id })} />
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
  const empty = report.rows.every(({ figures }) => Object.values(figures).every((figure) => !figure));
  return (
    <>
      {report.counting && <Notice kind="info">{t("counting")}</Notice>}
      <Card title={t("total")}>
        {empty ? (
          <p className={styles.note}>{t("nothing")}</p>
        ) : (
          <dl className={styles.facts}>
            {columns.map((column) => (
              <div key={column.id} className={styles.fact}>
                <dt>{words.column(column)}</dt>
                <dd>{words.figure(report.total[column.id], column.kind)}</dd>
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

function csvAddress({ report, from, to, step, only }: Asked, table: string, language: string): string {
  const query = new URLSearchParams({ from, to, step, table, language, ...(only !== "" && { only }) });
  return `/api/reports/${report}/csv?${query}`;
}

const fileName = ({ report, from, to }: Asked, table: string): string =>
  `${report}-${from}${to === from ? "" : `-${to}`}${table === "rows" ? "" : `-${table}`}.csv`;
