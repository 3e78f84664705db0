import type { ReportName } from "@cordboard/api";

/** What a table shows at first; all of it where that is wished. */
export const mainFigures: Readonly<Record<ReportName, readonly string[] | null>> = {
  queues: [
    ...["offered", "answered", "abandoned", "shortAbandoned", "overflowed", "serviceLevel", "averageAnswerMs"],
    ...["answer90Ms", "longestWaitMs", "averageTalkMs", "promised", "promisesKept", "messages"],
  ],
  operators: [
    ...["offered", "accepted", "missed", "calls", "averageTalkMs", "talkMs", "wrapUpMs"],
    ...["signedInMs", "pausedMs", "occupancy"],
  ],
  lines: ["calls", "answered", "transferred", "callback", "voicemail", "abandoned", "hungUp", "averageWaitMs"],
  flows: ["calls", "answered", "transferred", "callback", "voicemail", "abandoned", "hungUp", "averageDurationMs"],
  versions: ["calls", "answered", "transferred", "callback", "voicemail", "abandoned", "hungUp", "averageDurationMs"],
  outcomes: null,
  transfers: null,
  choices: null,
  exits: null,
  answers: null,
};

/** What the chart draws, one part on top of the other; what is left of the last one is the others. */
export function chartParts(report: ReportName): { readonly figures: readonly string[]; readonly of: string | null } {
  switch (report) {
    case "queues":
      return { figures: ["answered", "abandoned"], of: "offered" };
    case "operators":
      return { figures: ["talkMs", "wrapUpMs"], of: "signedInMs" };
    case "lines":
    case "flows":
    case "versions":
      return { figures: ["answered", "abandoned"], of: "calls" };
    case "transfers":
      return { figures: ["reached"], of: "made" };
    case "answers":
      return { figures: ["answeredQuestion"], of: null };
    default:
      return { figures: ["count"], of: null };
  }
}
