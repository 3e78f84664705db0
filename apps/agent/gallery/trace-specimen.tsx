import type { CallSummary, TraceEvent } from "@cordboard/api";
import { type CallNames, traceTexts } from "@cordboard/api/trace-words";
import { Card, type Language } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import english from "../src/call-trace/texts.en.json" with { type: "json" };
import french from "../src/call-trace/texts.fr.json" with { type: "json" };
import { TraceSteps } from "../src/call-trace/trace-steps.tsx";

const startedAt = Date.parse("2026-11-24T09:12:03.120Z");

const call: CallSummary = {
  callId: `call_${"1".repeat(32)}`,
  direction: "inbound",
  from: "+33612345678",
  fromText: "06 12 34 56 78",
  hidden: false,
  to: "+33143670903",
  toText: "01 43 67 09 03",
  lineName: "Accueil",
  flowId: "reception",
  versionId: null,
  startedAt: new Date(startedAt).toISOString(),
  endedAt: null,
  endedBy: null,
  result: null,
  durationMs: 0,
  waitMs: 0,
  talkMs: 0,
  queues: [],
  operators: [],
  outcomes: [],
};

const told: readonly [ms: number, kind: string, nodeId: string | null, details: TraceEvent["details"]][] = [
  [0, "began", null, { served: true }],
  [2, "hears", "n1", { prompt: "welcome", language: "fr-FR" }],
  [180, "answered", null, {}],
  [4_100, "play.done", "n1", {}],
  [4_102, "moved", "n1", { output: "done", to: "n2" }],
  [4_102, "asked", "n2", { prompt: "menu", language: "fr-FR", patienceMs: 6_000 }],
  [7_350, "input.digits", "n2", { digits: "2" }],
  [7_352, "moved", "n2", { output: "c2", to: "n3" }],
  [7_352, "joinsQueue", "n3", { queueId: "queue", priority: 0 }],
  [7_352, "waitsWithMusic", "n3", {}],
  [9_000, "socketCut", null, { code: 1006, cuts: 1 }],
  [9_600, "reconnected", null, { epoch: 2 }],
  [61_000, "offer.accepted", "n3", { operatorId: "operator" }],
  [61_004, "rings", "n3", { target: "telephone", ringMs: 25_000 }],
  [61_400, "dial.ringing", "n3", {}],
  [66_000, "dial.answered", "n3", {}],
  [166_000, "dial.ended", "n3", { result: "completed", talkMs: 100_000 }],
  [166_010, "note.promptMissing", "n4", { prompt: "goodbye" }],
  [166_020, "ended", null, { by: "caller" }],
];

const names: CallNames = {
  node: (nodeId) =>
    ({ n1: "Accueil", n2: "Que souhaitez-vous ?", n3: "Assistance", n4: "Au revoir" })[nodeId] ?? nodeId,
  output: (_, output) => (output === "c2" ? "Assistance" : "Dit"),
  prompt: (promptId) =>
    promptId === "welcome"
      ? "Bonjour, bienvenue chez Martin & Fils."
      : "Pour une commande, tapez 1. Pour une panne, tapez 2.",
  queue: () => "Assistance",
  operator: () => "Inès Moreau",
  telephone: () => "Poste 214",
  script: () => "fiche client",
  schedule: () => "schedule",
  voicemailBox: () => "box",
  number: (kept) => kept,
};

/** A trace as a supervisor reads it. */
export function TraceSpecimen({ language }: { language: Language }) {
  const { t, i18n } = useTranslation("callTrace");
  if (!i18n.hasResourceBundle("fr", "callTrace")) {
    i18n.addResourceBundle("fr", "callTrace", { ...french, ...traceTexts.fr });
    i18n.addResourceBundle("en", "callTrace", { ...english, ...traceTexts.en });
  }
  const events = told.map(([ms, kind, nodeId, details], index) => ({
    seq: index + 1,
    at: new Date(startedAt + ms).toISOString(),
    kind,
    nodeId,
    details,
  }));
  return (
    <main>
      <h1>{t("title")}</h1>
      <Card flush title={t("steps")}>
        <TraceSteps call={call} events={events} names={names} form={{ language, timeZone: "Europe/Paris" }} />
      </Card>
    </main>
  );
}
