import { type TestCall, testCallSteps } from "../routes/telephony.ts";
import { type Params, words } from "./verdict.ts";

/** What of a call's trace is read. */
export interface TracedEvent {
  readonly kind: string;
  readonly nodeId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface TestCallGiven {
  readonly callId: string;
  readonly over: boolean;
  readonly events: readonly TracedEvent[];
  /** The parts of the flow that asks: for a key, and for words. */
  readonly nodes: { readonly hello: string; readonly echo: string };
}

type Step = TestCall["steps"][number];
type Told = { readonly state: Step["state"]; readonly code: string; readonly params?: Params };

/** How far a test call has come, from its trace. Pure. */
export function judgeTestCall(given: TestCallGiven): TestCall {
  const told = { ...telephone(given.events), ...talk(given) };
  const steps = testCallSteps.map((step): Step => {
    const { state, code, params } = told[step] ?? waiting;
    const isCut = state === "waiting" && given.over;
    const key = isCut ? "call.cutShort" : `call.${step}.${code}`;
    return { step, state: isCut ? "warning" : state, code: isCut ? "cutShort" : code, ...words(key, params) };
  });
  // Where it was cut short is told once, and not at all behind a fault, which says why.
  const stop = steps.findIndex(({ state, code }) => state === "error" || code === "cutShort");
  const shown = stop === -1 ? steps : steps.filter(({ code }, at) => at <= stop || code !== "cutShort");
  return { callId: given.callId, over: given.over, steps: shown };
}

const waiting: Told = { state: "waiting", code: "waiting" };
const ok = (params: Params = {}): Told => ({ state: "ok", code: "ok", params });
const wrong = (code: string, params: Params = {}): Told => ({ state: "error", code, params });

function telephone(events: readonly TracedEvent[]): Partial<Record<Step["step"], Told>> {
  const found = (name: string) => events.find(({ kind }) => kind === `number.${name}` || kind === `telephone.${name}`);
  const of = (kind: string) => events.find((event) => event.kind === kind);
  const rang = found("ringing");
  const picked = found("pickedUp");
  const missed = found("missed");
  const how = String(missed?.details.result ?? "");
  const result = how === "busy" || how === "silent" ? how : "unreachable";
  const refused = of("placingRefused");
  if (refused) return { ordered: wrong("refused", { why: String(refused.details.why ?? "?") }) };
  const unanswered = of("placingUnanswered");
  const moved = rang ?? picked ?? missed;
  if (!moved) {
    return unanswered
      ? { ordered: { state: "warning", code: "unanswered", params: { why: String(unanswered.details.why ?? "?") } } }
      : {};
  }
  if (picked) return { ordered: ok(), rings: ok(), answered: ok() };
  if (!missed) return { ordered: ok(), rings: ok() };
  return rang ? { ordered: ok(), rings: ok(), answered: wrong(result) } : { ordered: ok(), rings: wrong(result) };
}

function talk({ events, nodes }: TestCallGiven): Partial<Record<Step["step"], Told>> {
  const left = (nodeId: string) =>
    events.find((event) => event.kind === "moved" && event.nodeId === nodeId)?.details.output ?? null;
  const failed = events.find(({ kind }) => kind === "play.failed");
  const recorded = events.find(({ kind }) => kind === "record.done");
  const ms = Number(recorded?.details.durationMs ?? 0);
  const hello = left(nodes.hello);
  const echo = left(nodes.echo);
  return {
    ...(hello === "heard" && { heard: ok() }),
    ...(hello === "noMatch" && { heard: { state: "warning", code: "otherKey" } as const }),
    ...(hello === "noInput" && { heard: wrong("noKey") }),
    ...(failed && hello === null && { heard: wrong("media", { why: String(failed.details.reason ?? "?") }) }),
    ...(recorded && { spoke: ms > 0 ? ok({ seconds: Math.ceil(ms / 1_000) }) : wrong("nothing") }),
    ...(echo === "heard" && { heardBack: ok() }),
    ...(echo === "notHeard" && { heardBack: wrong("not") }),
  };
}
