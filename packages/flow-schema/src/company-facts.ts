import type { Sentence } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";

/** What the company has and what ships with the product, for references that lead out of the document. Kinds that are not given are not checked. */
export interface CompanyFacts {
  readonly queue?: ReadonlySet<string>;
  readonly script?: ReadonlySet<string>;
  readonly telephone?: ReadonlySet<string>;
  readonly schedule?: ReadonlySet<string>;
  readonly voicemailBox?: ReadonlySet<string>;
  /** Queues that no operator may serve. */
  readonly unserved?: ReadonlySet<string>;
  /** Schedules that are open on no day. */
  readonly neverOpen?: ReadonlySet<string>;
  /** A moment at which a schedule is closed (ISO 8601, at its own place), for those that are open at times. */
  readonly closedAt?: ReadonlyMap<string, string>;
  /** What operators can be good at. */
  readonly skill?: ReadonlySet<string>;
  /** Sources of contacts beside the company's own. */
  readonly connector?: ReadonlySet<string>;
  /** Names of what the company keeps sealed for other systems. */
  readonly secret?: ReadonlySet<string>;
  /** The flows that can run as sub-flows. */
  readonly flow?: ReadonlySet<string>;
  /** The flows that some line lets callers hear before their call is answered. */
  readonly heardUnanswered?: ReadonlySet<string>;
  /** What is wrong with queues, by queue: whoever leads callers there should know. */
  readonly queueProblems?: ReadonlyMap<string, readonly Sentence[]>;
  /** The flow that runs as a sub-flow; undefined when there is none. Without it nothing is said of what sub-flows hold. */
  readonly subflow?: SubflowResolver;
  /** The announcements that ship with the product, by name. */
  readonly builtIn?: ReadonlySet<string>;
}

/** Gives the document of a flow that others run inside themselves: the latest for a draft, the pinned one for a version. */
export type SubflowResolver = (flowId: string) => FlowDocument | undefined;
