/** A version of the everyday settings of a flow, which a call in it, or in a flow around it, runs with. */
export interface EverydayUse {
  readonly flowId: string;
  readonly everydayId: string;
  readonly number: number;
}
