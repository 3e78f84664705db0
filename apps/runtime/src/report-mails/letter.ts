import type { Report, ScreenLanguage } from "@cordboard/api";
import { reportColumnName, reportOf, reportRowName, reportWord } from "@cordboard/api/report-words";
import type { Mail } from "../ports/index.ts";
import { reportCsv, type WholeReport } from "../reports/index.ts";

interface Frame {
  readonly company: string;
  readonly url: string;
  readonly language: ScreenLanguage;
  /** What the company calls its reasons for a pause, by code. */
  readonly pauses: ReadonlyMap<string, string>;
}

/** What a mail shows; the table that comes with it has everything. */
const shown: Readonly<Record<Report["report"], readonly string[]>> = {
  queues: [
    "offered",
    "answered",
    "abandoned",
    "serviceLevel",
    "averageAnswerMs",
    "promised",
    "promisesKept",
    "messages",
  ],
  operators: ["calls", "missed", "talkMs", "wrapUpMs", "signedInMs", "pausedMs", "occupancy"],
  lines: ["calls", "answered", "abandoned", "callback", "voicemail", "averageWaitMs"],
  flows: ["calls", "answered", "abandoned", "callback", "voicemail", "averageWaitMs"],
  versions: ["calls", "answered", "abandoned", "callback", "voicemail", "averageWaitMs"],
  outcomes: ["count", "share"],
  transfers: ["made", "reached", "reachedShare"],
  choices: ["count", "share"],
  exits: ["count", "share"],
  answers: ["answeredQuestion", "given", "givenShare"],
};

/** A report of one day as a letter: in words and figures, as a page, and as a table for spreadsheets. Pure. */
export function reportLetter(whole: WholeReport, { company, url, language, pauses }: Frame): Omit<Mail, "to"> {
  const { report } = whole;
  const french = language === "fr";
  const title = reportWord(language, `report.${report.report}`);
  const day = new Intl.DateTimeFormat(french ? "fr-FR" : "en-GB", { dateStyle: "full", timeZone: "UTC" }).format(
    new Date(`${report.from}T12:00:00Z`),
  );
  const columns = report.columns.filter(({ id }) => shown[report.report].includes(id));
  const figures = (of: Report["total"]) => columns.map(({ id, kind }) => figureText(of[id] ?? null, kind, language));
  const names = columns.map((column) => reportColumnName(language, column, pauses));
  const lines = report.rows.map(({ name, of, figures: found }) => {
    const called = reportRowName(language, report.report, name);
    return { name: of === null ? called : `${called} (${reportOf(language, of)})`, figures: figures(found) };
  });
  const total = { name: reportWord(language, "total"), figures: figures(report.total) };
  const colon = french ? " : " : ": ";
  const inWords = ({ name, figures: found }: typeof total) =>
    `${name}\n${found.map((figure, at) => `  ${names[at]}${colon}${figure}`).join("\n")}`;
  const address = `${url}/designer/reports?${new URLSearchParams({ report: report.report, from: report.from, to: report.to, step: "hour" })}`;
  const nothing = french ? "Rien ce jour-là." : "Nothing on this day.";
  const more = french ? "Tous les chiffres, et heure par heure" : "All figures, and hour by hour";
  const stop = french
    ? "Vous recevez ce rapport parce que vous l’avez demandé ; il s’arrête sur la même page, « Par courriel »."
    : "You get this report because you asked for it; it is ended on the same page, “By mail”.";
  const rows = lines.map((row) => htmlRow("td", [row.name, ...row.figures])).join("");
  return {
    subject: `${title} · ${company} · ${day}`,
    text: `${title} · ${day}\n\n${[total, ...lines].map(inWords).join("\n\n")}\n\n${lines.length === 0 ? `${nothing}\n\n` : ""}${more}${colon}${address}\n\n${stop}\n`,
    html: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body style="font-family:sans-serif;color:#1a1f2b"><h1 style="font-size:18px">${escaped(title)}</h1><p>${escaped(company)} · ${escaped(day)}</p>${lines.length === 0 ? `<p>${nothing}</p>` : `<table style="border-collapse:collapse">${htmlRow("th", [reportWord(language, `row.${report.report}`), ...names])}${rows}${htmlRow("th", [total.name, ...total.figures])}</table>`}<p><a href="${escaped(address)}">${more}</a></p><p style="color:#555b6a;font-size:12px">${stop}</p></body></html>`,
    attachments: [
      {
        filename: `${report.report}-${report.from}.csv`,
        contentType: "text/csv; charset=utf-8",
        base64: Buffer.from([...reportCsv(whole, "rows", language, pauses)].join(""), "utf8").toString("base64"),
      },
    ],
  };
}

function htmlRow(cell: "td" | "th", texts: readonly string[]): string {
  const style = (at: number) =>
    `padding:4px 10px;border-bottom:1px solid #d8d5cc;text-align:${at === 0 ? "left" : "right"}`;
  return `<tr>${texts.map((text, at) => `<${cell} style="${style(at)}">${escaped(text)}</${cell}>`).join("")}</tr>`;
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function figureText(value: number | null, kind: Report["columns"][number]["kind"], language: ScreenLanguage): string {
  if (value === null) return "–";
  if (kind === "share") {
    const form = { style: "percent", maximumFractionDigits: 1 } as const;
    return new Intl.NumberFormat(language, form).format(value);
  }
  if (kind === "count") return new Intl.NumberFormat(language).format(value);
  const seconds = Math.round(value / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const two = (count: number) => String(count).padStart(2, "0");
  return hours > 0
    ? `${hours} h ${two(minutes)}`
    : minutes > 0
      ? `${minutes} min ${two(seconds % 60)}`
      : `${seconds} s`;
}
