import type { StepAction, StepGuard } from "@cordboard/node-kit";

/** What the engine itself does around the actions of node types. */
export type EngineAction =
  | StepAction
  /** First in every node: begins a visit. */
  | {
      readonly type: "enterNode";
      readonly params: { readonly id: string; readonly type: string; readonly typeVersion: number };
    }
  /** Last in every node: ends its timers. */
  | { readonly type: "leaveNode"; readonly params: Readonly<Record<string, never>> }
  | {
      readonly type: "move";
      readonly params: { readonly from: string; readonly output: string; readonly to: string | null };
    }
  /** Begins a sub-flow: its variables take the place of those of the flow that waits for it. */
  | {
      readonly type: "enterFlow";
      readonly params: { readonly path: string; readonly inputs: readonly Input[] };
    }
  /** Before a sub-flow ends by an output of its own: gives results to the flow that waits. */
  | {
      readonly type: "giveResults";
      readonly params: { readonly results: readonly { readonly variable: string; readonly result: string }[] };
    }
  /** Ends a sub-flow, whichever way it is left. */
  | { readonly type: "leaveFlow"; readonly params: Readonly<Record<string, never>> }
  /** Counts a way to the error path. */
  | { readonly type: "fail"; readonly params: Readonly<Record<string, never>> }
  | { readonly type: "hangUp"; readonly params: Readonly<Record<string, never>> };

interface Input {
  /** The sub-flow's. */
  readonly variable: string;
  /** Of the flow that runs it. */
  readonly expression: string;
}

export type EngineGuard =
  | StepGuard
  | { readonly type: "failedLessThan"; readonly params: { readonly times: number } }
  | { readonly type: "flowKey"; readonly params: { readonly digits: string } };

export interface TransitionJson {
  readonly target?: string;
  readonly guard?: EngineGuard;
  readonly actions?: readonly EngineAction[];
  readonly reenter?: boolean;
}

/** XState's machine configuration, as far as flows use it: JSON, so that it can be exported and looked at. */
export interface StateJson {
  readonly id?: string;
  readonly type?: "final";
  readonly initial?: string;
  readonly states?: Readonly<Record<string, StateJson>>;
  readonly entry?: readonly EngineAction[];
  readonly exit?: readonly EngineAction[];
  readonly on?: Readonly<Record<string, readonly TransitionJson[]>>;
  readonly description?: string;
}

export interface MachineJson extends StateJson {
  readonly id: string;
  readonly initial: string;
  readonly states: Readonly<Record<string, StateJson>>;
}
