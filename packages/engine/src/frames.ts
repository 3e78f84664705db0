import type { FlowDocument } from "@cordboard/flow-schema";
import type { ExpressionValue } from "@cordboard/node-kit";
import { type Draft, note } from "./draft.ts";
import { firstValues } from "./first-snapshot.ts";
import { evaluate } from "./resolve.ts";

type Values = Readonly<Record<string, ExpressionValue>>;

/** Names of secrets of the flows that wait: `0:pin` is the outermost's. No variable of an author has a colon. */
const kept = (depth: number, name: string): string => `${depth}:${name}`;

/** Begins a sub-flow with variables of its own; `inputs` are worked out before, where the flow that runs it still sees its own. */
export function enterFlow(
  draft: Draft,
  path: string,
  inputs: readonly { readonly variable: string; readonly expression: string }[],
): void {
  const { next } = draft;
  const given = inputs.map(({ variable, expression }) => ({
    variable,
    expression,
    value: evaluate(draft, expression),
  }));
  const depth = next.stack.length;
  const values = firstValues(draft.flow.part(path));
  const waiting = Object.entries(next.secrets).map(([name, value]): readonly [string, ExpressionValue] => [
    name.includes(":") ? name : kept(depth, name),
    value,
  ]);
  next.stack = [...next.stack, { path, variables: next.variables }];
  next.variables = values.variables;
  next.secrets = { ...Object.fromEntries(waiting), ...values.secrets };
  const { variables } = draft.flow.part(path);
  for (const { variable, expression, value } of given) {
    const declared = variables[variable];
    if (value === undefined || declared === undefined) continue;
    if (typeof value !== declared.type) note(draft, "valueRefused", { variable, expression });
    else if (declared.secret) next.secrets = { ...next.secrets, [variable]: value };
    else next.variables = { ...next.variables, [variable]: value };
  }
}

/** Gives the flow that waits what it takes over from the sub-flow that is about to end. */
export function giveResults(
  draft: Draft,
  results: readonly { readonly variable: string; readonly result: string }[],
): void {
  const { next } = draft;
  const top = next.stack.at(-1);
  if (top === undefined) return;
  const depth = next.stack.length - 1;
  const { variables } = waitingFlow(draft);
  let taken: Values = top.variables;
  for (const { variable, result } of results) {
    const declared = variables[variable];
    const value = next.secrets[result] ?? next.variables[result];
    if (declared === undefined || value === undefined) continue;
    if (typeof value !== declared.type) note(draft, "valueRefused", { variable, expression: result });
    else if (declared.secret) next.secrets = { ...next.secrets, [kept(depth, variable)]: value };
    // Validation refuses it; a flow that was pinned by an earlier release must not leak for that.
    else if (!Object.hasOwn(next.secrets, result)) taken = { ...taken, [variable]: value };
  }
  next.stack = [...next.stack.slice(0, -1), { ...top, variables: taken }];
}

/** Ends a sub-flow: the flow that waited goes on with its own variables. */
export function leaveFlow(draft: Draft): void {
  const { next } = draft;
  const top = next.stack.at(-1);
  if (top === undefined) return;
  const mine = kept(next.stack.length - 1, "");
  next.stack = next.stack.slice(0, -1);
  next.variables = top.variables;
  next.secrets = Object.fromEntries(
    Object.entries(next.secrets)
      .filter(([name]) => name.includes(":"))
      .map(([name, value]) => [name.startsWith(mine) ? name.slice(mine.length) : name, value]),
  );
}

function waitingFlow(draft: Draft): FlowDocument {
  return draft.flow.part(draft.next.stack.at(-2)?.path ?? "");
}
