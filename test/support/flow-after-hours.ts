/** What the company has, that a flow names. */
export interface AfterHoursThings {
  readonly scheduleId: string;
  readonly queueId: string;
  readonly boxId: string;
}

/**
 * A flow as somebody would write it in an editor: open, callers wait; closed, they choose between being called back (1) and leaving a
 * message (2). It has no layout: whoever imports it has it drawn.
 */
export function afterHours({ scheduleId, queueId, boxId }: AfterHoursThings) {
  const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
  const edge = (from: string, output: string, to: string) => ({ from, output, to });
  const prompt = (builtIn: string) => ({ texts: {}, builtIn });
  return {
    formatVersion: 1,
    id: "after-hours",
    name: "After hours",
    languages: ["fr-FR", "en-GB"],
    variables: { callbackNumber: { type: "string", initial: "" } },
    prompts: {
      choose: { texts: { "fr-FR": "Rappel : 1. Message : 2.", "en-GB": "Callback: 1. Message: 2." } },
      goodbye: prompt("goodbye"),
      sent: prompt("voicemailSent"),
    },
    entry: "hours",
    nodes: [
      node("hours", "hours", { schedule: scheduleId }),
      node("choice", "menu", {
        ...{ prompt: "choose", attempts: 3, patienceMs: 6_000, invalidPrompt: null, noInputPrompt: null },
        choices: [
          { id: "callback", digit: "1", label: "Callback" },
          { id: "message", digit: "2", label: "Message" },
        ],
      }),
      node("callback", "callback", {
        ...{ queue: queueId, schedule: scheduleId, keepPlace: true, variable: "callbackNumber" },
        ...{ numberPrompt: null, confirmPrompt: null, enterPrompt: null, wrongPrompt: null },
        ...{ minDigits: 6, maxDigits: 15, attempts: 3, patienceMs: 8_000, interDigitMs: 4_000 },
      }),
      node("box", "voicemail", {
        ...{ box: boxId, greeting: null, beep: true, finishOnKey: "#", maxMs: 60_000, minMs: 500, silenceMs: null },
        ...{ attempts: 1, tooShortPrompt: null, review: false, reviewPrompt: null, patienceMs: 3_000 },
      }),
      node("sent", "hangup", { prompt: "sent" }),
      node("end", "hangup", { prompt: "goodbye" }),
    ],
    edges: [
      edge("hours", "open", "end"),
      edge("hours", "closed", "choice"),
      edge("choice", "callback", "callback"),
      edge("choice", "message", "box"),
      edge("choice", "noInput", "end"),
      edge("choice", "noMatch", "end"),
      edge("callback", "promised", "end"),
      edge("callback", "full", "box"),
      edge("callback", "noNumber", "end"),
      edge("box", "sent", "sent"),
      edge("box", "empty", "end"),
      edge("box", "unavailable", "end"),
    ],
    layout: {},
  };
}
