import { type CompanyFacts, type Finding, type FlowDocument, validate } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";

export interface CheckRequest {
  /** Counts up; only the answer to the newest question is of interest. */
  readonly turn: number;
  readonly document: FlowDocument;
  readonly company: CompanyFacts;
}

export interface CheckAnswer {
  readonly turn: number;
  readonly findings: readonly Finding[];
}

// Checking a large flow takes longer than a frame: it is done here, beside the page.
self.onmessage = ({ data }: MessageEvent<CheckRequest>) => {
  const answer: CheckAnswer = { turn: data.turn, findings: validate(data.document, registry, data.company) };
  self.postMessage(answer);
};
