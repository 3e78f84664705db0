import {
  type AskEffect,
  type CallbackAnswer,
  type CentreQuestion,
  type CentreResult,
  type FlowEvent,
  type FlowRequest,
  type IdentityQuestion,
  type IdentityResult,
  mailAddresses,
  type Notice,
  type PlaceRules,
  type QueueFigures,
  type ScheduleAnswer,
} from "@cordboard/node-kit";

import { type Schedule, scheduleState } from "@cordboard/schedule";
import { findContacts, type ScenarioContact } from "./scenario-contacts.ts";
import { createScenarioMailboxes, type MailboxHeld, type ScenarioMailbox } from "./scenario-mailbox.ts";
import { answerRequest, type RequestAnswer, type SystemTold } from "./scenario-system.ts";

/** How a queue stands, the caller's position in it, and what it tells them of that. */
export interface QueueStands extends QueueFigures {
  readonly position: number | null;
  readonly tells: PlaceRules["say"];
  /** What its callers hear while they wait, by name. */
  readonly holdMusic: readonly string[];
  readonly adverts: readonly string[];
  /** Milliseconds; null: an advert after each piece of music. */
  readonly advertEveryMs: number | null;
}

export interface PromisedCallback {
  readonly queueId: string;
  readonly number: string;
  /** When the slot begins; null: as soon as possible. */
  readonly at: number | null;
}

/** What a host of flows answers at once, as a scenario sets it. All calls of a scenario share it. */
export interface ScenarioHost {
  /** From now on: a state, or a timetable that is asked at each moment, whatever was switched by telephone. One of which nothing is said is open. */
  setSchedule(id: string, stands: ScheduleAnswer | Schedule): void;
  /** How a queue stands from now on; what is not named is as of an empty queue with one operator. */
  setQueue(id: string, stands: Partial<QueueStands>): void;
  /** Whether a queue takes callers from now on. */
  setClosed(id: string, closed: boolean): void;
  /** Chance gives these, one after the other, and from the first again; at least 0, less than 1. Where nothing is said: 0. */
  setDraws(shares: readonly number[]): void;
  /** How promises are answered from now on; `taken`: the first for a number and queue is promised, the next ones are already. */
  setCallbacks(how: "taken" | "full" | "refused"): void;
  /** Which times are free for callbacks from now on (UTC ms); where nothing is said, callers are offered none. */
  setCallbackSlots(slots: readonly number[]): void;
  setMailbox(boxId: string, holds: ScenarioMailbox): void;
  /** Null: nothing was said of such a box. */
  mailbox(boxId: string): MailboxHeld | null;
  /** Who is known from now on: to the company, or, where a contact says so, to a connector. Null: nobody can be asked. */
  setContacts(contacts: readonly ScenarioContact[] | null): void;
  answer(effect: AskEffect, companyZone: string, now: number): FlowEvent;
  /** How other systems answer from now on; where nothing is said: 200, `{}`, at once. */
  setSystem(told: SystemTold): void;
  answerRequest(request: FlowRequest): RequestAnswer;
  /** From now on nobody takes notices. */
  failNotices(): void;
  /** From now on no voicemail box can be consulted. */
  failMailboxes(): void;
  told(): readonly Notice[];
  promised(): readonly PromisedCallback[];
  /** The code that is right from now on, for a PIN, for codes that are sent and for telephone codes; or why none can be checked. */
  setCode(code: string | { readonly is: "locked" | "unavailable" }): void;
  /** From now on nothing can be recorded. */
  failRecordings(): void;
  records(): boolean;
  nextRecordingId(): string;
}

export function createScenarioHost(now: () => number): ScenarioHost {
  const mailboxes = createScenarioMailboxes(now);
  const schedules = new Map<string, ScheduleAnswer | Schedule>();
  /** Switched by telephone. */
  const forced = new Map<string, "open" | "closed">();
  const queues = new Map<string, Partial<QueueStands>>();
  const closedQueues = new Set<string>();
  const promised: PromisedCallback[] = [];
  let slots: readonly number[] = [];
  let draws: readonly number[] = [0];
  let drawn = 0;
  let callbacks: "taken" | "full" | "refused" = "taken";
  let contacts: readonly ScenarioContact[] | null = [];
  let system: SystemTold = { status: 200 };
  const told: Notice[] = [];
  let consults = true;
  let tells = true;
  let rightCode: string | { readonly is: "locked" | "unavailable" } = { is: "unavailable" };
  let records = true;
  let recordings = 0;

  function identify({ what, code }: IdentityQuestion): IdentityResult {
    if (typeof rightCode !== "string") return rightCode.is;
    if (what === "send") return "sent";
    return code === rightCode ? "verified" : "wrong";
  }

  function standing(scheduleId: string, companyZone: string, now: number): ScheduleAnswer {
    const stands = schedules.get(scheduleId) ?? "open";
    const byItself = typeof stands === "string" ? stands : scheduleState(stands, companyZone, now).state;
    return forced.get(scheduleId) ?? byItself;
  }

  /** Whoever keys the code that is right may switch every centre, until they give it back. */
  function switched(question: CentreQuestion, companyZone: string, now: number): CentreResult {
    const { what, scheduleId } = question;
    if (typeof rightCode !== "string") return rightCode.is === "locked" ? "locked" : "failed";
    if (what === "enter" && question.code !== rightCode) return "refused";
    if (what === "open") forced.set(scheduleId, "open");
    if (what === "close") forced.set(scheduleId, "closed");
    if (what === "giveBack") forced.delete(scheduleId);
    const byHand = forced.get(scheduleId);
    if (byHand !== undefined) return byHand === "open" ? "openByHand" : "closedByHand";
    return standing(scheduleId, companyZone, now);
  }

  function promise(queueId: string, number: string, at: number | null): CallbackAnswer {
    if (callbacks !== "taken") return callbacks;
    if (promised.some((one) => one.queueId === queueId && one.number === number)) return "already";
    if (at !== null && !slots.includes(at)) return "slotTaken";
    promised.push({ queueId, number, at });
    return "promised";
  }

  return {
    setSchedule: (id, stands) => {
      schedules.set(id, stands);
      forced.delete(id);
    },
    setQueue: (id, stands) => void queues.set(id, stands),
    setClosed: (id, closed) => {
      if (closed) closedQueues.add(id);
      else closedQueues.delete(id);
    },
    setDraws: (shares) => {
      draws = shares.length === 0 ? [0] : shares;
      drawn = 0;
    },
    setCallbacks: (how) => {
      callbacks = how;
    },
    setCallbackSlots: (free) => {
      slots = free;
    },
    setCode: (code) => {
      rightCode = code;
    },
    setContacts: (known) => {
      contacts = known;
    },
    answer: (effect, companyZone, now) => {
      const { entry } = effect;
      switch (effect.type) {
        case "askSchedule": {
          const state = standing(effect.scheduleId, companyZone, now);
          return { type: "schedule.answered", entry, state, version: null };
        }
        case "askQueue": {
          const stands = queues.get(effect.queueId);
          const { waiting = 0, longestMs = 0, staffed = 1, expectedWaitMs = null } = stands ?? {};
          const closed = closedQueues.has(effect.queueId);
          return { type: "queue.answered", entry, waiting, longestMs, staffed, expectedWaitMs, closed };
        }
        case "askQueueMusic": {
          const { holdMusic = [], adverts = [], advertEveryMs = null } = queues.get(effect.queueId) ?? {};
          const named = (media: string) => ({ kind: "media", media }) as const;
          const music = { holdMusic: holdMusic.map(named), adverts: adverts.map(named), advertEveryMs };
          return { type: "queueMusic.answered", entry, ...music, version: null };
        }
        case "askPlace": {
          const { position = null, expectedWaitMs = null, tells = "never" } = queues.get(effect.queueId) ?? {};
          const rules = { say: tells, firstMs: 0, everyMs: 60_000, upToPosition: null, upToWaitMs: null };
          return { type: "place.answered", entry, position, expectedWaitMs, waitedMs: 0, rules };
        }
        case "draw":
          return { type: "drawn", entry, share: draws[drawn++ % draws.length] ?? 0 };
        case "askMailbox":
          return consults
            ? mailboxes.answer(entry, effect.question)
            : { type: "mailbox.answered", entry, result: "failed", box: null, message: null, number: null };
        case "lookUpContact":
          return { type: "contact.answered", entry, ...findContacts(contacts, effect) };
        case "postNotice": {
          const { notice } = effect;
          const taken = tells && (notice.by === "webhook" || mailAddresses(notice.to) !== null);
          if (taken) told.push(notice);
          return { type: "notice.answered", entry, result: taken ? "done" : "failed" };
        }
        case "askIdentity":
          return { type: "identity.answered", entry, by: effect.question.by, result: identify(effect.question) };
        case "askCentre": {
          const result = switched(effect.question, companyZone, now);
          return { type: "centre.answered", entry, result, userId: "user" };
        }
        case "promiseCallback":
          return {
            type: "callback.answered",
            entry,
            result: promise(effect.queueId, effect.number, effect.slotAt ?? null),
          };
        case "askSlots":
          return { type: "slots.answered", entry, slots: slots.filter((at) => at > now), timeZone: companyZone };
      }
    },
    setSystem: (told) => {
      system = told;
    },
    answerRequest: (request) => answerRequest(system, request),
    setMailbox: mailboxes.set,
    mailbox: mailboxes.held,
    failMailboxes: () => {
      consults = false;
    },
    failNotices: () => {
      tells = false;
    },
    told: () => told,
    promised: () => promised,
    failRecordings: () => {
      records = false;
    },
    records: () => records,
    nextRecordingId: () => `recording_${++recordings}`,
  };
}
