import type { TraceEvent } from "../routes/calls.ts";

/** Names for who can be asked. */
type Names = Readonly<Record<"operator" | "queue" | "telephone" | "number", (id: string) => string>>;

/** What a trace says of somebody who is asked before a call is passed on: which sentence, and whether something went wrong. */
interface ConsultStep {
  readonly key: (typeof keys)[keyof typeof keys] | (typeof failures)[keyof typeof failures];
  readonly values: Readonly<Record<string, string>>;
  readonly problem: boolean;
}

const keys = {
  consults: "step.consults",
  consultTaken: "step.consultTaken",
  consultAnswered: "step.consultAnswered",
  consultEnded: "step.consultEnded",
  together: "step.together",
  consultGiven: "step.consultGiven",
} as const;

const failures = {
  refused: "step.consultRefused",
  busy: "step.consultBusy",
  silent: "step.consultSilent",
  unreachable: "step.consultUnreachable",
  left: "step.consultLeft",
} as const;

/** Null: the event is of something else. */
export function consultStep({ kind, details }: TraceEvent, names: Names): ConsultStep | null {
  const operator = names.operator(String(details.operatorId ?? ""));
  const to = asked(String(details.kind ?? ""), String(details.to ?? ""), names);
  if (kind === "consultFailed") {
    const why = Object.keys(failures).find((one): one is keyof typeof failures => one === details.why);
    return { key: failures[why ?? "unreachable"], values: { to }, problem: why !== "left" };
  }
  const known = Object.keys(keys).find((one): one is keyof typeof keys => one === kind);
  return known === undefined ? null : { key: keys[known], values: { operator, to }, problem: false };
}

function asked(kind: string, to: string, names: Names): string {
  switch (kind) {
    case "operator":
      return names.operator(to);
    case "queue":
      return names.queue(to);
    case "telephone":
      return names.telephone(to);
    case "number":
      return names.number(to);
    default:
      return names.telephone(to);
  }
}
