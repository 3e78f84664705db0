import type { Effect, FlowEvent, MailboxQuestion, PromptReference } from "@cordboard/node-kit";
import type { TraceEvent } from "./model.ts";

type Details = TraceEvent["details"];

/** Who is at our end of the line: the caller, or, in a call that we place, the operator. */
type OurEnd = "caller" | "operator";

/** What is worth a line of the trace of an event. Keys of a secret question are dots: the engine says which (`secret`). */
export function eventDetails(event: FlowEvent, secret: boolean, ourEnd: OurEnd = "caller"): Details {
  switch (event.type) {
    case "input.digits":
      return { digits: secret ? "•".repeat(event.digits.length) : event.digits };
    case "play.failed":
      return { reason: event.reason };
    case "timer.fired":
      return { timerId: event.timerId };
    case "offer.accepted":
      return { offerId: event.offerId, operatorId: event.operatorId };
    case "dial.ended":
      return { result: event.result, talkMs: event.talkMs };
    case "record.done":
      return { recordingId: event.recordingId, durationMs: event.durationMs, reason: event.reason };
    case "schedule.answered":
      return { state: event.state, version: event.version };
    case "queue.answered": {
      const { waiting, longestMs, staffed, expectedWaitMs, closed } = event;
      return { waiting, longestMs, staffed, expectedWaitMs, ...(closed && { closed }) };
    }
    // Replay needs to know what was heard; of a queue that has nothing of its own there is nothing to say.
    case "queueMusic.answered": {
      const { holdMusic, adverts, advertEveryMs, version } = event;
      if (holdMusic.length + adverts.length === 0) return {};
      const named = (of: readonly PromptReference[]) => of.map(promptName).join(" ");
      return { holdMusic: named(holdMusic), adverts: named(adverts), advertEveryMs, version };
    }
    case "queue.closed":
      return { by: event.by, reason: event.reason };
    case "place.answered": {
      const { position, expectedWaitMs, waitedMs, rules } = event;
      return rules.say === "never" ? { say: rules.say } : { position, expectedWaitMs, waitedMs, say: rules.say };
    }
    case "drawn":
      return { share: event.share };
    case "slots.answered":
      return { count: event.slots.length };
    case "callback.answered":
    case "notice.answered":
      return { result: event.result };
    case "mailbox.answered":
      return {
        result: event.result,
        ...(event.box && { newCount: event.box.newCount, keptCount: event.box.keptCount }),
        ...(event.message && { messageId: event.message.messageId }),
      };
    case "identity.answered":
      return { by: event.by, result: event.result };
    // Who keyed the code is the audit log's to say: a trace is read by others.
    case "centre.answered":
      return { result: event.result };
    // Who it is stays with the contact: a trace is kept longer, and by others.
    case "contact.answered": {
      const [contact] = event.contacts;
      const contactId = event.matches === 1 && contact ? contact.contactId : null;
      return { source: event.source, result: event.result, matches: event.matches, ...(contactId && { contactId }) };
    }
    // What was answered stays in the flow's variables: some of them are secret.
    case "request.answered":
      return {
        ...{ result: event.result, status: event.status, attempts: event.attempts },
        ...(event.reason && { reason: event.reason }),
      };
    case "flow.failed":
      return { code: event.code };
    case "caller.gone":
      return { by: event.by === "caller" ? ourEnd : event.by };
    default:
      return {};
  }
}

/** What is worth a line of an effect; `null` for those that say nothing to a reader (going on to the next node). */
export function effectLine(
  effect: Effect,
  ourEnd: OurEnd = "caller",
): { readonly kind: string; readonly details: Details } | null {
  switch (effect.type) {
    case "advance":
    case "cancelTimer":
      return null;
    case "note":
      return { kind: `note.${effect.code}`, details: effect.details };
    case "play":
      return {
        kind: "hears",
        details: { ...promptDetails(effect.prompt), ...(ourEnd === "operator" && { who: ourEnd }) },
      };
    case "collect":
      return {
        kind: "asked",
        details: { ...(effect.prompt ? promptDetails(effect.prompt) : {}), patienceMs: effect.patienceMs },
      };
    case "hold":
      return { kind: "waitsWithMusic", details: effect.playlist[0] ? promptDetails(effect.playlist[0]) : {} };
    case "enqueue":
      return { kind: "joinsQueue", details: { queueId: effect.queueId, priority: effect.priority } };
    case "leaveQueue":
      return { kind: "leavesQueue", details: { queueId: effect.queueId } };
    case "dial":
      return {
        kind: "rings",
        details: {
          target: targetText(effect),
          ringMs: effect.ringMs,
          ...(effect.offerId && { offerId: effect.offerId }),
        },
      };
    case "attachScript":
      return effect.script ? { kind: "script", details: { scriptId: effect.script.scriptId } } : null;
    case "startTimer":
      return { kind: "timer", details: { timerId: effect.timerId, dueAt: effect.dueAt } };
    case "record":
      if (effect.purpose === "greeting") return { kind: "recordsGreeting", details: { boxId: effect.boxId } };
      if (effect.purpose === "echo") return { kind: "recordsEcho", details: { maxMs: effect.maxMs } };
      return { kind: "records", details: { boxId: effect.boxId, minMs: effect.minMs, maxMs: effect.maxMs } };
    case "keepMessage":
      return { kind: "keepsMessage", details: { recordingId: effect.recordingId } };
    case "dropMessage":
      return { kind: "dropsMessage", details: { recordingId: effect.recordingId } };
    case "setRecording":
      return { kind: "setsRecording", details: { wish: effect.wish } };
    case "askSchedule":
      return { kind: "asksSchedule", details: { scheduleId: effect.scheduleId } };
    case "askQueue":
      return { kind: "asksQueue", details: { queueId: effect.queueId } };
    case "draw":
    case "askPlace":
    case "askQueueMusic":
    case "askSlots":
      return null;
    // Neither what was keyed nor where a code goes.
    case "askIdentity":
      return { kind: "asksIdentity", details: { what: effect.question.what, by: effect.question.by } };
    // Never the code.
    case "askCentre": {
      const { what, scheduleId } = effect.question;
      return { kind: "asksCentre", details: { what, scheduleId } };
    }
    case "lookUpContact":
      return { kind: "looksUpContact", details: { source: effect.source, by: effect.by } };
    // What it says stays with who is told.
    case "postNotice": {
      const { notice } = effect;
      return { kind: "tells", details: notice.by === "mail" ? { by: "mail" } : { by: "webhook", topic: notice.topic } };
    }
    case "sendRequest": {
      const { method, url } = effect.request;
      return { kind: "asksSystem", details: { method, host: URL.canParse(url) ? new URL(url).host : "" } };
    }
    case "promiseCallback":
      return {
        kind: "promisesCallback",
        details: { queueId: effect.queueId, number: effect.number, ...slotDetails(effect) },
      };
    case "askMailbox":
      return { kind: "asksMailbox", details: questionDetails(effect.question) };
    case "hangUp":
      return { kind: "hangsUp", details: {} };
  }
}

/** What the caller chose; nothing where they were not asked. */
function slotDetails({ slotAt }: Extract<Effect, { type: "promiseCallback" }>): Details {
  return slotAt === undefined ? {} : { slotAt };
}

/** Never the code: what is said of an opening is which box, by its number where that was keyed. */
function questionDetails(question: MailboxQuestion): Details {
  const { what } = question;
  switch (what) {
    case "open":
      return question.boxId === null ? { what, number: question.number } : { what, boxId: question.boxId };
    case "next":
      return { what, boxId: question.boxId, list: question.list };
    case "greeting":
      return { what, boxId: question.boxId, state: question.state };
    case "forward":
      return { what, boxId: question.boxId, messageId: question.messageId, number: question.number };
    default:
      return { what, boxId: question.boxId, messageId: question.messageId };
  }
}

function promptDetails(prompt: Extract<Effect, { type: "play" }>["prompt"]): Details {
  switch (prompt.kind) {
    case "flow":
      return { prompt: prompt.promptId, language: prompt.language };
    case "builtIn":
      return { prompt: prompt.name, language: prompt.language };
    case "media":
      return { media: prompt.media };
    case "text":
      return { text: prompt.text, language: prompt.language };
    case "recording":
      return { recordingId: prompt.recordingId };
    case "message":
      return { messageId: prompt.messageId, fromMs: prompt.fromMs };
    case "greeting":
      return { greetingOf: prompt.boxId, state: prompt.state };
    case "pieces":
      return { value: prompt.value, language: prompt.language };
    case "slot":
      return { slotAt: prompt.at, key: prompt.key, language: prompt.language };
    case "place":
      return { position: prompt.position, minutes: prompt.minutes, language: prompt.language };
  }
}

/** A queue's music and adverts are files, or texts that are spoken. */
function promptName(prompt: PromptReference): string {
  if (prompt.kind === "media") return prompt.media;
  return prompt.kind === "builtIn" ? prompt.name : prompt.kind;
}

function targetText(effect: Extract<Effect, { type: "dial" }>): string {
  const { target } = effect;
  switch (target.kind) {
    case "telephone":
      return target.telephoneId;
    case "sipUri":
      return target.uri;
    case "user":
      return target.name;
    case "number":
      return target.number;
    case "switchboard":
      return "switchboard";
  }
}
