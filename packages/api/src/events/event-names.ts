import type { KeyScope } from "../scopes.ts";

interface EventKind {
  /** What a key must have been granted to be told; `any`: says nothing of the company. */
  readonly scope: KeyScope | "any";
  readonly summary: { readonly fr: string; readonly en: string };
}

const calls = "calls:read";
const callbacks = "callbacks:read";

/** Every event, by type; what each carries is in event-types.ts (apart, so that a page that names them carries no schemas). */
export const eventKinds = {
  "call.started": {
    scope: calls,
    summary: { fr: "Un appel commence.", en: "A call begins." },
  },
  "call.queued": {
    scope: calls,
    summary: { fr: "Un appel prend sa place dans une file.", en: "A call takes its place in a line." },
  },
  "call.offered": {
    scope: calls,
    summary: { fr: "Un appel est proposé à un opérateur.", en: "A call is offered to an operator." },
  },
  "call.offerEnded": {
    scope: calls,
    summary: {
      fr: "La proposition est acceptée, refusée, échue ou retirée.",
      en: "The offer is accepted, refused, run out or withdrawn.",
    },
  },
  "call.answered": {
    scope: calls,
    summary: { fr: "Un opérateur parle à l’appelant.", en: "An operator talks to the caller." },
  },
  "call.dequeued": {
    scope: calls,
    summary: { fr: "Un appel quitte la file.", en: "A call leaves the line." },
  },
  "call.ended": {
    scope: calls,
    summary: {
      fr: "Un appel est terminé ; sa fiche, comme la donne la liste des appels, ce qui y a été noté et répondu.",
      en: "A call is over; its record, as the list of calls has it, and what was noted and answered in it.",
    },
  },
  "call.noted": {
    scope: calls,
    summary: {
      fr: "Un opérateur a noté quelque chose d’un appel terminé ; sa fiche, toutes ses notes et réponses.",
      en: "An operator noted something of a call that is over; its record, all its notes and answers.",
    },
  },
  "callback.promised": {
    scope: callbacks,
    summary: { fr: "Un rappel est promis.", en: "A callback is promised." },
  },
  "callback.attempted": {
    scope: callbacks,
    summary: { fr: "Le numéro d’un rappel a été appelé.", en: "A callback’s number was rung." },
  },
  "callback.ended": {
    scope: callbacks,
    summary: {
      fr: "Un rappel est fait, abandonné, repris ou n’a plus lieu d’être.",
      en: "A callback is made, given up, taken back or no longer needed.",
    },
  },
  "message.left": {
    scope: "messages:read",
    summary: { fr: "Un message vocal est déposé.", en: "A voicemail message is left." },
  },
  "flow.notice": {
    scope: calls,
    summary: {
      fr: "Un scénario prévient les programmes (étape « Prévenir »).",
      en: "A flow tells programs something (node “Tell somebody”).",
    },
  },
  "operator.stateChanged": {
    scope: "operators:read",
    summary: { fr: "Un opérateur change d’état.", en: "An operator’s state changes." },
  },
  "flow.published": {
    scope: "flowVersions:read",
    summary: {
      fr: "Une version d’un scénario sert les nouveaux appels.",
      en: "A version of a flow serves new calls.",
    },
  },
  "webhook.trial": {
    scope: "any",
    summary: {
      fr: "Un essai, demandé depuis la page ou par l’interface.",
      en: "A trial, asked for on the page or by the interface.",
    },
  },
} as const satisfies Readonly<Record<string, EventKind>>;

export type EventType = keyof typeof eventKinds;

export const eventTypes = Object.keys(eventKinds) as EventType[];

/** Those that can be subscribed to: a trial is sent when it is asked for. */
export const subscribableTypes = eventTypes.filter((type) => type !== "webhook.trial");
