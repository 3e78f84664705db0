import type { Texts } from "@cordboard/api";
import { UserError } from "../errors/index.ts";

/** A place that uses a thing, so that the thing may not be deleted. `id` leads a page to it; `draft`: only in what is not published yet. */
export interface PlaceOfUse {
  readonly kind:
    | "flow"
    | "queue"
    | "line"
    | "connector"
    | "company"
    | "operator"
    | "voicemailBox"
    | "messages"
    | "callbacks"
    | "liveCalls"
    | "dialling"
    | "alarms";
  readonly id: string;
  readonly name: string;
  readonly draft?: boolean;
  /** Of a flow: the nodes that use it. */
  readonly nodes?: readonly UsingNode[];
}

/** A node of a flow, as a page names it. */
export interface UsingNode {
  readonly nodeId: string;
  /** Empty: its author gave it none. */
  readonly name: string;
  readonly type: string;
}

const kinds: Readonly<Record<PlaceOfUse["kind"], Texts>> = {
  flow: { fr: "le scénario", en: "the flow" },
  queue: { fr: "la file", en: "the queue" },
  line: { fr: "la ligne", en: "the line" },
  connector: { fr: "le connecteur", en: "the connector" },
  company: { fr: "les réglages de", en: "the settings of" },
  operator: { fr: "le service de", en: "the shift of" },
  voicemailBox: { fr: "la boîte vocale", en: "the voicemail box" },
  messages: { fr: "les messages qui s’y trouvent :", en: "the messages in it:" },
  callbacks: { fr: "les rappels promis qui y restent à faire :", en: "the promised callbacks still to be made in it:" },
  alarms: { fr: "les appels d’alarme de", en: "the alarm calls of" },
  dialling: { fr: "les réglages des appels composés de", en: "the settings of dialled calls of" },
  liveCalls: { fr: "les appels en cours :", en: "the calls in progress:" },
};

/** Throws `inUse`, with a sentence that names every place and `uses` for programs, unless there is none. */
export function assertUnused(places: readonly PlaceOfUse[]): void {
  if (places.length === 0) return;
  const fr = places.map((place) => `${kinds[place.kind].fr} « ${place.name} »${place.draft ? " (brouillon)" : ""}`);
  const en = places.map((place) => `${kinds[place.kind].en} “${place.name}”${place.draft ? " (draft)" : ""}`);
  throw new UserError("inUse", { places: { fr: fr.join(", "), en: en.join(", ") }, uses: places });
}
