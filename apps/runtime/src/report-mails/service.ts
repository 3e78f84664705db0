import { type InputOf, type ReportMail, type Routes, reportsOfLimited } from "@cordboard/api";
import type { Connection } from "mongoose";
import { Temporal } from "temporal-polyfill";
import { demand, demandWholeCompany, type Scope } from "../access/index.ts";
import type { Directories } from "../desk/index.ts";
import { UserError } from "../errors/index.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Clock, MailPort, MakeId } from "../ports/index.ts";
import type { Reports } from "../reports/index.ts";
import type { Users } from "../users/index.ts";
import { reportLetter } from "./letter.ts";
import { type ReportMailDocument, reportMailCollection } from "./model.ts";

export interface ReportMailsGiven {
  readonly connection: Connection;
  readonly directories: Directories;
  readonly reports: Pick<Reports, "whole">;
  readonly users: Pick<Users, "scopeOf" | "get">;
  readonly mail: MailPort;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly publicUrl: string;
}

type Fields = InputOf<Routes["reportMails.create"]>["body"];

/** So many reports a user at most. */
const MOST = 20;

/** Reports by mail: each user's own, of the day before, each morning at their time of the company's clock. */
export function createReportMails(given: ReportMailsGiven) {
  const { connection, directories, reports, users, mail, clock, makeId, publicUrl } = given;
  const collection = reportMailCollection(connection);

  async function localNow(companyId: string) {
    const { company } = await directories.of(companyId);
    const now = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO(company.timeZone);
    return { company, today: now.toPlainDate(), time: now.toPlainTime().toString().slice(0, 5) };
  }

  /** Posts one under that name; posted again, by anybody, it is the same mail. False: its user gets none (any more). */
  async function post(document: ReportMailDocument, mailId: string): Promise<boolean> {
    const { companyId, userId, report, only } = document;
    const scope = await users.scopeOf(companyId, userId);
    if (!scope || (scope.role !== "admin" && scope.role !== "supervisor")) return false;
    if (isBeyond(scope, report)) return false;
    const { company, today } = await localNow(companyId);
    const { language } = scope;
    const date = today.subtract({ days: 1 }).toString();
    const asked = { report, from: date, to: date, step: "hour", language, ...(only !== null && { only }) } as const;
    const whole = await reports.whole(scope, asked);
    const pauses = new Map(company.pauseReasons.map(({ code, name }) => [code, name[language]]));
    const letter = reportLetter(whole, { company: company.name, url: publicUrl, language, pauses });
    await mail.post({ companyId, mailId, to: await addressOf(companyId, userId), ...letter });
    return true;
  }

  const addressOf = async (companyId: string, userId: string) =>
    (await users.get({ companyId, role: "system", actorId: null }, userId)).email;

  function own(scope: Scope): { readonly companyId: string; readonly userId: string } {
    demand(scope, "read", "calls");
    if (scope.actorId === null) throw new UserError("notAllowed");
    return { companyId: scope.companyId, userId: scope.actorId };
  }

  const toReportMail = ({ _id, rev, report, only, at, lastSentOn }: ReportMailDocument, to: string): ReportMail => ({
    ...{ reportMailId: _id, rev, report, only, at, to, lastSentOn },
  });

  async function create(scope: Scope, { report, only, at }: Fields): Promise<ReportMail> {
    const whose = own(scope);
    if (isBeyond(scope, report)) demandWholeCompany(scope);
    if ((await collection.countDocuments(whose)) >= MOST) throw tooMany();
    const { today, time } = await localNow(whose.companyId);
    // Whoever asks at nine for seven o'clock gets the first one tomorrow.
    const doneOn = (time >= at ? today : today.subtract({ days: 1 })).toString();
    const document = { _id: makeId("repmail"), ...whose, rev: 1, report, only, at, doneOn, lastSentOn: null };
    await collection.insertOne(document);
    return toReportMail(document, await addressOf(whose.companyId, whose.userId));
  }

  const handlers: Pick<Handlers, `reportMails.${"list" | "create" | "delete" | "send"}`> = {
    "reportMails.list": async ({ scope }) => {
      const whose = own(scope);
      const [found, to] = await Promise.all([
        collection.find(whose).sort({ at: 1, _id: 1 }).toArray(),
        addressOf(whose.companyId, whose.userId),
      ]);
      return { items: found.map((document) => toReportMail(document, to)) };
    },
    "reportMails.create": ({ scope, input }) => create(scope, input.body),
    "reportMails.delete": async ({ scope, input }) => {
      const { deletedCount } = await collection.deleteOne({ _id: input.params.reportMailId, ...own(scope) });
      if (deletedCount === 0) throw new UserError("notFound", { what: "report by mail" });
      return undefined;
    },
    "reportMails.send": async ({ scope, input }) => {
      const document = await collection.findOne({ _id: input.params.reportMailId, ...own(scope) });
      if (!document) throw new UserError("notFound", { what: "report by mail" });
      if (isBeyond(scope, document.report)) demandWholeCompany(scope);
      await post(document, makeId("mail"));
      return { to: await addressOf(document.companyId, document.userId) };
    },
  };

  return {
    handlers,
    /**
     * Posts what is due in a company. The mail is named by its report and day, and that it is done is written after it is posted: so it leaves
     * once, whoever dies when and however many processes post. A day on which nobody ran at the time is made up for until midnight.
     */
    async postDue(companyId: string): Promise<void> {
      const { today, time } = await localNow(companyId);
      const day = today.toString();
      const due = await collection.find({ companyId, doneOn: { $lt: day } }).toArray();
      for (const document of due.filter(({ at }) => at <= time)) {
        const sent = await post(document, `report.${document._id}.${day}`);
        const done = { doneOn: day, ...(sent && { lastSentOn: day }) };
        await collection.updateOne({ _id: document._id, doneOn: { $lt: day } }, { $set: done, $inc: { rev: 1 } });
      }
    },
  };
}

/** A report that this scope may not see: it was asked for before its user was limited to some queues. */
const isBeyond = ({ queues }: Scope, report: ReportMail["report"]): boolean =>
  queues !== undefined && !reportsOfLimited.some((name) => name === report);

export type ReportMails = ReturnType<typeof createReportMails>;

function tooMany(): UserError {
  const problem = { fr: `dépasse ${MOST} rapports par personne`, en: `is more than ${MOST} reports a person` };
  return new UserError("requestInvalid", { where: "/body", problem });
}
