import type { Schedule } from "@cordboard/api";
import type { FlowDocument } from "@cordboard/flow-schema";
import type { ScenarioStep } from "@cordboard/simulator/scenario";
import { referencesOf } from "../editor/model/node-facts.ts";

/** What holds before the telephone rings: the moment, who calls, and how all that answers the flow stands. */
export interface Setup {
  /** On the company's clock: `2026-11-29`, `22:10`. */
  readonly date: string;
  readonly time: string;
  /** Empty: withheld. */
  readonly callerNumber: string;
  readonly dialledNumber: string;
  /** Who is known by this number; null: nobody. */
  readonly contact: { readonly name: string; readonly vip: boolean; readonly blocked: boolean } | null;
  /** By schedule; as its timetable says where it is not named. */
  readonly schedules: Readonly<Record<string, "open" | "closed" | "holiday">>;
  /** How many wait already, by queue. */
  readonly waiting: Readonly<Record<string, number>>;
  /** Operators who are signed in for every queue of the flow. */
  readonly operators: number;
  /** How other systems answer. */
  readonly system: {
    readonly kind: "answers" | "unreachable" | "silent";
    readonly status: number;
    readonly json: string;
  };
  /** Telephones and numbers outside the queues, when they are rung. */
  readonly rung: "answers" | "busy" | "silent" | "unreachable";
  /** What chance gives, per cent. */
  readonly chance: number;
  /** The code that is right; empty: none can be checked. */
  readonly code: string;
}

/** What a flow uses, of what a setup can tell. */
export interface Uses {
  readonly schedules: readonly string[];
  readonly queues: readonly string[];
  /** Whom it has rung, but for the operators of its queues: numbers, addresses, ids. */
  readonly targets: readonly string[];
  readonly contacts: boolean;
  readonly systems: boolean;
  readonly chance: boolean;
  readonly codes: boolean;
}

export function firstSetup(now: { readonly date: string; readonly time: string }, dialledNumber: string): Setup {
  return {
    ...now,
    callerNumber: "+33612345678",
    dialledNumber,
    ...{ contact: null, schedules: {}, waiting: {}, operators: 1, rung: "answers", chance: 0, code: "" },
    system: { kind: "answers", status: 200, json: "{}" },
  };
}

/** What the flow and those that run inside it use. */
export function usesOf(document: FlowDocument, subflows: ReadonlyMap<string, FlowDocument> | null): Uses {
  const nodes = [document, ...(subflows?.values() ?? [])].flatMap((one) => one.nodes);
  const named = (kind: string) => [
    ...new Set(nodes.flatMap((node) => referencesOf(node).flatMap((one) => (one.kind === kind ? [one.id] : [])))),
  ];
  const has = (...types: readonly string[]) => nodes.some(({ type }) => types.includes(type));
  return {
    schedules: named("schedule"),
    queues: named("queue"),
    targets: [...new Set(nodes.flatMap(({ type, config }) => (type === "transfer" ? targetOf(config.target) : [])))],
    contacts: has("lookup"),
    systems: has("http"),
    chance: has("percent"),
    codes: has("authenticate", "centreSwitch"),
  };
}

function targetOf(target: unknown): readonly string[] {
  const told: {
    readonly kind?: unknown;
    readonly number?: unknown;
    readonly uri?: unknown;
    readonly telephoneId?: unknown;
  } = typeof target === "object" && target !== null ? target : {};
  if (told.kind === "switchboard") return ["switchboard"];
  const name = [told.number, told.uri, told.telephoneId].find((one) => typeof one === "string" && one !== "");
  return typeof name === "string" ? [name] : [];
}

/** The operators of a setup by their names in a scenario. */
export const operatorId = (index: number): string => `operator ${index + 1}`;

/** A setup in the words of a scenario, up to the call itself. Only what the flow uses is said. */
export function setupSteps(
  setup: Setup,
  uses: Uses,
  world: { readonly schedules: readonly Schedule[]; readonly timeZone: string },
): readonly ScenarioStep[] {
  const { callerNumber, contact, system, operators } = setup;
  return [
    ...uses.schedules.flatMap((id): ScenarioStep[] => {
      const told = setup.schedules[id];
      if (told !== undefined) return [{ schedule: id, is: told }];
      const schedule = world.schedules.find(({ scheduleId }) => scheduleId === id);
      return schedule ? [{ schedule: id, is: timetableOf(schedule) }] : [];
    }),
    ...uses.queues.flatMap((id): ScenarioStep[] => {
      const waiting = setup.waiting[id] ?? 0;
      if (waiting === 0 && operators === 1) return [];
      return [{ queueStands: id, is: { waiting, staffed: operators, position: waiting + 1 } }];
    }),
    ...(uses.contacts && contact && callerNumber !== ""
      ? [{ contacts: [{ ...contact, name: contact.name.trim() || "Contact", numbers: [callerNumber] }] }]
      : []),
    ...(uses.systems ? [systemStep(system)] : []),
    ...(uses.codes && setup.code !== "" ? [{ codeIs: setup.code }] : []),
    ...(uses.chance && setup.chance > 0 ? [{ draws: [setup.chance / 100] }] : []),
    ...(setup.rung === "answers" ? [] : uses.targets.map((whenRung): ScenarioStep => ({ whenRung, is: setup.rung }))),
    ...(uses.queues.length === 0
      ? []
      : Array.from({ length: operators }, (_, index): ScenarioStep => signsIn(operatorId(index), uses))),
    {
      calls: {
        callerNumber: callerNumber === "" ? null : callerNumber,
        ...(setup.dialledNumber === "" ? {} : { dialledNumber: setup.dialledNumber }),
        timeZone: world.timeZone,
      },
    },
  ];
}

export const signsIn = (operator: string, { queues }: Uses): ScenarioStep => ({ operator, signsIn: [...queues] });

function systemStep({ kind, status, json }: Setup["system"]): ScenarioStep {
  if (kind !== "answers") return { systemIs: kind };
  const parsed = parsedJson(json);
  return { systemAnswers: Math.min(599, Math.max(100, status)), ...(parsed === undefined ? {} : { json: parsed }) };
}

/** `undefined`: it is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Timetable = Exclude<Extract<ScenarioStep, { schedule: unknown }>["is"], string>;

/** What the week and the holidays say; a state that somebody forces is a matter of today. */
function timetableOf({ timeZone, week, holidays }: Schedule): Timetable {
  return {
    ...(timeZone === null ? {} : { timeZone }),
    week: Object.fromEntries(Object.entries(week).filter(([, hours]) => hours.length > 0)),
    ...(holidays.length === 0 ? {} : { holidays }),
  };
}
