import type { FlowEvent } from "@cordboard/node-kit";
import type { Clock, ControlAnswer, ControlRequest, PlacingAnswer, TelephonyRest } from "../ports/index.ts";
import type { OfferAccepted } from "./asked-by-centre.ts";
import {
  mayConsult,
  withConsult,
  withConsultAnswered,
  withConsultAsked,
  withConsultFailed,
  withConsultGiven,
  withConsultLeg,
  withConsultRinging,
  withConsultRoomed,
  withConsultTaken,
  withDismissed,
  withoutConsult,
} from "./consult.ts";
import { withHeard } from "./consult-hearing.ts";
import { type ConsultNews, consultId } from "./consulted-legs.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import type { CallDocument, Consult } from "./model.ts";
import { isTalkOf, operatorTalk } from "./operator-talk.ts";
import { withOwed } from "./owing.ts";
import type { PartedLegs } from "./parted-legs.ts";
import { hasPassedOn } from "./passings.ts";
import type { Presentation } from "./presentation.ts";
import type { TalkingApart } from "./talking-apart.ts";

type Answer = "taken" | "gone" | "unowned";
export type ConsultTold = [entry: number, legSid: string, news: ConsultNews];
type Of<Kind extends ControlRequest["control"]["kind"]> = Extract<ControlRequest["control"], { kind: Kind }>;

/** How asking somebody first acts on its call. */
export interface ConsultHands {
  readonly call: () => CallDocument;
  /** In its turn, and not at all once the call is another process's. */
  readonly later: (work: () => Promise<void> | void) => Promise<void>;
  /** Writes a step that no flow takes. */
  readonly step: (next: CallDocument) => Promise<boolean>;
  readonly note: (call: CallDocument | null) => void;
  readonly gone: () => boolean;
  readonly apart: Pick<TalkingApart, "hold" | "present">;
  /** What a conversation needs at its beginning, together with the call's facts. */
  readonly atAnswer: (call: CallDocument) => Promise<CallDocument>;
  /** What is told of the operator's leg. */
  readonly legTold: TalkingApart["legTold"];
  /** Has the recording follow what was written. */
  readonly followTalk: () => Promise<void>;
}

export interface ConsultPorts {
  readonly clock: Clock;
  readonly legs: Pick<PartedLegs, "order" | "reclaim" | "state">;
  readonly rest: Pick<TelephonyRest, "giveUp" | "hangUp">;
  readonly presentation: Pick<Presentation, "consult">;
  readonly placeConsulted: LiveCallPorts["placeConsulted"];
  readonly log: LiveCallPorts["log"];
}

/** For a store that stumbles as the telephone is looked up. */
const ATTEMPTS = 3;
const PAUSE_MS = 400;
/** How often it is made sure that whoever is asked is still there; and how soon what could not be told is told again. */
const WATCH_MS = 20_000;
const AGAIN_MS = 3_000;

/**
 * An operator asks somebody before they pass their caller on. What is to be done follows from the call's document, after each write and after
 * each take-over: whom to call, what the operator's leg is to hear, which legs to end. So a process that dies leaves nothing undone.
 */
export class Consulting {
  readonly #ports: ConsultPorts;
  readonly #hands: ConsultHands;
  /** What is under way in this process, by name. */
  readonly #busy = new Set<string>();
  #stopped = false;
  #cancel: (() => void) | null = null;

  constructor(ports: ConsultPorts, hands: ConsultHands) {
    this.#ports = ports;
    this.#hands = hands;
  }

  /** Whether this place in line is of somebody who is, or was, to be asked, and not one of the flow. */
  asks(entry: number): boolean {
    const { consult, queue } = this.#hands.call();
    return consult?.entry === entry && queue?.entry !== entry;
  }

  /** In the call's turn, as all that an operator asks for. */
  async ask(request: ControlRequest, control: Of<"consult">): Promise<ControlAnswer> {
    const { call, apart } = this.#hands;
    const { offerId, queueId, operatorId } = request;
    if (queueId === null) return "gone";
    const may = mayConsult(call(), offerId, control.to);
    if (may !== "yes") return may;
    const of = { offerId, queueId, operatorId };
    return apart.hold(offerId, queueId, true, (held) => withConsult(held, of, control, this.#ports.clock.now()));
  }

  /** Whoever is asked leaves; the operator is with the caller again. */
  async end(offerId: string | null, queueId: string | null): Promise<ControlAnswer> {
    const { call, apart } = this.#hands;
    const { consult } = call();
    if (!isTalkOf(call(), offerId)) return "gone";
    if (!consult) return "done";
    return apart.hold(offerId, queueId, false, (back) => withoutConsult(back, this.#ports.clock.now()));
  }

  /** The caller is theirs who was asked. */
  async give(offerId: string | null, control: Of<"completeConsult">): Promise<ControlAnswer> {
    const { call } = this.#hands;
    const { consult } = call();
    if (hasPassedOn(call(), offerId)) return "done";
    if (!isTalkOf(call(), offerId) || !consult) return "gone";
    if (consult.stage !== "talking") return "notYet";
    return (await this.#give(control)) ? "done" : "unowned";
  }

  /** The operator has hung up: where the three were together, whoever was asked has the call. */
  async operatorGone(): Promise<boolean> {
    const { consult, apart } = this.#hands.call();
    if (consult?.stage !== "talking" || apart?.held) return false;
    return this.#give({ outcome: consult.by.outcome, note: consult.by.note });
  }

  /** What the operator who is asked does with their part in it. */
  async ofConsulted({ control }: ControlRequest): Promise<ControlAnswer> {
    const { call, step } = this.#hands;
    const { consult } = call();
    if (consult?.stage !== "talking" || consult.legSid === null) return "gone";
    if (control.kind === "hangUp") {
      const failed = withConsultFailed(call(), "left", this.#ports.clock.now(), { legOver: false });
      return failed && (await step(failed)) ? "done" : "unowned";
    }
    if (control.kind !== "mute") return "gone";
    if (!(await this.#ports.legs.order(consult.legSid, control))) return "unowned";
    const { taken } = consult;
    const report = { kind: "muted", muted: control.muted } as const;
    const next: CallDocument = { ...call(), rev: call().rev + 1, consult: { ...consult, muted: control.muted } };
    const told = withOwed(next, { kind: "leg", offerId: taken?.offerId ?? null, report });
    return (await step(told)) ? "done" : "unowned";
  }

  /** An operator accepted. Resolves once it is durable. */
  async taken(...[event, operatorName]: OfferAccepted): Promise<Answer> {
    return this.#inTurn(async () => {
      const { call, step } = this.#hands;
      const { entry, offerId, operatorId, target }: Extract<FlowEvent, { type: "offer.accepted" }> = event;
      const { consult } = call();
      if (consult?.entry !== entry) return "gone";
      if (consult.taken?.offerId === offerId) return "taken";
      const next = withConsultTaken(call(), { offerId, operatorId, operatorName }, target, this.#ports.clock.now());
      if (!next) return "gone";
      return (await step(next)) ? "taken" : "unowned";
    });
  }

  /** Nobody took it. */
  async refused(entry: number): Promise<Answer> {
    return this.#inTurn(async () => {
      const { call, step } = this.#hands;
      const { consult } = call();
      if (consult?.entry !== entry || consult.stage !== "offered") return "gone";
      const next = withConsultFailed(call(), "refused", this.#ports.clock.now());
      return next && (await step(next)) ? "taken" : "unowned";
    });
  }

  /** What is told of the leg of whoever is asked; in the call's turn. Of one who has the call since, its end is that of the operator's leg. */
  async told(...[entry, legSid, news]: ConsultTold): Promise<Answer> {
    const { call, step, legTold } = this.#hands;
    const { consult, leg, apart, status } = call();
    if (status === "ended") return "gone";
    if (leg?.consulted === entry && apart?.legSid === legSid)
      return news.what === "over" || news.what === "missed" ? legTold(legSid, "over") : "taken";
    if (consult?.entry !== entry || consult.stage === "failed" || consult.stage === "due") return "gone";
    if (consult.legSid !== null && consult.legSid !== legSid) return "gone";
    const next = this.#after(consult, legSid, news);
    return !next || (await step(next)) ? "taken" : "unowned";
  }

  #after(consult: Consult, legSid: string, news: ConsultNews): CallDocument | null {
    const call = this.#hands.call();
    const now = this.#ports.clock.now();
    switch (news.what) {
      case "calling": {
        const known = withConsultLeg(call, consult.entry, legSid);
        return known && { ...known, rev: call.rev + 1 };
      }
      case "rings":
        return withConsultRinging(call, legSid, now);
      case "there":
        return withConsultAnswered(call, legSid, now);
      case "missed":
        return withConsultFailed(call, news.result, now);
      case "over":
        return withConsultFailed(call, consult.stage === "talking" ? "left" : "silent", now);
    }
  }

  /** Does what follows from the call as it is written now. */
  follow(): void {
    const { consult, apart, dismissed = [] } = this.#hands.call();
    for (const legSid of dismissed) this.#once(`dismiss ${legSid}`, () => this.#dismiss(legSid));
    if (apart?.stage === "apart") {
      if (consult?.stage === "due") this.#once(`place ${consult.entry}`, () => this.#place(consult.entry, 1));
      if (consult?.stage === "talking" && !consult.roomed)
        this.#once(`room ${consult.entry}`, () => this.#room(consult.entry));
      if (apart.asker?.evidence === "due") this.#once("operator", () => this.#tellOperator());
    }
    this.#arm();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  async #give(left: Pick<Of<"completeConsult">, "outcome" | "note">): Promise<boolean> {
    const { call, step, apart, atAnswer, followTalk } = this.#hands;
    const before = call();
    const given = withConsultGiven(before, left, this.#ports.clock.now());
    if (!given || !(await step(await atAnswer(given)))) return false;
    await followTalk();
    if (call().apart?.turn !== before.apart?.turn) await apart.present(null);
    return true;
  }

  async #inTurn(work: () => Promise<Answer>): Promise<Answer> {
    const { later, gone } = this.#hands;
    let answer: Answer = "unowned";
    await later(async () => {
      answer = await work();
    });
    return gone() ? "unowned" : answer;
  }

  #once(name: string, work: () => Promise<void>): void {
    if (this.#stopped || this.#busy.has(name)) return;
    this.#busy.add(name);
    work()
      .catch((error) => this.#ports.log.error({ callId: this.#hands.call()._id, err: error }, "asking somebody failed"))
      .finally(() => this.#busy.delete(name));
  }

  /** Has the telephone called, once: that jambonz may have been asked is written before it is. */
  async #place(entry: number, attempt: number): Promise<void> {
    const { call, later, step } = this.#hands;
    const { clock, placeConsulted } = this.#ports;
    let asked: Consult | null = null;
    await later(async () => {
      const { consult } = call();
      const next = consult?.entry === entry ? withConsultAsked(call(), clock.now()) : null;
      if (next && (await step(next))) asked = next.consult ?? null;
    });
    if (asked !== null) await this.#called(asked, attempt, placeConsulted);
  }

  async #called(consult: Consult, attempt: number, place: ConsultPorts["placeConsulted"]): Promise<void> {
    const { call, later, step, note } = this.#hands;
    const { clock, log } = this.#ports;
    const { entry, target } = consult;
    let answer: PlacingAnswer;
    try {
      if (!target) return;
      answer = await place(call(), target, consultId(call()._id, entry));
    } catch (error) {
      log.error({ callId: call()._id, err: error, attempt }, "a telephone to be called could not be looked up");
      if (attempt < ATTEMPTS) {
        await new Promise<void>((resolve) => {
          clock.at(clock.now() + PAUSE_MS * attempt, resolve);
        });
        return this.#called(consult, attempt + 1, place);
      }
      answer = { kind: "refused", why: "the telephone could not be looked up" };
    }
    await later(async () => {
      const now = call().consult;
      const isAsked = now?.entry === entry && now.stage === "asked";
      if (answer.kind === "placed") {
        if (now?.entry === entry && now.stage !== "failed") return note(withConsultLeg(call(), entry, answer.callSid));
        // Nobody wants to ask them any more, or they have said more by now.
        if (call().leg?.consulted !== entry) this.#endLeg(answer.callSid);
      } else if (answer.kind === "refused" && isAsked) {
        const failed = withConsultFailed(call(), "unreachable", clock.now());
        if (failed) await step(failed);
      }
    });
  }

  /** Whoever picked up comes into the conference. */
  async #room(entry: number): Promise<void> {
    const { call, later, note } = this.#hands;
    const { legs, presentation } = this.#ports;
    // As they are by now: they may have been silenced since.
    const { consult } = call();
    if (consult?.entry !== entry || consult.legSid === null) return;
    const { legSid, taken, muted = false } = consult;
    const verbs = presentation.consult(call(), "room", taken && { muted });
    if (await legs.order(legSid, { kind: "redirect", verbs }))
      await later(() => note(withConsultRoomed(call(), entry)));
  }

  async #tellOperator(): Promise<void> {
    const { call, later, note } = this.#hands;
    const { legs, presentation } = this.#ports;
    const { apart, leg } = call();
    if (!apart?.asker) return;
    const { hears } = apart.asker;
    const verbs = presentation.consult(call(), hears, operatorTalk(call()) && { muted: leg?.muted ?? false });
    if (!(await legs.order(apart.legSid, { kind: "redirect", verbs }))) return;
    await later(() => note(withHeard(call(), hears)));
    // It may have changed meanwhile; of a call that is another process's by now nothing was noted.
    if (this.#stopped) return;
    if (call().apart?.asker?.evidence === "due") await this.#tellOperator();
  }

  async #dismiss(legSid: string): Promise<void> {
    const { call, later, note } = this.#hands;
    if (await this.#ended(legSid)) await later(() => note(withDismissed(call(), legSid)));
  }

  #endLeg(legSid: string): void {
    this.#once(`dismiss ${legSid}`, async () => void (await this.#ended(legSid)));
  }

  /** A leg is ended by its socket or, where nobody has one, by REST: before it is picked up, and after. */
  async #ended(legSid: string): Promise<boolean> {
    const { legs, rest } = this.#ports;
    if (await legs.order(legSid, { kind: "hangUp" })) return true;
    if ((await rest.giveUp(legSid)) === "asked") return true;
    return (await rest.hangUp(legSid)) !== "unavailable";
  }

  /** Wakes up for what is still to be done, or to be made sure of. */
  #arm(): void {
    this.#cancel?.();
    this.#cancel = null;
    const { consult, apart, dismissed = [], status } = this.#hands.call();
    const { clock } = this.#ports;
    if (this.#stopped) return;
    const now = clock.now();
    const isDue = (status === "live" && apart?.asker?.evidence === "due") || dismissed.length > 0;
    const times = [
      ...(isDue || (consult?.stage === "talking" && !consult.roomed) ? [now + AGAIN_MS] : []),
      ...(consult?.until ? [Math.max(now, consult.until)] : []),
      ...(consult?.stage === "talking" ? [now + WATCH_MS] : []),
      ...(isAwaited(consult) ? [now + AGAIN_MS] : []),
    ];
    if (times.length > 0) this.#cancel = clock.at(Math.min(...times), () => this.#wake());
  }

  #wake(): void {
    const { call, later, step } = this.#hands;
    const { clock } = this.#ports;
    const { consult } = call();
    if (consult?.until && consult.until <= clock.now()) {
      void later(async () => {
        if (call().consult !== consult) return;
        // It may have been picked up unheard: what could still be connected is ended.
        const failed = withConsultFailed(call(), "silent", clock.now(), { legOver: false });
        if (failed) await step(failed);
      });
      return;
    }
    if (consult?.stage === "talking" && consult.legSid !== null)
      this.#once(`watch ${consult.entry}`, () => this.#look(consult.entry, consult.legSid ?? ""));
    if (isAwaited(consult) && consult.legSid !== null)
      this.#once(`await ${consult.entry}`, () => this.#await(consult.entry, consult.legSid ?? ""));
    this.follow();
  }

  /**
   * A telephone that is called and whose socket nobody has: jambonz waits longer and longer before it comes back with one that was lost, and whoever picks
   * up meanwhile hears nothing. It is asked for as soon as jambonz says that it was picked up; before, that would end the ringing.
   */
  async #await(entry: number, legSid: string): Promise<void> {
    const { legs } = this.#ports;
    if (await legs.order(legSid, { kind: "there" })) return;
    const state = await legs.state(legSid);
    if (state === "talking") await legs.reclaim(legSid);
    if (state === "over")
      await this.#hands.later(async () => void (await this.told(entry, legSid, { what: "missed", result: "silent" })));
  }

  /** Whether whoever is asked is still there: in whichever process, and by REST. */
  async #look(entry: number, legSid: string): Promise<void> {
    const { legs } = this.#ports;
    if (await legs.order(legSid, { kind: "there" })) return;
    if ((await legs.reclaim(legSid)) === "gone")
      await this.#hands.later(async () => void (await this.told(entry, legSid, { what: "over" })));
  }
}

/** Its telephone is called or rings, and jambonz' id of it is known. */
function isAwaited(consult: Consult | null | undefined): consult is Consult {
  return (consult?.stage === "asked" || consult?.stage === "ringing") && consult.legSid !== null;
}
