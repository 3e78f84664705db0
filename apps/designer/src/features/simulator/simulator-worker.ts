import type { Finding, FlowDocument, FlowPrompt } from "@cordboard/flow-schema";
import {
  cutSession,
  draftFlow,
  type Session,
  type SimNow,
  type SimRun,
  sessionOf,
  type TriedScenario,
  toldScenario,
  tryScenario,
  trySession,
  type WrittenScenario,
} from "@cordboard/simulator/scenario";

interface Question {
  /** Names the answer. */
  readonly turn: number;
  readonly document: FlowDocument;
  readonly subflows: ReadonlyMap<string, FlowDocument> | null;
}

/** Plays scenarios that were kept. */
export interface ScenarioRequest extends Question {
  readonly kind: "scenarios";
  readonly scenarios: readonly WrittenScenario[];
}

/** Makes a session of a scenario that was kept. */
export interface OpenRequest extends Question {
  readonly kind: "open";
  readonly scenario: WrittenScenario;
}

export interface TrialRequest extends Question {
  readonly kind: "trial";
  readonly session: Session;
  /** The step that is looked at, if it is not the last. */
  readonly looked: number | null;
  /** Lets time pass until something happens, at most for so long. */
  readonly untilNews?: number;
  /** Also tells the session as a scenario of this name. */
  readonly tell?: string;
}

export interface TrialAnswer {
  readonly turn: number;
  readonly outcome: Outcome;
}

export type Outcome =
  | TrialOutcome
  | { readonly kind: "tried"; readonly results: readonly TriedScenario[] }
  | { readonly kind: "opened"; readonly session: Session }
  | { readonly kind: "unsound"; readonly findings: readonly Finding[] };

export interface TrialOutcome {
  readonly kind: "ran";
  readonly session: Session;
  readonly run: SimRun;
  /** The session up to the step that is looked at, and how things stood then. */
  readonly cut: { readonly session: Session; readonly now: SimNow } | null;
  /** The prompts that were heard, those of sub-flows by their paths. */
  readonly prompts: Readonly<Record<string, FlowPrompt>>;
  /** The nodes inside sub-flows that the call went through, by their paths. */
  readonly inner: Readonly<
    Record<string, { readonly name: string; readonly type: string; readonly typeVersion: number }>
  >;
  readonly told: WrittenScenario | null;
}

// A call that waits for an hour goes through thousands of steps: they are gone through here, beside the page.
self.onmessage = ({ data }: MessageEvent<TrialRequest | ScenarioRequest | OpenRequest>) => {
  const answer: TrialAnswer = { turn: data.turn, outcome: attempt(data) };
  self.postMessage(answer);
};

function attempt(question: TrialRequest | ScenarioRequest | OpenRequest): Outcome {
  const { document, subflows } = question;
  const compiled = draftFlow(document, (flowId) => subflows?.get(flowId));
  if (!compiled.ok) {
    return { kind: "unsound", findings: compiled.findings.filter(({ severity }) => severity === "error") };
  }
  const { flow } = compiled;
  if (question.kind === "open") return { kind: "opened", session: sessionOf(flow, question.scenario) };
  if (question.kind === "scenarios") {
    return { kind: "tried", results: question.scenarios.map((scenario) => tryScenario(flow, scenario)) };
  }
  const { session, looked, untilNews, tell } = question;
  const run = trySession(flow, session, untilNews === undefined ? {} : { untilNews });
  const cut = looked === null ? null : cutSession(session, run, looked);
  const heard = new Set(
    run.steps.flatMap((step) => step.heard.flatMap(({ prompt }) => (prompt.kind === "flow" ? [prompt.promptId] : []))),
  );
  const inner = new Map<string, TrialOutcome["inner"][string]>();
  for (const { path } of run.steps) {
    for (let depth = 1; depth < path.length; depth++) {
      const node = flow.part(path.slice(0, depth).join("/")).nodes.find(({ id }) => id === path[depth]);
      if (!node) continue;
      const { name, type, typeVersion } = node;
      inner.set(path.slice(0, depth + 1).join("/"), { name, type, typeVersion });
    }
  }
  return {
    kind: "ran",
    session,
    run,
    cut: cut && { session: cut, now: trySession(flow, cut).now },
    prompts: Object.fromEntries(
      [...heard].flatMap((id) => {
        const prompt = flow.document.prompts[id];
        return prompt ? [[id, prompt]] : [];
      }),
    ),
    inner: Object.fromEntries(inner),
    told: tell === undefined ? null : toldScenario(tell, session, run),
  };
}
