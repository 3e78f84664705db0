import type { FlowDocument } from "@cordboard/flow-schema";
import type { CallFacts, ExpressionValue } from "@cordboard/node-kit";
import type { CallSnapshot, OpenChannels } from "./call-snapshot.ts";
import type { CompiledFlow } from "./compiled-flow.ts";

export interface CallStart {
  readonly call: CallFacts;
  /** UTC milliseconds. */
  readonly now: number;
  /** For a call that comes out of another flow: higher than every entry that it had there. */
  readonly firstEntry?: number;
  /** First values of variables, in place of the flow's own. */
  readonly values?: Readonly<Record<string, ExpressionValue>>;
}

export const NOTHING_OPEN: OpenChannels = {
  media: null,
  queue: null,
  timers: {},
  advance: null,
  ask: null,
};

const EMPTY = { string: "", number: 0, boolean: false } as const;

/** The first values of a flow's variables, secret ones apart. */
export function firstValues(document: FlowDocument): Pick<CallSnapshot, "variables" | "secrets"> {
  const values = Object.entries(document.variables).map(
    ([name, { type, initial, secret }]): readonly [string, ExpressionValue, boolean] => [
      name,
      initial ?? EMPTY[type],
      secret === true,
    ],
  );
  const pick = (wanted: boolean) =>
    Object.fromEntries(values.filter(([, , secret]) => secret === wanted).map(([name, value]) => [name, value]));
  return { variables: pick(false), secrets: pick(true) };
}

/** A call before its first node: variables at their first values, secret ones apart. */
export function firstSnapshot(
  { document, json }: CompiledFlow,
  { call, firstEntry = 1, values = {} }: Omit<CallStart, "now">,
): CallSnapshot {
  const language = document.languages.find((one) => one === call.language) ?? document.languages[0] ?? "fr-FR";
  const first = firstValues(document);
  return {
    format: 1,
    status: "running",
    flowId: document.id,
    node: null,
    value: json.initial,
    call,
    language,
    ...first,
    variables: { ...first.variables, ...values },
    stack: [],
    contacts: null,
    recording: null,
    mailbox: null,
    counters: {},
    chosen: null,
    nextEntry: firstEntry,
    open: NOTHING_OPEN,
    failures: 0,
    mediaFailures: 0,
  };
}
