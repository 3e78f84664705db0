import { type FlowDocument, readFlow, validate } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { type Extent, type GoalResult, judge } from "../measure/goal.ts";
import { median } from "../measure/statistics.ts";

const NODES = 2_000;
/** A quarter of it: what grows with the size takes a quarter of the time. */
const FEWER = NODES / 4;
const PART = "checks";

/**
 * Checking a flow of 2,000 nodes by every rule, with the paths of what is found, in time of the processor: a flow in order, and one in which
 * each fourth node is wrong. The ratio is against what a flow of a quarter of the size takes, four times.
 */
export function measureFlowChecks({ quick, say }: Extent): GoalResult[] {
  say(`checks: a flow of ${NODES} nodes by every rule`);
  const rounds = quick ? 3 : 15;
  return ([true, false] as const).map((sound) => {
    const large = drawing(NODES, sound);
    const small = drawing(FEWER, sound);
    const found = validate(large, registry).length;
    validate(small, registry);
    const times = Array.from({ length: rounds }, () => [cpuMs(large), cpuMs(small)] as const);
    const each = median(times.map(([ms]) => ms));
    const ratio = each / (4 * median(times.map(([, ms]) => ms)));
    return judge({
      part: PART,
      goal: `${NODES} nodes checked, ${sound ? "in order" : "wrong at every fourth"}`,
      ...{ ratio, atMost: 2 },
      figure: `${each.toFixed(0)} ms of the processor, ${found} findings`,
      against: `four times a flow of ${FEWER} nodes`,
      details: { times },
    });
  });
}

function cpuMs(document: FlowDocument): number {
  const began = process.cpuUsage();
  validate(document, registry);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000;
}

/** Fours of a menu, an assignment, a queue and an end, each led on to two more. Out of order, ends say nothing and variables begin without value. */
function drawing(size: number, sound: boolean): FlowDocument {
  const fours = Array.from({ length: size / 4 }, (_, at) => four(at, size / 4, sound));
  const initial = sound ? { initial: "" } : {};
  const read = readFlow({
    ...{ formatVersion: 1, id: "large", name: "Large", languages: ["fr-FR", "en-GB"], entry: "m0" },
    variables: Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`v${at}`, { type: "string", ...initial }])),
    prompts: Object.fromEntries(
      fours.map((_, at) => [`p${at}`, { texts: { "fr-FR": `Bonjour {{ v${at % 20} }}`, "en-GB": "Hello" } }]),
    ),
    nodes: fours.flatMap(({ nodes }) => nodes),
    edges: fours.flatMap(({ edges }) => edges),
  });
  if (!read.ok) throw new Error(read.findings[0]?.message.en);
  return read.document;
}

function four(at: number, of: number, sound: boolean) {
  const [m, s, q, h] = [`m${at}`, `s${at}`, `q${at}`, `h${at}`];
  const orElse = (next: number, end: string) => (next < of ? `m${next}` : end);
  const prompt = `p${at}`;
  const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
  const choices = [
    { id: "a", digit: "1", label: "" },
    { id: "b", digit: "2", label: "" },
  ];
  const silent = { attempts: 2, patienceMs: 6_000, invalidPrompt: null, noInputPrompt: null };
  const queue = { queue: "sales", priority: 0, announcement: null, holdMusic: [], maxWaitMs: 1_000 };
  return {
    nodes: [
      node(m, "menu", { prompt, choices, ...silent }),
      node(s, "set", { assignments: [{ variable: `v${at % 20}`, value: "'x'" }] }),
      node(q, "hunt", { ...queue, leaveWhenUnstaffed: true, ringMs: 20_000, ringMusic: null }),
      node(h, "hangup", { prompt: sound ? prompt : null }),
    ],
    edges: [
      { from: m, output: "a", to: s },
      { from: m, output: "b", to: orElse(2 * at + 2, q) },
      { from: m, output: "noInput", to: h },
      { from: m, output: "noMatch", to: h },
      { from: s, output: "done", to: q },
      { from: q, output: "timeout", to: orElse(2 * at + 1, h) },
      { from: q, output: "unstaffed", to: h },
    ],
  };
}
