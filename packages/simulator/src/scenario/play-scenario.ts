import type { CompiledFlow } from "@cordboard/engine";
import type { CallWords } from "./call-words.ts";
import { milliseconds } from "./duration.ts";
import { runScenario, type ScenarioReport } from "./run-scenario.ts";
import { ScenarioFailure } from "./scenario-failure.ts";
import type { ScenarioStep, WrittenScenario } from "./scenario-file.ts";

/**
 * Plays a written scenario on virtual time. Throws a ScenarioFailure that names the step at which something is not as it was said. Pure; runs in
 * Node and in a browser.
 */
export function playScenario(flow: CompiledFlow, scenario: WrittenScenario): ScenarioReport {
  const startAt = scenario.startAt === undefined ? undefined : Date.parse(scenario.startAt);
  if (Number.isNaN(startAt)) throw new ScenarioFailure(`"${scenario.startAt}" is no time such as 2026-12-25T10:00:00Z`);
  return runScenario(
    (first) => {
      const play = createStepPlayer(flow, first);
      for (const [index, step] of scenario.steps.entries()) {
        try {
          play(step);
        } catch (error) {
          if (!(error instanceof ScenarioFailure)) throw error;
          throw new ScenarioFailure(`step ${index + 1} ${JSON.stringify(step)}: ${error.message}`);
        }
      }
    },
    {
      ...(startAt === undefined ? {} : { startAt }),
      lasts: Object.fromEntries(
        Object.entries(scenario.lasts ?? {}).map(([prompt, duration]) => [prompt, milliseconds(duration)]),
      ),
    },
  );
}

/** Plays the steps of a written scenario that it is given, one after the other, in the words of a call. */
export function createStepPlayer(flow: CompiledFlow, first: CallWords): (step: ScenarioStep) => void {
  const callers = new Map<string, CallWords>();
  const caller = (name: string | undefined): CallWords => {
    const found = callers.get(name ?? "");
    if (!found) throw new ScenarioFailure(`${name ?? "the caller"} has not called yet: begin with { "calls": {} }`);
    return found;
  };
  return (step) => {
    if ("calls" in step) {
      // The first call of a scenario is the one that is there already, unless it is somebody special.
      const plain = callers.size === 0 && Object.keys(step.calls).length === 0;
      const call = plain ? first : first.another(definedOnly(step.calls));
      callers.set(step.caller ?? "", call);
      call.to(flow);
    } else if ("operator" in step) operatorStep(first, step);
    else if ("whenRung" in step) first.whenRung(step.whenRung, step.is);
    else if ("schedule" in step) first.schedule(step.schedule, scheduleOf(step.is));
    else if ("codeIs" in step) first.codeIs(step.codeIs);
    else if ("codesAre" in step) first.codeIs({ is: step.codesAre });
    else if ("queueStands" in step) first.queueStands(step.queueStands, queueOf(step.is));
    else if ("queueLimits" in step) first.queueLimits(step.queueLimits, limitsOf(step.is));
    else if ("queueCloses" in step) first.queueCloses(step.queueCloses, definedOnly({ sendsAway: step.sendsAway }));
    else if ("queueOpens" in step) first.queueOpens(step.queueOpens);
    else if ("draws" in step) first.draws(...step.draws);
    else if ("callbacksAre" in step) first.callbacksAre(step.callbacksAre);
    else if ("callbackSlots" in step) first.callbackSlots(...step.callbackSlots);
    else if ("mailbox" in step) {
      const { mailbox, ...holds } = step;
      first.mailbox(mailbox, mailboxOf(holds));
    } else if ("mailboxHolds" in step) {
      const { mailboxHolds, ...held } = step;
      first.mailboxHolds(mailboxHolds, definedOnly(held));
    } else if ("recordingFails" in step) first.recordingFails();
    else if ("contacts" in step) first.contacts(...step.contacts.map(definedOnly));
    else if ("contactsFail" in step) first.contactsFail();
    else if ("systemAnswers" in step) first.systemAnswers(step.systemAnswers, step.json, step.after);
    else if ("noticesFail" in step) first.noticesFail();
    else if ("mailboxesFail" in step) first.mailboxesFail();
    else if ("systemIs" in step) first.systemIs(step.systemIs);
    else callerStep(caller(step.caller), step);
  };
}

type OperatorStep = Extract<ScenarioStep, { operator: string }>;
type CompanyStep = Extract<
  ScenarioStep,
  | { whenRung: unknown }
  | { schedule: unknown }
  | { queueStands: unknown }
  | { queueLimits: unknown }
  | { queueCloses: unknown }
  | { queueOpens: unknown }
  | { codeIs: unknown }
  | { codesAre: unknown }
  | { draws: unknown }
  | { callbacksAre: unknown }
  | { callbackSlots: unknown }
  | { mailbox: unknown }
  | { mailboxHolds: unknown }
  | { recordingFails: unknown }
  | { contacts: unknown }
  | { contactsFail: unknown }
  | { systemAnswers: unknown }
  | { systemIs: unknown }
  | { noticesFail: unknown }
  | { mailboxesFail: unknown }
>;
type CallerStep = Exclude<ScenarioStep, OperatorStep | CompanyStep | { calls: unknown }>;

type QueueStep = Extract<ScenarioStep, { queueStands: unknown }>;

function queueOf({
  waiting,
  longest,
  staffed,
  expectedWait,
  position,
  tells,
}: QueueStep["is"]): Parameters<CallWords["queueStands"]>[1] {
  return {
    ...(waiting !== undefined && { waiting }),
    ...(longest !== undefined && { longestMs: milliseconds(longest) }),
    ...(staffed !== undefined && { staffed }),
    ...(position !== undefined && { position }),
    ...(tells !== undefined && { tells }),
    ...(expectedWait !== undefined && { expectedWaitMs: expectedWait === null ? null : milliseconds(expectedWait) }),
  };
}

function limitsOf({
  mostWaiting,
  longestWait,
}: Extract<ScenarioStep, { queueLimits: unknown }>["is"]): Parameters<CallWords["queueLimits"]>[1] {
  return {
    mostWaiting: mostWaiting ?? null,
    longestWaitMs: longestWait === undefined ? null : milliseconds(longestWait),
  };
}

function scheduleOf(is: Extract<ScenarioStep, { schedule: unknown }>["is"]): Parameters<CallWords["schedule"]>[1] {
  if (typeof is === "string") return is;
  const { mon = [], tue = [], wed = [], thu = [], fri = [], sat = [], sun = [] } = is.week;
  const holidays = (is.holidays ?? []).map(({ date, name = date, hours }) => ({
    date,
    name,
    ...(hours === undefined ? {} : { hours }),
  }));
  return { timeZone: is.timeZone ?? null, week: { mon, tue, wed, thu, fri, sat, sun }, holidays, forced: null };
}

function mailboxOf({
  messages,
  ...holds
}: Omit<Extract<ScenarioStep, { mailbox: unknown }>, "mailbox">): Parameters<CallWords["mailbox"]>[1] {
  return { ...definedOnly(holds), ...(messages && { messages: messages.map(definedOnly) }) };
}

function callerStep(call: CallWords, step: CallerStep): void {
  if ("hears" in step) {
    if (step.language === undefined) call.hears(step.hears);
    else call.hearsIn(step.language, step.hears);
  } else if ("beginsToHear" in step) call.beginsToHear(step.beginsToHear);
  else if ("presses" in step) call.presses(step.presses);
  else if ("staysSilentFor" in step) call.staysSilentFor(step.staysSilentFor);
  else if ("speaksFor" in step) call.speaksFor(step.speaksFor);
  else if ("leavesMessageIn" in step) {
    call.leavesMessageIn(step.leavesMessageIn, step.seconds === undefined ? undefined : { seconds: step.seconds });
  } else if ("leavesNoMessage" in step) call.leavesNoMessage();
  else if ("isPromisedCallback" in step) {
    const { isPromisedCallback, number, at } = step;
    call.isPromisedCallback(isPromisedCallback, number, at === undefined ? undefined : { at });
  } else if ("waitsIn" in step)
    call.waitsIn(step.waitsIn, step.place === undefined ? undefined : { place: step.place });
  else if ("talksTo" in step) call.talksTo(step.talksTo);
  else if ("talksToTarget" in step) call.talksToTarget(step.talksToTarget);
  else if ("otherSideHangsUp" in step) call.otherSideHangsUp();
  else if ("hangsUp" in step) call.hangsUp();
  else if ("isEnded" in step) call.isEnded();
  else if ("isKnownAs" in step) call.isKnownAs(...step.isKnownAs);
  else if ("isNoted" in step) call.isNoted(step.isNoted);
  else if ("tells" in step) call.tells(definedOnly(step.tells));
  else if ("tellsNobody" in step) call.tellsNobody();
  else if ("asked" in step) call.asked(definedOnly(step.asked));
  else if ("recordingIs" in step) call.recordingIs(step.recordingIs);
  else call.carriesScript(step.carriesScript, step.parameters);
}

function operatorStep(call: CallWords, step: OperatorStep): void {
  const operator = call.operator(step.operator);
  if ("signsIn" in step) operator.serves(...step.signsIn);
  else if ("telephoneIs" in step) operator.telephoneIs(step.telephoneIs);
  else if ("answersAfter" in step) operator.answersAfter(step.answersAfter);
  else if ("acceptsAfter" in step) operator.acceptsAfter(step.acceptsAfter);
  else if ("refusesAfter" in step) operator.refusesAfter(step.refusesAfter);
  else if ("missesTheOffer" in step) operator.missesTheOffer();
  else if ("isOffered" in step) step.isOffered ? operator.isOffered() : operator.isNotOffered();
  else if ("hangsUp" in step) operator.hangsUp();
  else if ("isReady" in step) operator.isReady();
  else if ("pauses" in step) operator.pauses();
  else if ("resumes" in step) operator.resumes();
  else if ("signsOut" in step) operator.signsOut();
  else operator.is(step.is);
}

/** Without the members that are there but undefined. */
function definedOnly<T extends object>(value: T): { [K in keyof T]-?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]-?: Exclude<T[K], undefined>;
  };
}
