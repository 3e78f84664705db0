import type { ByHand } from "@cordboard/acd";
import type { InputOf, LiveBoard, Queue, Routes, WaitingCaller } from "@cordboard/api";
import { demand, demandOperator, demandQueue, demandWholeCompany, reaches, type Scope } from "../access/index.ts";
import type { Directories, Directory } from "../desk/index.ts";
import { UserError } from "../errors/index.ts";
import type { CallCentreCommands, MakeId, SupervisorAnswer, SupervisorCommand } from "../ports/index.ts";
import type { Queues } from "../queues/index.ts";
import { boardWithin, liveBoard, waitingCaller, wireByHand } from "./wire.ts";

export interface LiveGiven {
  readonly commands: Pick<CallCentreCommands, "live" | "callers" | "supervise">;
  readonly directories: Directories;
  readonly makeId: MakeId;
  /** What a user is called. */
  readonly userName: (scope: Scope) => Promise<string>;
  readonly queues: Pick<Queues, "openByHand">;
  /** When the opening hours of a queue next open, or close (UTC ms); null: never by themselves, or it has none. */
  readonly hoursNext: (companyId: string, queueId: string, to: "open" | "closed") => Promise<number | null>;
  readonly now: () => number;
  readonly callExists: (companyId: string, callId: string) => Promise<boolean>;
  /** The queues that a caller waits in; none: they do not wait. */
  readonly queuesOf: (companyId: string, callId: string) => Promise<readonly string[]>;
}

type Opening = InputOf<Routes["live.open"]>["body"];
type QueueNamed = Pick<Queue, "queueId" | "name">;
type Order = InputOf<Routes["live.force"]>["body"]["to"];
type Notice = InputOf<Routes["live.notice"]>["body"];

/** The live board, and what a supervisor does from it: each action says what it did for the audit log. */
export function createLive(given: LiveGiven) {
  const { commands, directories, makeId, userName, callExists } = given;
  async function supervise(scope: Scope, command: SupervisorCommand): Promise<Extract<SupervisorAnswer, { ok: true }>> {
    const answer = await commands.supervise(scope.companyId, command);
    if (answer.ok) return answer;
    switch (answer.reason) {
      case "underWay":
        throw new UserError("callerRings");
      case "noSuchQueue":
        throw new UserError("notFound", { what: "queue" });
      case "notSignedIn": {
        const directory = await directories.of(scope.companyId);
        throw notSignedIn("operatorId" in command ? command.operatorId : "", directory);
      }
      case "gone":
        if ("callId" in command && !(await callExists(scope.companyId, command.callId)))
          throw new UserError("notFound", { what: "call" });
        throw new UserError("callerGone");
    }
  }

  /** A caller who waits in a queue that this scope supervises; of another one it is not told that there is any. */
  async function demandCaller(scope: Scope, callId: string): Promise<void> {
    if (!scope.queues || reaches(scope, await given.queuesOf(scope.companyId, callId))) return;
    throw new UserError("notFound", { what: "call" });
  }

  async function nextChange(companyId: string, { queueId, name }: QueueNamed, state: ByHand["state"]): Promise<number> {
    const at = await given.hoursNext(companyId, queueId, state === "closed" ? "open" : "closed");
    if (at === null) throw new UserError("queueWithoutHours", { queue: name });
    return at;
  }

  return {
    async board(scope: Scope): Promise<LiveBoard> {
      demand(scope, "read", "live");
      const [snapshot, directory] = await Promise.all([
        commands.live(scope.companyId),
        directories.of(scope.companyId),
      ]);
      return boardWithin(scope, liveBoard(snapshot, directory), directory);
    },
    async callers(scope: Scope, queueId: string): Promise<WaitingCaller[]> {
      demand(scope, "read", "live");
      const directory = await directories.of(scope.companyId);
      if (!directory.queues.has(queueId)) throw new UserError("notFound", { what: "queue" });
      demandQueue(scope, queueId);
      const rows = await commands.callers(scope.companyId, queueId);
      return rows.map((row) => waitingCaller(row, queueId, directory));
    },
    async force(scope: Scope, operatorId: string, to: Order): Promise<{ later: boolean }> {
      demand(scope, "write", "live");
      const { operators, queues } = await directories.of(scope.companyId);
      const operator = operators.get(operatorId);
      if (!operator) throw new UserError("notFound", { what: "operator" });
      demandOperator(scope, operatorId, queues);
      const { later } = await supervise(scope, { kind: "force", operatorId, to });
      tell(scope, operatorId, operator.name, { state: to, later });
      return { later };
    },
    async notice(scope: Scope, { to, text }: Notice): Promise<{ told: number }> {
      demand(scope, "write", "live");
      const directory = await directories.of(scope.companyId);
      if ("operatorId" in to) demandOperator(scope, to.operatorId, directory.queues);
      else if ("queueId" in to) demandQueue(scope, to.queueId);
      else demandWholeCompany(scope);
      const by = await userName(scope);
      const { told } = await supervise(scope, { kind: "notice", noticeId: makeId("notice"), to, by, text });
      if (told.length === 0) {
        throw "operatorId" in to ? notSignedIn(to.operatorId, directory) : new UserError("nobodySignedIn");
      }
      const target = "operatorId" in to ? to.operatorId : "queueId" in to ? to.queueId : scope.companyId;
      const name = directory.operators.get(target)?.name ?? directory.queues.get(target)?.name ?? null;
      const names = told.map((operatorId) => directory.operators.get(operatorId)?.name ?? operatorId);
      tell(scope, target, name, { notice: text, told: names });
      return { told: told.length };
    },
    /**
     * Opens or closes a queue by hand. It is kept with the queue first, and then decided by; so it outlives every process, and holds for the next
     * caller once this resolves.
     */
    async open(scope: Scope, queueId: string, { to, until, sendsAway, reason }: Opening): Promise<ByHand | null> {
      demand(scope, "write", "live");
      const { companyId } = scope;
      const { queues } = await directories.of(companyId);
      const queue = queues.get(queueId);
      if (!queue) throw new UserError("notFound", { what: "queue" });
      demandQueue(scope, queueId);
      const now = given.now();
      const said = async (state: ByHand["state"]): Promise<ByHand> => ({
        ...{ state, sendsAway: state === "closed" && sendsAway, at: now, reason: reason.trim() },
        until: until === "nextChange" ? await nextChange(companyId, queue, state) : momentOf(until, now),
        by: await userName(scope),
      });
      const byHand = to === "hours" ? null : await said(to);
      await given.queues.openByHand(companyId, queueId, byHand);
      tell(scope, queueId, queue.name, byHand ? wireByHand(byHand) : { state: "hours", reason: reason.trim() });
      await supervise(scope, { kind: "queueOpened", queueId });
      return byHand;
    },
    async moveUp(scope: Scope, callId: string): Promise<void> {
      demand(scope, "write", "live");
      await demandCaller(scope, callId);
      await supervise(scope, { kind: "moveUp", callId });
      tell(scope, callId, null, { place: "first" });
    },
    async moveTo(scope: Scope, callId: string, queueId: string): Promise<void> {
      demand(scope, "write", "live");
      const { queues } = await directories.of(scope.companyId);
      const queue = queues.get(queueId);
      if (!queue) throw new UserError("notFound", { what: "queue" });
      demandQueue(scope, queueId);
      await demandCaller(scope, callId);
      await supervise(scope, { kind: "moveTo", callId, queueId });
      tell(scope, callId, null, { queue: queue.name });
    },
  };
}

export type Live = ReturnType<typeof createLive>;

/** Null: no moment. */
function momentOf(until: string | null, now: number): number | null {
  const at = until === null ? null : Date.parse(until);
  if (at !== null && at <= now) {
    throw new UserError("scheduleInvalid", {
      where: { fr: "le moment donné", en: "the moment given" },
      problem: { fr: "est déjà passé", en: "has passed already" },
    });
  }
  return at;
}

function tell(scope: Scope, targetId: string, targetName: string | null, after: object): void {
  scope.changed?.({ resource: "live", targetId, targetName, before: null, after });
}

function notSignedIn(operatorId: string, { operators }: Directory): UserError {
  return new UserError("operatorNotSignedIn", {
    operator: operators.get(operatorId)?.name ?? { fr: "Cet opérateur", en: "This operator" },
  });
}
