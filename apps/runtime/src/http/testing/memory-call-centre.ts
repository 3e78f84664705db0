import { OutsideError } from "../../errors/index.ts";
import {
  type Bus,
  type CallCentreCommands,
  type Clock,
  type OperatorAnswer,
  type OperatorCommand,
  type OperatorView,
  operatorChannel,
} from "../../ports/index.ts";

type Change = Partial<Omit<OperatorView, "operatorId" | "seq">>;

/**
 * A call centre without calls: shifts, telephones and queues as an operator's desk sees them, and offers that a test makes. Enough to
 * show what the border does; the decisions are tested where they are made.
 */
export function memoryCallCentre({ bus, clock }: { bus: Bus; clock: Clock }) {
  const views = new Map<string, OperatorView>();
  const commands: { readonly operatorId: string; readonly command: OperatorCommand }[] = [];
  const state = { unavailable: false };
  let served: (operatorId: string) => readonly string[] = () => [];

  const viewOf = (operatorId: string): OperatorView =>
    views.get(operatorId) ?? {
      seq: 0,
      operatorId,
      state: "offline",
      since: clock.now(),
      shiftId: null,
      shiftStartedAt: null,
      telephoneId: null,
      pause: null,
      afterCall: null,
      wrapUpEndsAt: null,
      wrapUpExtension: null,
      offer: null,
      call: null,
      legToClear: false,
      queues: served(operatorId).map((queueId) => ({ queueId, ticked: false, waiting: 0, longestSince: null })),
      notices: [],
    };
  const change = (companyId: string, operatorId: string, fields: Change) => {
    const before = viewOf(operatorId);
    const view = { ...before, ...fields, seq: before.seq + 1 };
    views.set(operatorId, view);
    bus.publish(operatorChannel(companyId, operatorId), { view });
  };
  const tick = (operatorId: string, queueIds: readonly string[]) =>
    viewOf(operatorId).queues.map((queue) => ({ ...queue, ticked: queueIds.includes(queue.queueId) }));
  const holderOf = (telephoneId: string | null) =>
    [...views.values()].find((view) => view.shiftId !== null && view.telephoneId === telephoneId)?.operatorId;

  function decide(companyId: string, operatorId: string, command: OperatorCommand): OperatorAnswer {
    const view = viewOf(operatorId);
    const now = clock.now();
    if (command.kind === "connected" || command.kind === "disconnected") return { ok: true };
    if (command.kind !== "signIn" && view.shiftId === null) return { ok: false, reason: "notSignedIn" };
    if ("telephoneId" in command && command.telephoneId !== null) {
      const holder = holderOf(command.telephoneId);
      if (holder !== undefined && holder !== operatorId) {
        if (!command.takeOver) return { ok: false, reason: "telephoneTaken", heldBy: { operatorId: holder } };
        const pause = { reason: "telephoneTaken" as const, label: null };
        change(companyId, holder, { telephoneId: null, state: "paused", pause, since: now });
      }
    }
    switch (command.kind) {
      case "signIn": {
        const queues = tick(operatorId, command.queueIds);
        const telephoneId = command.telephoneId ?? view.telephoneId;
        const shift =
          view.shiftId === null
            ? { shiftId: command.shiftId, shiftStartedAt: now, state: "available" as const, since: now }
            : {};
        change(companyId, operatorId, { ...shift, telephoneId, queues });
        return { ok: true };
      }
      case "signOut":
        change(companyId, operatorId, { shiftId: null, telephoneId: null, state: "offline", since: now });
        return { ok: true };
      case "chooseTelephone":
        change(companyId, operatorId, { telephoneId: command.telephoneId });
        return { ok: true };
      case "tickQueues": {
        const unknown = command.queueIds.find((id) => !view.queues.some(({ queueId }) => queueId === id));
        if (unknown !== undefined) return { ok: false, reason: "queueNotAllowed", queueId: unknown };
        change(companyId, operatorId, { queues: tick(operatorId, command.queueIds) });
        return { ok: true };
      }
      case "pause":
        change(companyId, operatorId, {
          state: "paused",
          since: now,
          pause: { reason: "asked", label: command.label },
        });
        return { ok: true };
      case "offerShown":
        return { ok: true };
      case "accept":
      case "refuse":
        if (view.offer?.offerId !== command.offerId) return { ok: false, reason: "offerGone", how: "withdrawn" };
        if (command.kind === "refuse" && !view.offer.mayRefuse) return { ok: false, reason: "refusalNotAllowed" };
        change(companyId, operatorId, { state: command.kind === "accept" ? "ringing" : "available", offer: null });
        return { ok: true };
      case "callBack":
      case "dial":
        change(companyId, operatorId, { state: "dialling", since: now });
        return { ok: true };
      case "ready":
        if (view.state !== "wrapUp") return { ok: false, reason: "notNow", state: view.state };
        change(companyId, operatorId, { state: "available", since: now });
        return { ok: true };
      case "extendWrapUp":
        return { ok: false, reason: "noExtension" };
      case "noteCall": {
        const { call } = view;
        if (call?.callId !== command.callId) return { ok: false, reason: "notYourCall" };
        const { outcome, note } = command;
        change(companyId, operatorId, { call: { ...call, outcome, note, noteRev: call.noteRev + 1 } });
        return { ok: true };
      }
      case "wasMachine":
      case "askHelp":
        return view.call?.callId === command.callId ? { ok: true } : { ok: false, reason: "notYourCall" };
      case "resume":
      case "acknowledge":
      case "legCleared":
        change(companyId, operatorId, { state: "available", pause: null, legToClear: false, since: now });
        return { ok: true };
    }
  }

  const centre: CallCentreCommands = {
    async live() {
      return { epoch: 1, seq: 0, now: clock.now(), queues: [], operators: [] };
    },
    async callers() {
      return [];
    },
    async supervise(_companyId, { kind }) {
      return kind === "notice" ? { ok: true, later: false, told: [] } : { ok: false, reason: "gone" };
    },
    async callback() {
      return { ok: false, reason: "gone" };
    },
    async command(companyId, operatorId, command) {
      commands.push({ operatorId, command });
      if (state.unavailable) throw new OutsideError("callCentreUnavailable");
      return decide(companyId, operatorId, command);
    },
    async view(_companyId, operatorId) {
      if (state.unavailable) throw new OutsideError("callCentreUnavailable");
      return viewOf(operatorId);
    },
    async operatorsNow() {
      const open = [...views.values()].filter(({ shiftId }) => shiftId !== null);
      return new Map(
        open.map(({ operatorId, state: now, since, telephoneId, queues }) => [
          operatorId,
          {
            ...{ operatorId, state: now, since, free: now === "available" && telephoneId !== null },
            queueIds: queues.filter(({ ticked }) => ticked).map(({ queueId }) => queueId),
          },
        ]),
      );
    },
    async telephoneHolders() {
      const held = [...views.values()].filter(({ shiftId, telephoneId }) => shiftId !== null && telephoneId !== null);
      return new Map(held.map(({ telephoneId, operatorId }) => [telephoneId ?? "", operatorId]));
    },
  };
  return {
    centre,
    /** What was asked, in order. */
    commands,
    state,
    change,
    serve(queuesOf: (operatorId: string) => readonly string[]): void {
      served = queuesOf;
    },
  };
}
