import type { Callback, CallbackOrder, DiallingRules, Line, OrderedCallback } from "@cordboard/api";
import { demand, demandQueue, type Scope, systemScope } from "../access/index.ts";
import { judgeNumber } from "../call-centre/index.ts";
import { numberText } from "../companies/index.ts";
import type { Directories } from "../desk/index.ts";
import { UserError } from "../errors/index.ts";
import type { CallbackOrigin, CallCard, CallCentreCommands, MakeId } from "../ports/index.ts";
import type { Callbacks } from "./service.ts";
import { timeTaken } from "./times.ts";

export interface PromiseForGiven {
  readonly callbacks: Pick<Callbacks, "get" | "standing" | "queueTimes">;
  readonly commands: Pick<CallCentreCommands, "callback">;
  readonly directories: Directories;
  readonly rules: { of(companyId: string): Promise<Pick<DiallingRules, "countries">> };
  /** Judges a number by the countries that the company allows; throws the sentence that says why not. */
  readonly numberToDial: (asked: {
    readonly written: string;
    readonly country: string;
    readonly rules: Pick<DiallingRules, "allowed" | "countries">;
  }) => string;
  readonly doNotCall: { find(companyId: string, number: string): Promise<{ readonly note: string } | null> };
  readonly lines: { list(scope: Scope): Promise<Line[]> };
  readonly cardOf: (companyId: string, person: CalledBack) => Promise<CallCard>;
  readonly userName: (scope: Scope) => Promise<string>;
  readonly makeId: MakeId;
}

export interface CalledBack {
  readonly callbackId: string;
  readonly number: string;
  readonly name: string | null;
  readonly queueId: string;
  readonly line: Pick<Line, "number" | "name"> | null;
}

/**
 * Promises a callback that nobody asked for by telephone: a form on a web site did, or another system. Because the company rings of its own
 * accord as far as the telephone network can tell, it is judged like a number that an operator dials (countries, do-not-call list), and
 * because it waits in line it follows the queue's rules for callers (times, limit, one promise a number).
 */
export function createPromiseFor(given: PromiseForGiven) {
  async function numberFor(companyId: string, written: string): Promise<string> {
    const [{ company }, { countries }] = await Promise.all([
      given.directories.of(companyId),
      given.rules.of(companyId),
    ]);
    const { country } = company;
    const judged = judgeNumber(written, country);
    // The sentence for operators speaks of their own telephone.
    if (!judged.ok && judged.why === "emergency") throw new UserError("numberNotRung", { number: written.trim() });
    const number = given.numberToDial({ written, country, rules: { allowed: true, countries } });
    const kept = await given.doNotCall.find(companyId, number);
    if (kept) throw new UserError("dialDoNotCall", { number: numberText(number, country), note: kept.note });
    return number;
  }

  async function lineFor(companyId: string, lineId: string | undefined): Promise<Line | null> {
    const lines = await given.lines.list(systemScope(companyId));
    if (lineId === undefined) return lines[0] ?? null;
    const found = lines.find((line) => line.lineId === lineId);
    if (!found) throw new UserError("notFound", { what: "line" });
    return found;
  }

  async function originOf(scope: Scope): Promise<CallbackOrigin> {
    const { key, actorId } = scope;
    if (key) return { kind: "key", id: key.apiKeyId, name: key.name };
    return { kind: "user", id: actorId ?? "", name: await given.userName(scope) };
  }

  return async (scope: Scope, order: CallbackOrder): Promise<OrderedCallback> => {
    demand(scope, "write", "callbacks");
    const { companyId } = scope;
    const { queueId, name = null, slotAt } = order;
    const { company, queues } = await given.directories.of(companyId);
    const queue = queues.get(queueId);
    if (!queue) throw new UserError("notFound", { what: "queue" });
    demandQueue(scope, queueId);
    const [number, line, origin] = await Promise.all([
      numberFor(companyId, order.number),
      lineFor(companyId, order.lineId),
      originOf(scope),
    ]);
    const earlier = await given.callbacks.standing(scope, queueId, number);
    const at = typeof slotAt === "string" ? Date.parse(slotAt) : slotAt;
    if (typeof at === "number" && earlier?.slotAt !== new Date(at).toISOString()) {
      const { times } = await given.callbacks.queueTimes(scope, queueId);
      if (!times.some((one) => Date.parse(one.at) === at)) throw timeTaken(at);
    }
    const callbackId = given.makeId("callback");
    const card = await given.cardOf(companyId, { callbackId, number, name, queueId, line });
    const answer = await given.commands.callback(companyId, {
      ...{ kind: "promise", callbackId, queueId, number, card, origin },
      ...(at !== undefined && { slotAt: at }),
    });
    if (answer.ok) {
      const callback = await given.callbacks.get(scope, callbackId);
      tell(scope, null, callback);
      return { callback, created: true };
    }
    switch (answer.reason) {
      case "promised": {
        const callback = await given.callbacks.standing(scope, queueId, number);
        // Over in this very moment: what was asked for has happened.
        if (!callback) throw new UserError("callbackPromised", { number: numberText(number, company.country) });
        if (earlier?.slotAt !== callback.slotAt) tell(scope, earlier, callback);
        return { callback, created: false };
      }
      case "slotTaken":
        throw timeTaken(at ?? null);
      case "full":
        throw new UserError("callbacksFull", { queue: queue.name, most: queue.callbacks.most ?? 0 });
      default:
        throw new UserError("notFound", { what: "queue" });
    }
  };
}

/** For the audit log. */
function tell(scope: Scope, before: Callback | null, after: Callback): void {
  const told = ({ number, state, slotAt, queueId }: Callback) => ({ number, state, slotAt, queueId });
  const { callbackId: targetId, number: targetName } = after;
  scope.changed?.({ resource: "callbacks", targetId, targetName, before: before && told(before), after: told(after) });
}
