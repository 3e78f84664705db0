import { createHash } from "node:crypto";
import type { AgentView, DiallingRules, DialWish, Line, Telephone } from "@cordboard/api";
import { demand, demandOperator, type Scope, systemScope } from "../access/index.ts";
import { numberText } from "../companies/index.ts";
import type { Desk, Directories, Directory } from "../desk/index.ts";
import { UserError } from "../errors/index.ts";
import type { CallCard, CalledParty, Dial, MakeId } from "../ports/index.ts";
import type { DiallingRulesService } from "./dialling-rules.ts";
import type { DoNotCall } from "./do-not-call.ts";
import { linesFor } from "./lines-for.ts";
import { emergencyNumber, numberToDial } from "./may-dial.ts";

export interface DiallingGiven {
  readonly rules: Pick<DiallingRulesService, "of">;
  readonly doNotCall: Pick<DoNotCall, "find">;
  readonly desk: Pick<Desk, "view" | "command">;
  readonly directories: Directories;
  readonly lines: { list(scope: Scope): Promise<Line[]> };
  /** The name of the schedule when it is closed just now; null: it is open, or is no more. */
  readonly closedSchedule: (companyId: string, scheduleId: string) => Promise<string | null>;
  /** What the operator is shown of the call, with the script that opens. */
  readonly cardOf: (companyId: string, called: CalledCard) => Promise<CallCard>;
  /** The line that the operator showed last. */
  readonly usualLine: (companyId: string, operatorId: string) => Promise<string | null>;
  readonly rememberLine: (companyId: string, operatorId: string, lineId: string) => Promise<void>;
  readonly telephonesOfOthers: (companyId: string, operatorId: string) => Promise<ReadonlySet<string>>;
  /** The telephone of an operator's own number, made where there is none. */
  readonly ownTelephone: (companyId: string, ownerId: string, name: string, number: string) => Promise<string>;
  /** A call of this id was placed before. */
  readonly isPlaced: (companyId: string, callId: string) => Promise<boolean>;
  readonly makeId: MakeId;
}

export interface CalledCard {
  readonly callId: string;
  readonly number: string;
  /** Of a colleague, or of a telephone of the company. */
  readonly name: string | null;
  readonly line: Pick<Line, "number" | "name"> | null;
  readonly scriptId: string | null;
}

/** Whom a wish is about, once it is allowed. */
interface Called {
  readonly party: CalledParty;
  readonly number: string;
  readonly name: string | null;
  /** Help is called: whoever needs it has the telephone in their hand when it answers, whatever the company chose. */
  readonly atOnce?: boolean;
}

/** Operators dial: what they wish is judged here, and then carried out by the call centre like everything that they do. */
export function createDialling(given: DiallingGiven) {
  const { rules, doNotCall, desk, directories, lines, makeId } = given;

  async function outside(companyId: string, written: string, now: DiallingRules): Promise<Called> {
    const { company } = await directories.of(companyId);
    const emergency = emergencyNumber(written, company.country);
    if (emergency) return { party: { kind: "number", number: emergency }, number: emergency, name: null, atOnce: true };
    const number = numberToDial({ written, country: company.country, rules: now });
    const kept = await doNotCall.find(companyId, number);
    if (kept) throw new UserError("dialDoNotCall", { number: numberText(number, company.country), note: kept.note });
    const schedule = now.scheduleId && (await given.closedSchedule(companyId, now.scheduleId));
    if (schedule) throw new UserError("dialClosed", { schedule });
    return { party: { kind: "number", number }, number, name: null };
  }

  /** A colleague, or another telephone of the company: nothing to pay, and nobody to be protected from it. */
  async function inside(scope: Scope, telephoneId: string, now: DiallingRules): Promise<Called> {
    if (!now.allowed) throw new UserError("diallingOff");
    const directory = await directories.of(scope.companyId);
    const telephone = directory.telephones.get(telephoneId);
    if (!telephone) throw new UserError("notFound", { what: "telephone" });
    const own = (await desk.view(scope)).telephone?.telephoneId;
    if (own === telephoneId) throw new UserError("dialOwnTelephone");
    // A colleague's own number is called, and not shown.
    const isPrivate = (await given.telephonesOfOthers(scope.companyId, scope.actorId ?? "")).has(telephoneId);
    const name = isPrivate ? (telephone.name.split(" · ")[0] ?? telephone.name) : telephone.name;
    return { party: { kind: "telephone", telephoneId }, number: isPrivate ? name : addressOf(telephone), name };
  }

  async function lineToShow(scope: Scope, now: DiallingRules, asked: string | undefined): Promise<Line | null> {
    const { companyId, actorId } = scope;
    const every = await lines.list(systemScope(companyId));
    const allowed = linesFor(every, now, actorId ?? "");
    if (allowed.length === 0 && every.length > 0) throw new UserError("dialLine");
    if (asked !== undefined) {
      const chosen = allowed.find(({ lineId }) => lineId === asked);
      if (!chosen) throw new UserError("dialLine");
      await given.rememberLine(companyId, actorId ?? "", asked);
      return chosen;
    }
    const usual = actorId && (await given.usualLine(companyId, actorId));
    return allowed.find(({ lineId }) => lineId === usual) ?? allowed[0] ?? null;
  }

  /** Dials for the operator whose scope it is. The same `key` again is the same call, also after it is over. */
  async function dial(scope: Scope, wish: DialWish): Promise<{ readonly view: AgentView; readonly callId: string }> {
    demand(scope, "write", "desk");
    const { companyId, actorId } = scope;
    const callId = wish.key === undefined ? makeId("call") : callIdOf(companyId, actorId ?? "", wish.key);
    if (wish.key !== undefined && (await given.isPlaced(companyId, callId))) {
      return { view: await desk.view(scope), callId };
    }
    const now = await rules.of(companyId);
    const called =
      "number" in wish ? await outside(companyId, wish.number, now) : await inside(scope, wish.telephoneId, now);
    const line = await lineToShow(scope, now, wish.lineId);
    const { number, party, name, atOnce = false } = called;
    const card = await given.cardOf(companyId, { callId, number, name, line, scriptId: now.scriptId });
    const order: Dial = { callId, number, party, first: atOnce ? "operator" : now.first, card };
    return { view: await desk.command(scope, { kind: "dial", dial: order }), callId };
  }

  /** Dials for an operator whom somebody else names, by id or by code. */
  async function dialFor(scope: Scope, operator: string, wish: DialWish): Promise<{ readonly callId: string }> {
    demand(scope, "write", "calls");
    const { companyId } = scope;
    const directory = await directories.of(companyId);
    const found = operatorNamed(directory, operator);
    if (!found) throw new UserError("notFound", { what: "operator" });
    demandOperator(scope, found.operatorId, directory.queues);
    const { callId } = await dial({ companyId, role: "operator", actorId: found.operatorId }, wish);
    return { callId };
  }

  /** Rings the operator's own telephone, to be tried: nobody is called, so no rule has anything to say. */
  async function testTelephone(scope: Scope): Promise<AgentView> {
    demand(scope, "write", "desk");
    const { telephone } = await desk.view(scope);
    if (!telephone) throw new UserError("telephoneMissing");
    const { companyId } = scope;
    const callId = makeId("call");
    const [line = null] = await lines.list(systemScope(companyId));
    const called = { callId, number: telephone.name, name: null, line, scriptId: null };
    const card = await given.cardOf(companyId, called);
    const party = { kind: "nobody" } as const;
    return desk.command(scope, {
      kind: "dial",
      dial: { callId, number: telephone.name, party, first: "operator", card },
    });
  }

  /** Has a number of the operator's own ring for them from now on. What may not be dialled does not ring either: the company pays. */
  async function ownTelephone(scope: Scope, written: string): Promise<AgentView> {
    demand(scope, "write", "desk");
    const { companyId, actorId } = scope;
    const [now, { company, operators }] = await Promise.all([rules.of(companyId), directories.of(companyId)]);
    if (!now.ownNumbers) throw new UserError("ownNumbersOff");
    const number = numberToDial({ written, country: company.country, rules: { ...now, allowed: true } });
    const owner = operators.get(actorId ?? "");
    const name = `${owner?.name ?? ""} · ${numberText(number, company.country)}`.slice(0, 120);
    const telephoneId = await given.ownTelephone(companyId, actorId ?? "", name, number);
    return desk.command(scope, { kind: "chooseTelephone", telephoneId, takeOver: false });
  }

  return { dial, dialFor, testTelephone, ownTelephone };
}

export type Dialling = ReturnType<typeof createDialling>;

function operatorNamed({ operators }: Directory, named: string) {
  const code = named.toLowerCase();
  return operators.get(named) ?? [...operators.values()].find((one) => one.code.toLowerCase() === code);
}

function addressOf({ target }: Telephone): string {
  switch (target.kind) {
    case "number":
      return target.number;
    case "user":
      return target.name;
    case "sipUri":
      return target.uri;
  }
}

function callIdOf(companyId: string, operatorId: string, key: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([companyId, operatorId, key]))
    .digest("hex");
  return `call_${digest.slice(0, 32)}`;
}
