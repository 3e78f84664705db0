import type { OperatorStateName } from "../agent-view.ts";
import type { Texts } from "../schemas.ts";

/** What an error calls an operator's state, in words for the reader; programs read the key. */
export const stateNames: Readonly<Record<OperatorStateName, Texts>> = {
  offline: { fr: "hors ligne", en: "offline" },
  available: { fr: "disponible", en: "available" },
  paused: { fr: "en pause", en: "paused" },
  offered: { fr: "un appel est proposé", en: "a call is offered" },
  ringing: { fr: "le téléphone sonne", en: "the telephone is ringing" },
  dialling: { fr: "numérotation en cours", en: "dialling" },
  talking: { fr: "en communication", en: "talking" },
  wrapUp: { fr: "après-appel", en: "wrap-up" },
  handedOver: { fr: "appel transmis", en: "call handed over" },
};
