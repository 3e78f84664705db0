export type Edge = readonly [from: string, output: string, to: string];
/** A flow as a test draws it: its nodes by id, the first being the entry; ends that are led to (`to_yes` …) are added. */
export interface Drawing {
  readonly nodes: Readonly<Record<string, readonly [type: string, config: object]>>;
  readonly edges?: readonly Edge[];
  readonly more?: object;
}

/** What ships with the product. */
export const builtInPrompt = (builtIn: string) => ({ texts: {}, builtIn });
/** Ends that say which way a call came. */
const SAID = {
  yes: "goodbye",
  no: "noOneSignedIn",
  other: "nobodyAnswers",
  late: "callBackWhenOpen",
  wait: "stillWaiting",
};
const ends = Object.fromEntries(Object.keys(SAID).map((name) => [`to_${name}`, ["hangup", { prompt: name }] as const]));

/** The document of a drawing; what its ends say tells which way a call came. */
export function documentOf(flowId: string, { nodes, edges = [], more = {} }: Drawing) {
  const reached = new Set([...edges.map(([, , to]) => to), ...Object.values({ ...Reflect.get(more, "keys") })]);
  const all = { ...nodes, ...Object.fromEntries(Object.entries(ends).filter(([id]) => reached.has(id))) };
  return {
    formatVersion: 1,
    ...{ id: flowId, name: flowId, languages: ["fr-FR", "en-GB"], entry: Object.keys(nodes)[0] },
    prompts: {
      tick: builtInPrompt("beep"),
      ...Object.fromEntries(Object.entries(SAID).map(([name, builtIn]) => [name, builtInPrompt(builtIn)])),
    },
    nodes: Object.entries(all).map(([id, [type, config]]) => ({ id, name: id, type, typeVersion: 1, config })),
    edges: edges.map(([from, output, to]) => ({ from, output, to })),
    ...more,
  };
}
