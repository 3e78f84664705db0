import { type CallInfo, callData } from "./call-info.ts";
import { Rooms } from "./conference/room.ts";
import { createSignal, type Signal } from "./kernel/fiber.ts";
import { createScheduler } from "./kernel/scheduler.ts";
import { SimulatedFailure } from "./kernel/simulated-failure.ts";
import { createAudioLibrary } from "./media/audio-library.ts";
import { takeIncomingCall } from "./session/incoming-call.ts";
import { placeOutgoingCall } from "./session/outgoing-call.ts";
import { answerUpdate } from "./session/rest-update.ts";
import { createIncomingInvite } from "./sip/incoming-invite.ts";
import { parseSipRequest } from "./sip/sip-text.ts";
import { snakeCaseKeys } from "./snake-case.ts";
import { TIMINGS } from "./timings.ts";
import type { CoreConfig, Input, Output, SimulatorCore } from "./types.ts";
import { makeVerbs } from "./verbs/make-verb.ts";
import type { Answer, Controllable, LegEvent, SocketEvent, World } from "./world.ts";

/** Makes a simulated feature server whose clock begins at `start` (ms). See {@link SimulatorCore} for what it promises. */
export function createSimulatorCore(config: CoreConfig, start = 0): SimulatorCore {
  const scheduler = createScheduler(start);
  const sockets = new Map<string, (event: SocketEvent) => void>();
  const legs = new Map<string, (event: LegEvent) => void>();
  const requests = new Map<string, Signal<Answer>>();
  const calls = new Map<string, Controllable>();
  const listed = new Map<string, CallInfo>();
  let outputs: Output[] = [];
  let counter = 0;
  const next = (kind: string): string => {
    counter += 1;
    return `${kind}-${counter}`;
  };

  const world: World = {
    config,
    scheduler,
    audio: createAudioLibrary(() => world),
    calls,
    listed,
    rooms: new Rooms(),
    emit: (output) => {
      outputs.push(output);
    },
    newLeg: () => next("leg"),
    newSocket: () => next("socket"),
    fetch: (request) => {
      const id = next("request");
      const answer = createSignal<Answer>();
      requests.set(id, answer);
      world.emit({ ...request, kind: "fetch", request: id });
      return answer;
    },
    onSocket: (socket, listener) => {
      if (listener) sockets.set(socket, listener);
      else sockets.delete(socket);
    },
    onLeg: (leg, listener) => {
      if (listener) legs.set(leg, listener);
      else legs.delete(leg);
    },
    createCall: (body) => {
      const answer = createSignal<{ readonly status: number; readonly body: unknown }>();
      scheduler.after(TIMINGS.ownRestRequest, () =>
        placeOutgoingCall(world, body, makeVerbs).listen((outcome) => outcome.ok && answer.settle(outcome.value)),
      );
      return answer;
    },
  };
  for (const { url, durationMs } of config.cachedAudio ?? []) world.audio.remember(url, { durationMs });

  const take = (input: Input): void => {
    switch (input.kind) {
      case "invite": {
        const invite = createIncomingInvite(world, input.leg, parseSipRequest(input.raw), input.source);
        scheduler.spawn(takeIncomingCall(world, invite, makeVerbs));
        return;
      }
      case "cancel":
      case "bye":
      case "sipResponse":
      case "info":
      case "notify":
      case "keys":
      case "voice":
        legs.get(input.leg)?.(input);
        return;
      case "socketOpened":
      case "socketMessage":
      case "socketClosed":
      case "socketFailed":
      case "upgradeRefused":
        sockets.get(input.socket)?.(input);
        return;
      case "audioFetched":
      case "hookAnswered":
        requests.get(input.request)?.settle(input);
        requests.delete(input.request);
        return;
      case "requestFailed":
        requests.get(input.request)?.fail(new SimulatedFailure(input.message, { code: input.code }));
        requests.delete(input.request);
        return;
      case "restCreateCall":
        placeOutgoingCall(world, input.body, makeVerbs).listen((outcome) => {
          if (outcome.ok) world.emit({ kind: "restAnswer", request: input.request, ...outcome.value });
        });
        return;
      case "restUpdateCall":
        answerUpdate(world, input.request, input.callSid, input.body);
        return;
      case "time":
        return;
    }
  };

  return {
    handle: (input, now) => {
      outputs = [];
      scheduler.run(now, () => take(input));
      return outputs;
    },
    wakeAt: () => scheduler.nextDue(),
    calls: () => [...listed.values()].map((info) => snakeCaseKeys(callData(info))),
  };
}
