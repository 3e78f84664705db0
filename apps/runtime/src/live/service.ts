import type { InputOf, LiveBoard, Routes, WaitingCaller } from "@cordboard/api";
import { demand, type Scope } from "../access/index.ts";
import type { Directories, Directory } from "../desk/index.ts";
import { UserError } from "../errors/index.ts";
import type { CallCentreCommands, MakeId, SupervisorAnswer, SupervisorCommand } from "../ports/index.ts";
import { liveBoard, waitingCaller } from "./wire.ts";

export interface LiveGiven {
  readonly commands: Pick<CallCentreCommands, "live" | "callers" | "supervise">;
  readonly directories: Directories;
  readonly makeId: MakeId;
  /** What a user is called. */
  readonly userName: (scope: Scope) => Promise<string>;
  readonly callExists: (companyId: string, callId: string) => Promise<boolean>;
}

type Order = InputOf<Routes["live.force"]>["body"]["to"];
type Notice = InputOf<Routes["live.notice"]>["body"];

/** The live board, and what a supervisor does from it: each action says what it did for the audit log. */
export function createLive({ commands, directories, makeId, userName, callExists }: LiveGiven) {
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

  return {
    async board(scope: Scope): Promise<LiveBoard> {
      demand(scope, "read", "live");
      const [snapshot, directory] = await Promise.all([
        commands.live(scope.companyId),
        directories.of(scope.companyId),
      ]);
      return liveBoard(snapshot, directory);
    },
    async callers(scope: Scope, queueId: string): Promise<WaitingCaller[]> {
      demand(scope, "read", "live");
      const directory = await directories.of(scope.companyId);
      if (!directory.queues.has(queueId)) throw new UserError("notFound", { what: "queue" });
      const rows = await commands.callers(scope.companyId, queueId);
      return rows.map((row) => waitingCaller(row, queueId, directory));
    },
    async force(scope: Scope, operatorId: string, to: Order): Promise<{ later: boolean }> {
      demand(scope, "write", "live");
      const { operators } = await directories.of(scope.companyId);
      const operator = operators.get(operatorId);
      if (!operator) throw new UserError("notFound", { what: "operator" });
      const { later } = await supervise(scope, { kind: "force", operatorId, to });
      tell(scope, operatorId, operator.name, { state: to, later });
      return { later };
    },
    async notice(scope: Scope, { to, text }: Notice): Promise<{ told: number }> {
      demand(scope, "write", "live");
      const directory = await directories.of(scope.companyId);
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
    async moveUp(scope: Scope, callId: string): Promise<void> {
      demand(scope, "write", "live");
      await supervise(scope, { kind: "moveUp", callId });
      tell(scope, callId, null, { place: "first" });
    },
    async moveTo(scope: Scope, callId: string, queueId: string): Promise<void> {
      demand(scope, "write", "live");
      const { queues } = await directories.of(scope.companyId);
      const queue = queues.get(queueId);
      if (!queue) throw new UserError("notFound", { what: "queue" });
      await supervise(scope, { kind: "moveTo", callId, queueId });
      tell(scope, callId, null, { queue: queue.name });
    },
  };
}

export type Live = ReturnType<typeof createLive>;

function tell(scope: Scope, targetId: string, targetName: string | null, after: object): void {
  scope.changed?.({ resource: "live", targetId, targetName, before: null, after });
}

function notSignedIn(operatorId: string, { operators }: Directory): UserError {
  return new UserError("operatorNotSignedIn", {
    operator: operators.get(operatorId)?.name ?? { fr: "Cet opérateur", en: "This operator" },
  });
}
