import type { LiveCall } from "../../calls/live-call.ts";
import { recordingIdOf } from "../../calls/recording-id.ts";
import type { CallConnection, Clock, Verb } from "../../ports/index.ts";
import type { Chance } from "./chance.ts";

const SECOND = 1_000;

export interface PeopleGiven {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly makeId: (prefix: string) => string;
  /** How long the recordings are that callers made, by id. */
  readonly recorded: Map<string, number>;
}

/** What jambonz, callers and whoever is rung do about what is presented. */
export function peopleOn({ clock, chance, makeId, recorded }: PeopleGiven) {
  const { share, between } = chance;
  const later = (ms: number, due: () => void) => clock.at(clock.now() + ms, due);

  const hangsUp = (call: LiveCall, by: "caller" | "us") => {
    if (call.document.status === "live")
      call.handle({ kind: "callerGone", by, sipStatus: 200, durationMs: clock.now() - call.document.startedAt });
  };

  function connection(
    facts: CallConnection["facts"],
    of: () => LiveCall,
    /** What is keyed when it is asked for; null: nothing. */
    keys: (call: LiveCall) => string | null,
  ): CallConnection {
    const hook = { answer: (verbs: readonly Verb[]) => void (verbs.length > 0 && heard(verbs)) };
    const asked = (entry: number) => {
      const digits = keys(of());
      const ms = digits === null ? 9 * SECOND : between(1, 4) * SECOND;
      later(ms, () => of().handle({ kind: "collectEnded", entry, digits, hook }));
    };
    /** Some who wait press the key that leads out of the line. */
    const waits = (entry: number) => {
      const { media } = of().document;
      if (media?.effect.type !== "hold" || media.effect.keys === "" || share() >= 0.2) return;
      later(between(10, 60) * SECOND, () => of().handle({ kind: "collectEnded", entry, digits: "*", hook }));
    };
    const records = (entry: number) => {
      const luck = share();
      const says = luck < 0.15 ? 600 : between(3, 40) * SECOND;
      recorded.set(recordingIdOf(of().id, entry), says);
      if (luck > 0.8) later(says, () => hangsUp(of(), "caller"));
      else later(says, () => of().handle({ kind: "recordEnded", entry, key: null, hook }));
    };
    const rings = (entry: number) => {
      const legSid = makeId("leg");
      // Who is called back is often out.
      const luck = of().document.placed ? share() / 2.5 : share();
      const ends = (result: "completed" | "busy" | "silent", sipStatus: number) =>
        of().handle({ kind: "dialEnded", entry, result, sipStatus, legSid, hook });
      if (luck < 0.08) return void later(SECOND, () => ends("busy", 486));
      later(200, () => of().handle({ kind: "legRinging", legSid, sipStatus: 180 }));
      if (luck < 0.16) return void later(20 * SECOND, () => ends("silent", 480));
      const answersIn = between(2, 9) * SECOND;
      const talks = between(20, 300) * SECOND;
      later(answersIn, () => of().handle({ kind: "legAnswered", legSid }));
      later(answersIn + talks, () => {
        // Whom an operator has passed on meanwhile is elsewhere.
        if (of().document.leg?.legSid !== legSid) return;
        if (share() < 0.5) hangsUp(of(), "caller");
        else ends("completed", 200);
      });
    };
    const heard = ([verb]: readonly Verb[]) => {
      const entry = Number(String(verb?.id).slice(1));
      if (verb?.verb === "collect") asked(entry);
      if (verb?.verb === "play")
        later(2 * SECOND, () => of().handle({ kind: "playEnded", entry, failed: false, hook }));
      if (verb?.verb === "hold") waits(entry);
      if (verb?.verb === "record") records(entry);
      if (verb?.verb === "dial") rings(entry);
      if (verb?.verb === "hangUp") later(50, () => hangsUp(of(), "us"));
    };
    return {
      facts,
      open: true,
      redirect: (verbs) => {
        heard(verbs);
        return "sent";
      },
      stream: () => true,
      release: () => {},
      command: () => true,
      finish: () => {},
    };
  }

  /** An operator's telephone that is rung for a call which we place: mostly it is picked up. */
  function telephoneRings(call: LiveCall, facts: CallConnection["facts"]): void {
    const luck = share();
    later(SECOND, () => {
      call.attach(
        connection(
          facts,
          () => call,
          () => null,
        ),
      );
      call.handle({ kind: "placedRinging" });
    });
    const missed = (unanswered: "busy" | "silent") =>
      call.handle({ kind: "callerGone", by: "network", sipStatus: 480, durationMs: 0, unanswered });
    if (luck < 0.05) later(2 * SECOND, () => missed("busy"));
    else if (luck < 0.1) later(26 * SECOND, () => missed("silent"));
    else later(between(3, 9) * SECOND, () => call.handle({ kind: "placedAnswered" }));
  }

  return { connection, telephoneRings, hangsUp };
}

/** Of the flow with one key: nearly everybody presses it. */
export const pressesOne =
  ({ share }: Chance) =>
  (): string | null =>
    share() < 0.95 ? "1" : null;

/** Of the whole flow: a choice of its menu; a number to be called back, and that it is right. */
export const findsTheirWay =
  ({ share, between }: Chance) =>
  ({ document }: LiveCall): string | null => {
    const luck = share();
    const nodeId = document.snapshot?.node?.id ?? "";
    if (nodeId === "menu") return ["1", "1", "1", "1", "1", "1", "2", "2", "3", "4"][Math.floor(luck * 10.6)] ?? null;
    if (!nodeId.startsWith("promise")) return null;
    const effect = document.media?.effect;
    if (effect?.type === "collect" && effect.maxDigits > 1) return `06${between(10_000_000, 99_999_999)}`;
    return luck < 0.9 ? "1" : luck < 0.95 ? "2" : null;
  };
