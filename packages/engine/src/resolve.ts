import type { FlowVariable } from "@cordboard/flow-schema";
import {
  callMembers,
  contactMembers,
  type DialTarget,
  type ExpressionScope,
  type ExpressionValue,
  expressionVariables,
  type FlowRequest,
  fillTemplate,
  type Notice,
  type NoticeSettings,
  type PromptChoice,
  type PromptReference,
  type RequestSettings,
  requestOf,
  templateValues,
} from "@cordboard/node-kit";
import type { CallSnapshot } from "./call-snapshot.ts";
import { type Draft, note } from "./draft.ts";
import { mailboxPrompt } from "./mailbox-prompt.ts";

/** The variables of the flow, or of the sub-flow that the call is in. */
export function declaredVariables(draft: Draft): Readonly<Record<string, FlowVariable>> {
  return draft.flow.part(draft.next.stack.at(-1)?.path ?? "").variables;
}

/** The value of an expression; one that fails is noted, and has none. */
export function evaluate(draft: Draft, expression: string): ExpressionValue | undefined {
  const result = draft.flow.expression(expression)(scope(draft.next));
  if (result.ok) return result.value;
  note(draft, "expressionFailed", { expression, reason: mayTell(draft, expression) ? result.reason : UNTOLD });
  return undefined;
}

const UNTOLD = "secret";

/** Whether the reason why an expression failed may be seen: it can name the values that it failed over. */
function mayTell({ next }: Draft, expression: string): boolean {
  return [...expressionVariables(expression)].every((name) => !Object.hasOwn(next.secrets, name));
}

function scope(snapshot: CallSnapshot): ExpressionScope {
  return { ...shownScope(snapshot), variables: { ...snapshot.variables, ...snapshot.secrets } };
}

/** What may be said or shown: without secrets. */
function shownScope({ variables, call, language, contacts = null }: CallSnapshot): ExpressionScope {
  return { variables, call: callMembers(call, language), contact: contactMembers(contacts) };
}

/** A text with its `{{ … }}` worked out. Secrets are not in reach: what comes out of here is seen. */
export function template(draft: Draft, text: string): string {
  if (!text.includes("{{")) return text;
  return fillTemplate(text, shownValues(draft, text, draft.next.language));
}

function shownValues(draft: Draft, text: string, language: string): Readonly<Record<string, string>> {
  const { values, failed } = templateValues(
    text,
    shownScope(draft.next),
    { language, timeZone: draft.next.call.timeZone },
    draft.flow.expression,
  );
  for (const { source, reason } of failed) note(draft, "templateFailed", { source, reason });
  return values;
}

/** A request with its `{{ … }}` worked out; what comes of secrets of the flow is confidential, those of the company stay names. */
export function request(draft: Draft, settings: RequestSettings): FlowRequest {
  const { language, call } = draft.next;
  return requestOf(settings, {
    scope: shownScope(draft.next),
    secrets: draft.next.secrets,
    context: { language, timeZone: call.timeZone },
    compile: draft.flow.expression,
    failed: ({ source, reason }) => note(draft, "templateFailed", { source, reason }),
  });
}

/** A notice with the `{{ … }}` of its texts worked out. */
export function notice(draft: Draft, settings: NoticeSettings): Notice {
  const told = (text: string) => template(draft, text);
  if (settings.by === "mail") {
    const { by, to, subject, text } = settings;
    return { by, to: told(to), subject: told(subject), text: told(text) };
  }
  const { by, topic, text, values } = settings;
  return {
    by,
    topic,
    text: told(text),
    values: Object.fromEntries(values.map(({ name, value }) => [name, told(value)])),
  };
}

/** A target with the `{{ … }}` of its strings worked out. */
export function filled(draft: Draft, target: DialTarget): DialTarget {
  switch (target.kind) {
    case "number":
      return { kind: "number", number: template(draft, target.number) };
    case "sipUri":
      return { kind: "sipUri", uri: template(draft, target.uri) };
    case "user":
      return { kind: "user", name: template(draft, target.name) };
    case "telephone":
    case "switchboard":
      return target;
  }
}

/** What a choice is for this caller, in the language that they hear. */
export function prompt(draft: Draft, choice: PromptChoice): PromptReference {
  const { language, recording } = draft.next;
  if (choice.kind === "recording") {
    return recording === null
      ? { kind: "builtIn", name: "technicalProblem", language }
      : { kind: "recording", recordingId: recording };
  }
  if (choice.kind === "place") {
    const { position = null, minutes = null } = draft.next.place?.now ?? {};
    return { kind: "place", position, minutes, language };
  }
  if (choice.kind === "advert") {
    const { adverts = [], turn = 0 } = draft.next.queueMusic ?? {};
    // Never asked for: an advert is due only where there are some.
    return adverts[turn % Math.max(1, adverts.length)] ?? { kind: "builtIn", name: "stillWaiting", language };
  }
  if (choice.kind === "slot") {
    const { offered = [], timeZone = draft.next.call.timeZone } = draft.next.slots ?? {};
    const at = offered[choice.index];
    // Never asked for: a node says only the times that it was given.
    if (at === undefined) return { kind: "builtIn", name: "callbackSoonKey", language };
    return { kind: "slot", at, key: choice.key, timeZone, language };
  }
  if (choice.kind === "mailbox") return mailboxPrompt(draft.next, choice.part);
  if (choice.kind === "greeting") {
    const boxId = choice.boxId ?? draft.next.mailbox?.contents?.boxId ?? "";
    return { kind: "greeting", boxId, state: choice.state, language };
  }
  if (choice.kind === "pieces") return pieces(draft, choice);
  const wanted = choice.language ?? language;
  const compiled = draft.flow.prompt(choice, wanted);
  if (compiled.fallback !== null && choice.kind === "flow") {
    note(draft, compiled.fallback, { prompt: choice.promptId, wanted, played: compiled.language });
  }
  if (compiled.choice.kind === "builtIn") {
    return { kind: "builtIn", name: compiled.choice.name, language: compiled.language };
  }
  return {
    kind: "flow",
    promptId: compiled.choice.promptId,
    language: compiled.language,
    values: compiled.places.length === 0 ? {} : shownValues(draft, compiled.text, compiled.language),
  };
}

function pieces(draft: Draft, { expression, format }: Extract<PromptChoice, { kind: "pieces" }>): PromptReference {
  const { language } = draft.next;
  const result = draft.flow.expression(expression)(shownScope(draft.next));
  if (!result.ok) note(draft, "templateFailed", { source: expression, reason: result.reason });
  return { kind: "pieces", format, value: result.ok ? String(result.value) : "", language };
}
