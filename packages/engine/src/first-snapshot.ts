import type { FlowDocument } from "@cordboard/flow-schema";
import type { CallFacts, ExpressionValue } from "@cordboard/node-kit";
import type { CallSnapshot, OpenChannels } from "./call-snapshot.ts";
import type { CompiledFlow } from "./compiled-flow.ts";

export interface CallStart {
  readonly call: CallFacts;
  /** UTC milliseconds. */
  readonly now: number;
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
export function firstSnapshot({ document, json }: CompiledFlow, call: CallFacts): CallSnapshot {
  const language = document.languages.find((one) => one === call.language) ?? document.languages[0] ?? "fr-FR";
  return {
    format: 1,
    status: "running",
    flowId: document.id,
    node: null,
    value: json.initial,
    call,
    language,
    ...firstValues(document),
    stack: [],
    contacts: null,
    recording: null,
    mailbox: null,
    counters: {},
    chosen: null,
    nextEntry: 1,
    open: NOTHING_OPEN,
    failures: 0,
    mediaFailures: 0,
  };
}
