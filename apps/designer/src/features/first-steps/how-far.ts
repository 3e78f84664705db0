import type { FlowSummary, Line, Operator, Queue, Telephone } from "@cordboard/api";

/** What a company needs before somebody's first call reaches anybody, in the order in which one thing asks for another. */
export const firstSteps = ["telephones", "operators", "queues", "flows", "lines"] as const;
export type FirstStep = (typeof firstSteps)[number];

export interface Made {
  readonly telephones: readonly Pick<Telephone, "telephoneId">[];
  readonly operators: readonly Pick<Operator, "enabled">[];
  readonly queues: readonly Pick<Queue, "operatorIds">[];
  readonly flows: readonly Pick<FlowSummary, "published">[];
  readonly lines: readonly Pick<Line, "flowId" | "queueId">[];
}

/** Which of the steps are done. A line may lead straight to a queue: then nothing has to be drawn. */
export function howFar({ telephones, operators, queues, flows, lines }: Made): Readonly<Record<FirstStep, boolean>> {
  return {
    telephones: telephones.length > 0,
    operators: operators.some(({ enabled }) => enabled),
    queues: queues.some(({ operatorIds }) => operatorIds.length > 0),
    flows: flows.some(({ published }) => published !== null) || lines.some(({ queueId }) => queueId !== null),
    lines: lines.some(({ flowId, queueId }) => flowId !== null || queueId !== null),
  };
}
