import type { PlaceStands } from "@cordboard/node-kit";
import { askCentre } from "./centre.ts";
import { ask, enqueue, leaveQueue, sendRequest, settleRecording } from "./channels.ts";
import type { MachineEvent } from "./compiled-flow.ts";
import type { Draft } from "./draft.ts";
import { enterFlow, giveResults, leaveFlow } from "./frames.ts";
import { askIdentity } from "./identity.ts";
import type { EngineAction } from "./machine-types.ts";
import { dialBack, mailbox } from "./mailbox.ts";
import { collect, dial, hangUp, hold, holdInQueue, record, say, sayAgain } from "./open-media.ts";
import { placeAsked } from "./place-asked.ts";
import { placeNews } from "./place-news.ts";
import { evaluate, filled, notice, prompt, request, template } from "./resolve.ts";
import {
  compute,
  keepAnswers,
  keepDigits,
  keepQueueFigures,
  setLanguage,
  setVariable,
  useContactLanguage,
} from "./variables.ts";

/** Carries out one action of the machine: changes the draft, adds effects. `event` is the one that the machine was stepped with. */
export function perform(draft: Draft, action: EngineAction, event: MachineEvent): void {
  const { next } = draft;
  switch (action.type) {
    case "enterNode":
      next.node = action.params;
      next.counters = {};
      next.chosen = null;
      next.mailbox = null;
      next.centreUser = null;
      next.place = null;
      next.slots = null;
      next.queueMusic = null;
      return;
    case "leaveNode":
      for (const timerId of Object.keys(next.open.timers)) draft.effects.push({ type: "cancelTimer", timerId });
      // An `advance` or a question that was not answered yet asks for nothing any more: the call went another way.
      if (Object.keys(next.open.timers).length > 0 || next.open.advance !== null || next.open.ask !== null) {
        next.open = { ...next.open, timers: {}, advance: null, ask: null };
      }
      if (next.open.request) next.open = { ...next.open, request: null };
      next.node = null;
      return;
    case "move":
      draft.moves.push(action.params);
      return;
    case "enterFlow":
      enterFlow(draft, action.params.path, action.params.inputs);
      return;
    case "giveResults":
      giveResults(draft, action.params.results);
      return;
    case "leaveFlow":
      leaveFlow(draft);
      return;
    case "fail":
      next.failures += 1;
      next.open = { ...next.open, advance: null };
      return;
    case "say":
      say(draft, action.params);
      return;
    case "sayAgain":
      sayAgain(draft, action.params.keys);
      return;
    case "collect":
      collect(draft, action.params);
      return;
    case "hold":
      hold(
        draft,
        action.params.playlist.map((one) => prompt(draft, one)),
        action.params.keys,
      );
      return;
    case "holdInQueue": {
      const { holdMusic, adverts, keys } = action.params;
      holdInQueue(draft, { holdMusic, adverts }, keys);
      return;
    }
    case "record":
      record(draft, action.params);
      return;
    case "keepMessage":
    case "dropMessage":
      settleRecording(draft, action.type);
      return;
    case "setRecording":
      draft.effects.push({ type: "setRecording", wish: action.params.wish });
      return;
    case "askSchedule": {
      const { scheduleId } = action.params;
      ask(draft, (entry) => ({ type: "askSchedule", entry, scheduleId }));
      return;
    }
    case "askQueue": {
      const { queueId } = action.params;
      ask(draft, (entry) => ({ type: "askQueue", entry, queueId }));
      return;
    }
    case "askQueueMusic": {
      const { queueId } = action.params;
      ask(draft, (entry) => ({ type: "askQueueMusic", entry, queueId }));
      return;
    }
    case "startAdverts":
      startAdverts(draft, action.params.timerId);
      return;
    case "nextAdvert": {
      const { queueMusic } = next;
      if (queueMusic) next.queueMusic = { ...queueMusic, turn: queueMusic.turn + 1 };
      startAdverts(draft, action.params.timerId);
      return;
    }
    case "askPlace": {
      const { queue } = next.open;
      if (queue !== null) ask(draft, (entry) => ({ type: "askPlace", entry, queueId: queue.queueId }));
      return;
    }
    case "notePlace":
      if (event.type !== "place.answered") throw new Error("notePlace outside place.answered");
      notePlace(draft, action.params.timerId, event);
      return;
    case "draw":
      ask(draft, (entry) => ({ type: "draw", entry }));
      return;
    case "promiseCallback": {
      const number = template(draft, action.params.number);
      const slotAt = next.slots?.taken;
      const chosen = slotAt === undefined ? {} : { slotAt };
      ask(draft, (entry) => ({ type: "promiseCallback", entry, ...action.params, number, ...chosen }));
      return;
    }
    case "askSlots": {
      const { queueId, scheduleId } = action.params;
      ask(draft, (entry) => ({ type: "askSlots", entry, queueId, scheduleId }));
      return;
    }
    case "takeSlot": {
      const { index } = action.params;
      const { slots } = next;
      if (slots) next.slots = { ...slots, taken: index === null ? null : (slots.offered[index] ?? null) };
      return;
    }
    case "mailbox":
      mailbox(draft, action.params, event);
      return;
    case "dialBack":
      dialBack(draft, action.params, event);
      return;
    case "lookUpContact": {
      const { source, by } = action.params;
      const key = by === "number" ? next.call.callerNumber : template(draft, action.params.value).trim();
      ask(draft, (entry) => ({ type: "lookUpContact", entry, source, by, key }));
      return;
    }
    case "askIdentity":
      askIdentity(draft, action.params, event);
      return;
    case "askCentre":
      askCentre(draft, action.params, event);
      return;
    case "useContactLanguage":
      useContactLanguage(draft);
      return;
    case "postNotice": {
      const told = notice(draft, action.params);
      ask(draft, (entry) => ({ type: "postNotice", entry, notice: told }));
      return;
    }
    case "sendRequest":
      sendRequest(draft, request(draft, action.params));
      return;
    case "keepAnswers":
      if (event.type !== "request.answered") throw new Error("keepAnswers outside request.answered");
      keepAnswers(draft, action.params, event);
      return;
    case "enqueue":
      enqueue(draft, placeAsked(draft, action.params));
      return;
    case "leaveQueue":
      leaveQueue(draft);
      return;
    case "dial": {
      const { target, ringMs, music } = action.params;
      dial(draft, { target: filled(draft, target), ringMs, music, offerId: null });
      return;
    }
    case "dialAccepted": {
      if (event.type !== "offer.accepted") throw new Error("dialAccepted outside offer.accepted");
      dial(draft, { ...action.params, target: event.target, offerId: event.offerId });
      return;
    }
    case "attachScript": {
      const { params } = action;
      draft.effects.push({
        type: "attachScript",
        script: params && {
          scriptId: params.scriptId,
          parameters: Object.fromEntries(
            Object.entries(params.parameters).map(([name, text]) => [name, template(draft, text)]),
          ),
        },
      });
      return;
    }
    case "startTimer":
      startTimer(draft, action.params.timerId, action.params.afterMs);
      return;
    case "cancelTimer": {
      const { [action.params.timerId]: known, ...timers } = next.open.timers;
      if (known === undefined) return;
      next.open = { ...next.open, timers };
      draft.effects.push({ type: "cancelTimer", timerId: action.params.timerId });
      return;
    }
    case "advance": {
      const entry = next.nextEntry++;
      next.open = { ...next.open, advance: entry };
      draft.effects.push({ type: "advance", entry });
      return;
    }
    case "setVariables":
      for (const { variable, expression } of action.params.assignments) setVariable(draft, variable, expression);
      return;
    case "compute":
      next.chosen = compute(draft, action.params) ? "ok" : "problem";
      return;
    case "keepDigits":
      if (event.type !== "input.digits") throw new Error("keepDigits outside input.digits");
      keepDigits(draft, action.params.variable, event.digits);
      return;
    case "keepQueueFigures":
      if (event.type !== "queue.answered") throw new Error("keepQueueFigures outside queue.answered");
      keepQueueFigures(draft, action.params, event);
      return;
    case "setLanguage":
      setLanguage(draft, action.params.language);
      return;
    case "choose":
      next.chosen = action.params.branches.find(({ expression }) => evaluate(draft, expression) === true)?.id ?? null;
      return;
    case "count": {
      const { counter } = action.params;
      next.counters = { ...next.counters, [counter]: (next.counters[counter] ?? 0) + 1 };
      return;
    }
    case "note":
      draft.effects.push({ type: "note", ...action.params });
      return;
    case "hangUp":
      leaveQueue(draft);
      // Only a call that was never answered hears the status: 603 Decline where the flow wants it, 480 where something failed.
      hangUp(draft, next.failures > 0 ? 480 : 603);
      return;
  }
}

function startAdverts(draft: Draft, timerId: string): void {
  const { adverts = [], advertEveryMs = null } = draft.next.queueMusic ?? {};
  if (adverts.length > 0 && advertEveryMs !== null) startTimer(draft, timerId, advertEveryMs);
}

function startTimer(draft: Draft, timerId: string, afterMs: number): void {
  const { next } = draft;
  const entry = next.nextEntry++;
  next.open = { ...next.open, timers: { ...next.open.timers, [timerId]: entry } };
  draft.effects.push({ type: "startTimer", entry, timerId, dueAt: draft.now + afterMs });
}

function notePlace(draft: Draft, timerId: string, stands: PlaceStands): void {
  const { next } = draft;
  const before = next.place ?? null;
  const { told, nextMs } = placeNews(stands, before);
  if (told) {
    const { position, minutes } = told;
    next.place = {
      position: position ?? before?.position ?? null,
      minutes: minutes ?? before?.minutes ?? null,
      now: told,
    };
  }
  if (nextMs !== null) startTimer(draft, timerId, nextMs);
}
