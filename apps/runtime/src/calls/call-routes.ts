import type { CompiledFlow } from "@cordboard/engine";
import type { CallOrder, EverydayUse, PassOnTarget } from "../ports/index.ts";

/** Where a dialled number leads. */
export interface CallRoute {
  readonly companyId: string;
  readonly lineId: string | null;
  readonly lineName: string;
  readonly flowId: string;
  readonly flowVersionId: string;
  /** The versions of everyday settings whose values are in what was compiled; absent: what is drawn. */
  readonly everyday?: readonly EverydayUse[];
  readonly compiled: CompiledFlow;
  readonly language: string | null;
  readonly timeZone: string;
  /** For how long callers may hear what is said before the call is answered, milliseconds; absent or null: it is answered at once. */
  readonly unansweredMs?: number | null;
}

export interface PlacedCallRoute extends CallRoute {
  /** The number that the call shows; `null`: the company has no line. */
  readonly shows: string | null;
}

/** Where a call goes that an operator passes on. */
export type PassOnRoute = Pick<CallRoute, "flowId" | "flowVersionId" | "everyday" | "compiled" | "timeZone">;

/** What the call core asks of lines, flows, scripts and telephones. */
export interface CallRoutes {
  /**
   * The line of a dialled number, with the published version that new calls get. A number that no line has leads to the built-in
   * announcement that says so: the answer is then that flow, with `lineId: null`.
   */
  /** `first`: the number that was dialled first, where the call was diverted. */
  route(dialled: string, first?: string | null): Promise<CallRoute>;
  /**
   * The flow of a call that we place: it dials the number once the operator has picked up, or the other way round. The card's `to` is the
   * line that the promise was made on, or that its operator chose. Where it is gone, or not known, another one of the company is shown:
   * carriers let nobody show what is not theirs.
   */
  placed(
    order: Pick<CallOrder, "companyId" | "callbackId" | "telephoneId" | "queueId" | "party" | "first" | "card"> & {
      /** A person who is rung first is told that the conversation may be recorded, and may refuse. */
      readonly tellsOfRecording?: boolean;
    },
  ): Promise<PlacedCallRoute>;
  /** The flow of a call of this queue that is passed on; `null`: what it was to be passed on to is not there (any more). */
  passOn(companyId: string, queueId: string, to: PassOnTarget): Promise<PassOnRoute | null>;
  /** A published version by id, with the everyday settings of calls that began on it; `null` when it is gone or does not compile any more. */
  version(companyId: string, flowVersionId: string, everyday?: readonly EverydayUse[]): Promise<CompiledFlow | null>;
}
