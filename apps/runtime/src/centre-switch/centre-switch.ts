import { createHash } from "node:crypto";
import type { AskCentreEffect, CentreResult } from "@cordboard/node-kit";
import { scheduleState } from "@cordboard/schedule";
import { demand, type Scope } from "../access/index.ts";
import type { Audit } from "../audit/index.ts";
import type { CentreAnswer } from "../calls/host-answers.ts";
import { UserError } from "../errors/index.ts";
import type { Clock } from "../ports/index.ts";
import type { Schedules } from "../schedules/index.ts";
import type { CodeTries } from "../voicemail/index.ts";
import { holdUntil } from "./hold-until.ts";
import type { TelephoneCodes } from "./telephone-codes.ts";

export interface CentreSwitchGiven {
  readonly clock: Clock;
  readonly schedules: Pick<Schedules, "timetable" | "force">;
  readonly codes: Pick<TelephoneCodes, "whose">;
  readonly tries: Pick<CodeTries, "locked" | "wrong" | "right">;
  /** What a user may do now; null: they may not work here (any more). */
  readonly scopeOf: (companyId: string, userId: string) => Promise<Scope | null>;
  readonly audit: Pick<Audit, "writeOnce">;
}

/** Who asks: a call, and the number that it shows. */
export interface SwitchingCall {
  readonly _id: string;
  readonly companyId: string;
  readonly from: string | null;
  readonly hidden: boolean;
}

/** What the audit log calls it: `schedules.force` is the same on the screen. */
const ACTION = "schedules.forceByTelephone";

/**
 * Answers whoever opens or closes a centre by telephone. It is the one switch that a schedule has. Who keyed the code is looked at again at each
 * question: a user who is stopped, or loses the right, in the middle of the call switches nothing more. Each question may be asked again.
 */
export function createCentreSwitch(given: CentreSwitchGiven) {
  const { clock, codes, schedules, tries } = given;
  const only = (result: CentreResult): CentreAnswer => ({ result, userId: null });

  /** What the user may do, where that is to switch a schedule. */
  async function permitted(companyId: string, userId: string): Promise<Scope | "stopped" | "forbidden"> {
    const scope = await given.scopeOf(companyId, userId);
    if (scope === null) return "stopped";
    try {
      demand(scope, "write", "schedules");
      return scope;
    } catch (cause) {
      if (cause instanceof UserError) return "forbidden";
      throw cause;
    }
  }

  async function stands(companyId: string, scheduleId: string): Promise<CentreResult> {
    const now = clock.now();
    const { schedule, timeZone } = await schedules.timetable(companyId, scheduleId);
    if (!schedule) return "failed";
    const { forced } = schedule;
    if (forced === null || (forced.until !== null && forced.until <= now)) {
      return scheduleState(schedule, timeZone, now).state;
    }
    return forced.state === "open" ? "openByHand" : "closedByHand";
  }

  async function enter(
    { companyId, from, hidden }: SwitchingCall,
    scheduleId: string,
    code: string,
  ): Promise<CentreAnswer> {
    const caller = hidden ? null : from;
    const subject = `telephoneCodes/${companyId}`;
    if (await tries.locked(companyId, subject, caller)) return only("locked");
    const userId = await codes.whose(companyId, code);
    const scope = userId === null ? "stopped" : await permitted(companyId, userId);
    // The code of somebody who may not work here any more is as good as none, and is not told from one.
    if (scope === "stopped") {
      await tries.wrong(companyId, subject, caller);
      return only((await tries.locked(companyId, subject, caller)) ? "locked" : "refused");
    }
    await tries.right(companyId, subject, caller);
    if (scope === "forbidden") return only("forbidden");
    return { result: await stands(companyId, scheduleId), userId };
  }

  /** Sets the switch where it stands otherwise, and tells the audit log: both once, however often they are asked for. */
  async function force(
    call: SwitchingCall,
    scope: Scope & { readonly actorId: string },
    { entry, question }: AskCentreEffect,
  ): Promise<void> {
    const { companyId } = call;
    const { scheduleId } = question;
    const { schedule, timeZone } = await schedules.timetable(companyId, scheduleId);
    if (!schedule || question.what === "enter" || question.what === "look") return;
    const wanted =
      question.what === "giveBack"
        ? null
        : {
            state: question.what === "open" ? ("open" as const) : ("closed" as const),
            until: holdUntil(question.hold, schedule, timeZone, clock.now()),
          };
    if (!same(schedule.forced, wanted)) {
      const until = wanted?.until == null ? null : new Date(wanted.until).toISOString();
      await schedules.force(scope, scheduleId, wanted && { ...wanted, until });
    }
    const id = createHash("sha256").update(`${ACTION}/${call._id}/${entry}`).digest("hex").slice(0, 32);
    await given.audit.writeOnce(`audit_${id}`, {
      ...{ companyId, userId: scope.actorId, at: clock.now(), action: ACTION, resource: "schedules" },
      ...{ targetId: scheduleId, targetName: schedule.name },
      ...{ before: { forced: schedule.forced }, after: { forced: wanted, byTelephone: call._id } },
    });
  }

  /** May reject when the store cannot be asked: the caller then hears that it is not possible now. */
  return async function askCentre(call: SwitchingCall, effect: AskCentreEffect): Promise<CentreAnswer> {
    const { companyId } = call;
    const { question } = effect;
    const { scheduleId } = question;
    if (question.what === "enter") return enter(call, scheduleId, question.code);
    const scope = await permitted(companyId, question.userId);
    if (typeof scope === "string") return only("forbidden");
    await force(call, { ...scope, actorId: question.userId }, effect);
    return { result: await stands(companyId, scheduleId), userId: question.userId };
  };
}

type Switch = { readonly state: "open" | "closed"; readonly until: number | null } | null;

const same = (is: Switch, wanted: Switch): boolean =>
  is?.state === wanted?.state && (is?.until ?? null) === (wanted?.until ?? null);
