import type { Operator } from "@cordboard/api";
import type { Connection } from "mongoose";
import type { Scope } from "../../access/index.ts";
import type { Bus, Clock, MakeId } from "../../ports/index.ts";
import type { Passwords, Sessions } from "../../users/index.ts";
import type { OperatorWorld } from "./plan-operators.ts";

export interface OperatorFilesGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly queues: (scope: Scope) => Promise<OperatorWorld["queues"]>;
  readonly telephones: (scope: Scope) => Promise<OperatorWorld["telephones"]>;
  /** The language that the company speaks first. */
  readonly languageOf: (scope: Scope) => Promise<Operator["language"]>;
  /** Changes who may serve a queue. */
  readonly setServing: (
    scope: Scope,
    queueId: string,
    change: (operatorIds: readonly string[]) => readonly string[],
  ) => Promise<void>;
}
