import type { Company, DiallingRules, InputOf, OutputOf, Routes, Telephone } from "@cordboard/api";
import { demand, demandOperator, demandQueue, type Scope, systemScope } from "../access/index.ts";
import type { CallDocument } from "../calls/model.ts";
import { operatorTalk } from "../calls/operator-talk.ts";
import { supervisedTalk } from "../calls/supervision.ts";
import type { Directories } from "../desk/index.ts";
import { numberToDial } from "../dialling/index.ts";
import { OutsideError, UserError } from "../errors/index.ts";
import type {
  CallCentreCommands,
  CallInbox,
  Clock,
  ControlCall,
  MakeId,
  SupervisedTalk,
  SupervisionWish,
} from "../ports/index.ts";

export interface SupervisionsGiven {
  readonly commands: Pick<CallCentreCommands, "live">;
  readonly directories: Directories;
  readonly control: ControlCall;
  readonly placeCall: CallInbox["placeCall"];
  /** The calls themselves: a conversation, and a supervisor's own call. */
  readonly calls: {
    find(callId: string): Promise<CallDocument | null>;
    supervise(callId: string, wish: SupervisionWish): Promise<"done" | "gone" | "unowned">;
  };
  readonly companies: { get(scope: Scope): Promise<Company> };
  readonly lines: { list(scope: Scope): Promise<readonly { readonly number: string; readonly name: string }[]> };
  readonly telephones: { get(scope: Scope, telephoneId: string): Promise<Telephone> };
  readonly rules: { of(companyId: string): Promise<DiallingRules> };
  readonly userName: (scope: Scope) => Promise<string>;
  readonly makeId: MakeId;
  readonly clock: Clock;
}

type Supervision = OutputOf<Routes["live.listen"]>;
type Wish = InputOf<Routes["live.listen"]>["body"];

/** A supervisor comes into the conversation of an operator: by a call of their own, which meets the two in the conference of theirs. */
export function createSupervisions(given: SupervisionsGiven) {
  const { commands, directories, control, calls, companies, lines, telephones, clock, makeId } = given;

  /** The conversation of this operator, as somebody may come into it. */
  async function talkOf(scope: Scope, operatorId: string) {
    const { companyId, actorId } = scope;
    const [{ operators, queues }, { operators: rows }] = await Promise.all([
      directories.of(companyId),
      commands.live(companyId),
    ]);
    const operator = operators.get(operatorId)?.name;
    if (operator === undefined) throw new UserError("notFound", { what: "operator" });
    demandOperator(scope, operatorId, queues);
    const row = rows.find((one) => one.operatorId === operatorId);
    if (row?.state === "handedOver") throw new UserError("talkAtExchange", { operator });
    if (row?.state !== "talking" || !row.on) throw new UserError("operatorNotTalking", { operator });
    if (row.on.listeners?.some(({ userId }) => userId === actorId))
      throw new UserError("alreadyListening", { operator });
    const { callId, queueId } = row.on;
    demandQueue(scope, queueId);
    const call = await calls.find(callId);
    const talk = call?.companyId === companyId ? operatorTalk(call) : null;
    if (!talk) throw new UserError("operatorNotTalking", { operator });
    return { callId, offerId: talk.offerId, queueId, operatorId, operatorName: operator };
  }

  /** What is to ring. A number obeys the rules of whoever dials: the company pays. */
  async function toRing({ companyId }: Scope, telephone: Wish["telephone"], { country }: Company) {
    if (telephone.kind === "telephone") {
      const { name, telephoneId } = await telephones.get(systemScope(companyId), telephone.telephoneId);
      return { number: name, telephoneId, first: "operator" } as const;
    }
    const rules = { ...(await given.rules.of(companyId)), allowed: true };
    const number = numberToDial({ written: telephone.number, country, rules });
    return { number, telephoneId: "", first: "party" } as const;
  }

  /** A supervisor's own call of this company. */
  async function find({ companyId, queues, actorId }: Scope, supervisionId: string) {
    const call = await calls.find(supervisionId);
    const talk = call?.companyId === companyId && supervisedTalk(call);
    if (!call || !talk) throw new UserError("notFound", { what: "call" });
    // Who supervises some queues ends what they began, and nobody else's.
    if (queues && talk.userId !== actorId) throw new UserError("notFound", { what: "call" });
    return { call, talk };
  }

  async function ask(supervisionId: string, wish: SupervisionWish): Promise<"done" | "gone"> {
    const answer = await calls.supervise(supervisionId, wish);
    if (answer === "unowned") throw new OutsideError("callCentreUnavailable");
    return answer;
  }

  return {
    async begin(scope: Scope, operatorId: string, { mode, telephone }: Wish): Promise<Supervision> {
      demand(scope, "write", "live");
      const { companyId, actorId } = scope;
      const own = systemScope(companyId);
      const company = await companies.get(own);
      if (company.listening === "off") throw new UserError("listeningOff");
      const conversation = await talkOf(scope, operatorId);
      const rung = await toRing(scope, telephone, company);
      const [userName, [line]] = await Promise.all([given.userName(scope), lines.list(own)]);
      const of: SupervisedTalk = {
        ...{ ...conversation, userId: actorId ?? "", userName },
        shown: company.listening !== "unshown",
      };
      const { callId, offerId, queueId } = conversation;
      const asked = await control({ companyId, callId, offerId, queueId, operatorId, control: { kind: "meet" } });
      if (asked === "unowned") throw new OutsideError("callCentreUnavailable");
      if (asked !== "done") throw new UserError("operatorNotTalking", { operator: conversation.operatorName });
      const supervisionId = makeId("call");
      const taken = await given.placeCall({
        ...{ companyId, callId: supervisionId, callbackId: null, offerId: null, queueId: null },
        // No operator's call: nobody is kept from calls by it, and no report counts it.
        ...{ operatorId: "", operatorName: "", ...rung, party: { kind: "conversation", of, mode } },
        card: {
          ...{ from: rung.first === "party" ? rung.number : null, hidden: false, callerName: null },
          ...{ to: line?.number ?? "", lineName: line?.name ?? "", script: null },
          ...{ language: company.languages[0] ?? "en-GB", callStartedAt: clock.now() },
        },
      });
      if (taken !== "taken") throw new OutsideError("callCentreUnavailable");
      const after = { mode, call: callId, telephone: rung.number, shown: of.shown };
      const { operatorName: targetName } = conversation;
      scope.changed?.({ resource: "live", targetId: operatorId, targetName, before: null, after });
      return { ...standing, supervisionId, callId, operatorId, operatorName: targetName, mode };
    },

    async standing(scope: Scope, supervisionId: string): Promise<Supervision> {
      demand(scope, "read", "live");
      return toSupervision(await find(scope, supervisionId));
    },

    /** Only for themselves: nobody is to be heard who does not know it. */
    async change(scope: Scope, supervisionId: string, mode: Wish["mode"]): Promise<Supervision> {
      demand(scope, "write", "live");
      const found = await find(scope, supervisionId);
      const { talk, call } = found;
      if (talk.userId !== scope.actorId) throw new UserError("notFound", { what: "call" });
      if ((await ask(supervisionId, { kind: "mode", mode })) === "gone") throw new UserError("notListening");
      const before = { mode: call.supervision?.mode ?? mode };
      const { operatorId: targetId, operatorName: targetName } = talk;
      scope.changed?.({ resource: "live", targetId, targetName, before, after: { mode } });
      return { ...toSupervision(found), mode };
    },

    async end(scope: Scope, supervisionId: string): Promise<void> {
      demand(scope, "write", "live");
      const { talk } = await find(scope, supervisionId);
      await ask(supervisionId, { kind: "leave" });
      const { operatorId: targetId, operatorName: targetName, callId } = talk;
      scope.changed?.({ resource: "live", targetId, targetName, before: null, after: { asked: true, call: callId } });
    },
  };
}

export type Supervisions = ReturnType<typeof createSupervisions>;

const standing = { state: "ringing", since: null, failed: null } as const;

function toSupervision({ call, talk }: { readonly call: CallDocument; readonly talk: SupervisedTalk }): Supervision {
  const { _id: supervisionId, supervision, status, placed } = call;
  const since = supervision?.modes[0]?.since ?? null;
  const { notPickedUp } = placed ?? { notPickedUp: null };
  return {
    ...{ supervisionId, callId: talk.callId, operatorId: talk.operatorId, operatorName: talk.operatorName },
    mode: supervision?.mode ?? "listen",
    state: status === "ended" ? "over" : since === null ? "ringing" : "in",
    since: since === null ? null : new Date(since).toISOString(),
    failed: notPickedUp === "machine" ? null : notPickedUp,
  };
}
