import type { Intent } from "@cordboard/acd";
import type { CompiledFlow, Move } from "@cordboard/engine";
import { type CallCentre, createCallCentre } from "./call-centre.ts";
import type { CallWords, ScenarioCaller } from "./call-words.ts";
import type { TelephoneBehaviour } from "./caller-line.ts";
import { milliseconds } from "./duration.ts";
import { compiledFlow, type FlowSketch } from "./flow-sketch.ts";
import type { Heard } from "./heard.ts";
import { hostWords } from "./host-words.ts";
import { createScenarioCall, type EngineStep, type ScenarioCall } from "./scenario-call.ts";
import { ScenarioFailure } from "./scenario-failure.ts";
import { createScenarioHost } from "./scenario-host.ts";
import { createScenarioOperator, type OperatorInside } from "./scenario-operator.ts";
import { targetName } from "./target-name.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

export interface ScenarioOptions {
  /** UTC milliseconds of the first moment; the default is Monday 7 September 2026, 08:00 UTC. */
  readonly startAt?: number;
  /** How long a prompt lasts, by its name; the default is 2 s. */
  readonly lasts?: Readonly<Record<string, number>>;
  readonly watch?: ScenarioWatch;
}

/** Looks on while a scenario is played. */
export interface ScenarioWatch {
  /** Before the scenario begins. */
  begins(inside: ScenarioInside): void;
  stepped(step: EngineStep): void;
}

/** What a scenario plays on, for who looks on. */
export interface ScenarioInside {
  readonly clock: VirtualClock;
  readonly centre: CallCentre;
  call(callId: string): ScenarioCall | undefined;
}

/** What a scenario did: the edges that its calls went along (for coverage), and what happened when, line by line. */
export interface ScenarioReport {
  readonly moves: readonly Move[];
  readonly story: readonly string[];
}

const START_AT = Date.UTC(2026, 8, 7, 8);
const PROMPT_LASTS_MS = 2_000;
/** What lasts otherwise, where nothing is said of it. */
const LASTS: Readonly<Record<string, number>> = { beep: 300 };
/** How long a scenario waits for what must come "soon" or "next", milliseconds of virtual time. */
const SOON_MS = 60_000;
const ANSWERS: TelephoneBehaviour = { kind: "answers", afterMs: 1_000 };

const CALLER: ScenarioCaller = {
  callerNumber: "+33142860001",
  callerName: null,
  dialledNumber: "+33142861000",
  lineName: "Main",
  language: null,
  timeZone: "Europe/Paris",
};

/**
 * Plays a scenario on virtual time: the engine and the call centre of the product, a caller's line and operators of its own. Throws a
 * ScenarioFailure at the first thing that is not as it was said. Pure but for what `body` does; runs in Node and in a browser.
 */
export function runScenario(body: (call: CallWords) => void, options: ScenarioOptions = {}): ScenarioReport {
  const clock = createVirtualClock(options.startAt ?? START_AT);
  const startedAt = clock.now();
  const story: string[] = [];
  const tell = (what: string) => {
    story.push(`${String(clock.now() - startedAt).padStart(8)} ms  ${what}`);
  };
  const calls = new Map<string, ScenarioCall>();
  const operators = new Map<string, OperatorInside>();
  const telephones = new Map<string, TelephoneBehaviour>();
  const centre = createCallCentre(clock, carryOut);
  const host = createScenarioHost(clock.now);

  function fail(message: string): ScenarioFailure {
    return new ScenarioFailure(`${message}\nSo far:\n${story.slice(-40).join("\n")}`);
  }

  /** News for a call waits until the step at hand is done, as it does between processes. */
  function carryOut(intent: Intent): void {
    if (intent.type === "offer") {
      tell(`offered to ${intent.operatorId}`);
      operators.get(intent.operatorId)?.offered(intent.offerId);
    } else if (intent.type === "withdrawOffer") {
      tell(`offer to ${intent.operatorId} ends: ${intent.reason}`);
      operators.get(intent.operatorId)?.withdrawn(intent.offerId);
    } else if (intent.type === "connect") {
      const { callId, entry, offerId, operatorId, telephoneId } = intent;
      const target = { kind: "telephone", telephoneId } as const;
      clock.after(0, () => calls.get(callId)?.happen({ type: "offer.accepted", entry, offerId, operatorId, target }));
    } else if (intent.type === "busy") {
      const { callId, entry } = intent;
      clock.after(0, () => calls.get(callId)?.happen({ type: "queue.busy", entry }));
    } else if (intent.type === "closed") {
      const { callId, entry } = intent;
      clock.after(0, () => calls.get(callId)?.happen({ type: "queue.closed", entry, by: "Supervisor", reason: null }));
    } else if (intent.type === "full" || intent.type === "overflowed") {
      const { callId, entry, type } = intent;
      clock.after(0, () => calls.get(callId)?.happen({ type: `queue.${type}`, entry }));
    } else if (intent.type === "unstaffed") {
      const { callId, entry } = intent;
      clock.after(0, () => calls.get(callId)?.happen({ type: "queue.unstaffed", entry }));
    }
  }

  function behaviour(target: string): TelephoneBehaviour {
    for (const inside of operators.values()) {
      if (inside.operator.telephoneId === target) return inside.behaviour();
    }
    return telephones.get(target) ?? ANSWERS;
  }

  function operatorNamed(id: string): OperatorInside {
    const known = operators.get(id);
    if (known) return known;
    const queues = Object.keys(centre.state().queues);
    for (const queueId of queues) centre.staff(queueId, id);
    const hangUpTelephone = (telephoneId: string) => {
      for (const call of calls.values()) {
        const target = call.line.talking()?.target;
        if (target?.kind === "telephone" && target.telephoneId === telephoneId) {
          call.line.otherHangsUp();
          return true;
        }
      }
      return false;
    };
    // Offers may come while the operator signs in, before there is anybody to tell.
    const pending: string[] = [];
    operators.set(id, {
      get operator(): never {
        throw fail(`${id} is signing in`);
      },
      behaviour: () => ANSWERS,
      offered: (offerId) => void pending.push(offerId),
      withdrawn: () => undefined,
      appears: () => undefined,
    });
    const inside = createScenarioOperator({ clock, centre, hangUpTelephone, fail }, id, queues);
    operators.set(id, inside);
    for (const offerId of pending) inside.offered(offerId);
    return inside;
  }

  function newCall(caller: Partial<ScenarioCaller>): CallWords {
    const callId = `call_${calls.size + 1}`;
    const world = {
      clock,
      centre,
      host,
      lasts: (name: string) => options.lasts?.[name] ?? LASTS[name] ?? PROMPT_LASTS_MS,
      behaviour,
      needsQueue: (queueId: string) => {
        centre.staff(queueId, null);
        for (const inside of operators.values()) inside.appears(queueId);
      },
      tell: (what: string) => tell(`${callId} ${what}`),
      stepped: (step: EngineStep) => options.watch?.stepped(step),
    };
    const call = createScenarioCall(world, { ...CALLER, ...caller, callId });
    calls.set(callId, call);
    return words(call);
  }

  function words(call: ScenarioCall): CallWords {
    let listened = 0;

    /** The next thing heard. Music that the caller did not listen for may be passed over. */
    function next(name: string): Heard {
      const { log } = call.line;
      const found = () => {
        while (listened < log.length) {
          const one = log[listened];
          if (!one) break;
          const unheard = one.until === one.from;
          const passed = unheard || one.until < clock.now() || (one.waiting && one.name !== name);
          if (!passed) return true;
          listened++;
        }
        return false;
      };
      // What is due at this very moment comes first: a prompt that is replaced at once was not heard.
      clock.pass(0);
      clock.passUntil(() => found() || call.over(), SOON_MS);
      const one = log[listened];
      if (!found() || !one)
        throw fail(`the caller should hear "${name}", but ${call.over() ? "the call is over" : "hears nothing new"}`);
      if (one.name !== name) throw fail(`the caller should hear "${name}", but hears "${one.name}"`);
      listened++;
      return one;
    }

    function listenTo(name: string): Heard {
      const index = listened;
      const one = next(name);
      const at = Math.max(index, listened - 1);
      // Something may cut it short meanwhile: its end in the log then moves.
      clock.passUntil(() => (call.line.log[at]?.until ?? 0) <= clock.now(), Math.max(0, one.until - clock.now()));
      return one;
    }

    function talksToTarget(target: string): void {
      const talking = () => {
        const other = call.line.talking()?.target;
        if (!other) return false;
        return targetName(other) === target;
      };
      if (!clock.passUntil(talking, SOON_MS)) throw fail(`the caller should talk to ${target}, but does not`);
    }

    return {
      to: (given) => call.begin(compiledOf(given)),
      hears: (prompt) => void listenTo(prompt),
      beginsToHear: (prompt) => void next(prompt),
      hearsIn: (language, prompt) => {
        const one = listenTo(prompt);
        if (one.language !== language) throw fail(`"${prompt}" is heard in ${one.language}, not in ${language}`);
      },
      presses: (keys) => {
        for (const key of keys) call.line.key(key);
      },
      speaksFor: (duration) => {
        if (!call.line.speaks(milliseconds(duration))) throw fail("nothing records what the caller says");
        clock.passUntil(() => call.line.open() !== "record", milliseconds(duration));
      },
      staysSilentFor: (duration) => clock.pass(milliseconds(duration)),
      waitsIn: (queue, expected) => {
        const line = Object.values(centre.state().calls)
          .filter((one) => one.closedAt === null && one.queueIds.includes(queue))
          .sort((a, b) => b.priority - a.priority || a.place - b.place);
        const place = line.findIndex((one) => one.callId === call.callId) + 1;
        if (place === 0) throw fail(`the caller does not wait in ${queue}`);
        if (expected && place !== expected.place) throw fail(`the caller is at place ${place}, not ${expected.place}`);
      },
      operator: (id) => operatorNamed(id).operator,
      queueLimits: (id, limits) => {
        centre.limit(id, limits);
        for (const inside of operators.values()) inside.appears(id);
      },
      queueCloses: (id, { sendsAway = false } = {}) => {
        host.setClosed(id, true);
        centre.open(id, { state: "closed", until: null, sendsAway, at: clock.now(), by: "Supervisor", reason: "" });
      },
      queueOpens: (id) => {
        host.setClosed(id, false);
        centre.open(id, null);
      },
      talksTo: (id) => talksToTarget(operatorNamed(id).operator.telephoneId),
      talksToTarget,
      whenRung: (target, kind) => {
        telephones.set(target, kind === "answers" ? ANSWERS : { kind });
      },
      otherSideHangsUp: () => {
        if (!call.line.talking()) throw fail("the caller talks to nobody");
        call.line.otherHangsUp();
      },
      hangsUp: () => call.hangUp(),
      isEnded: () => {
        if (!clock.passUntil(() => call.over(), SOON_MS)) throw fail("the call should end, but goes on");
      },
      carriesScript: (script, parameters) => {
        const carried = call.script();
        const wanted = { scriptId: script, parameters };
        if (JSON.stringify(sorted(carried)) !== JSON.stringify(sorted(wanted))) {
          throw fail(`the call carries ${JSON.stringify(carried)}, not ${JSON.stringify(wanted)}`);
        }
      },
      isNoted: (code) => {
        if (!call.notes.some((one) => one.code === code)) {
          throw fail(
            `nothing was noted as ${code} (noted: ${call.notes.map((one) => one.code).join(", ") || "nothing"})`,
          );
        }
      },
      ...hostWords(call, host, clock, fail),
      another: (caller = {}) => newCall(caller),
    };
  }

  options.watch?.begins({ clock, centre, call: (callId) => calls.get(callId) });
  body(newCall({}));
  return { moves: [...calls.values()].flatMap((call) => call.moves), story };
}

function compiledOf(given: Parameters<CallWords["to"]>[0]): CompiledFlow {
  if ("machine" in given) return given;
  return isSketch(given) ? given.compiled() : compiledFlow(given);
}

function isSketch(given: FlowSketch | object): given is FlowSketch {
  return "compiled" in given && typeof given.compiled === "function";
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
