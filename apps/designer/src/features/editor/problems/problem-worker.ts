import { type CompanyFacts, type Finding, type FlowDocument, validate } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";

export interface CheckRequest {
  /** Counts up; only the answer to the newest question is of interest. */
  readonly turn: number;
  readonly document: FlowDocument;
  readonly company: CompanyFacts;
  /** The flows that run inside it; null: nothing is said of them. */
  readonly subflows: ReadonlyMap<string, FlowDocument> | null;
}

export interface CheckAnswer {
  readonly turn: number;
  readonly findings: readonly Finding[];
}

// Checking a large flow takes longer than a frame: it is done here, beside the page.
self.onmessage = ({ data }: MessageEvent<CheckRequest>) => {
  const { turn, document, company, subflows } = data;
  const facts = subflows === null ? company : { ...company, subflow: (flowId: string) => subflows.get(flowId) };
  const answer: CheckAnswer = { turn, findings: validate(document, registry, facts) };
  self.postMessage(answer);
};
