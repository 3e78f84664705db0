import type { FlowSummary, Line } from "@cordboard/api";

/** What a line leads to at a moment. */
export type Reached =
  | { readonly kind: "nothing" }
  | { readonly kind: "queue"; readonly queueId: string }
  | { readonly kind: "unpublished"; readonly flow: FlowSummary }
  | {
      readonly kind: "flow";
      readonly flow: FlowSummary;
      readonly versionId: string;
      readonly number: number;
      /** When it goes into service, if that is still to come. */
      readonly plannedFor: string | null;
    };

/** What a line leads to at a moment, as it is set up today and with what is planned until then. */
export function reachedBy(
  { flowId, queueId }: Pick<Line, "flowId" | "queueId">,
  flows: readonly FlowSummary[],
  at: number,
): Reached {
  const flow = flows.find((one) => one.flowId === flowId);
  if (flow) {
    const { planned, published } = flow;
    if (planned !== null && Date.parse(planned.at) <= at) {
      return { kind: "flow", flow, versionId: planned.versionId, number: planned.number, plannedFor: planned.at };
    }
    if (published === null) return { kind: "unpublished", flow };
    return { kind: "flow", flow, versionId: published.versionId, number: published.number, plannedFor: null };
  }
  return queueId === null ? { kind: "nothing" } : { kind: "queue", queueId };
}
