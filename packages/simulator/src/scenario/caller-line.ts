import type { CollectEffect, DialEffect, Effect, FlowEvent, HoldEffect, RecordEffect } from "@cordboard/node-kit";
import { type Heard, heard } from "./heard.ts";
import { createRecorder, type Recorder, type Recording } from "./recorder.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** What a telephone does when it is rung. */
export type TelephoneBehaviour =
  | { readonly kind: "answers"; readonly afterMs: number }
  | { readonly kind: "busy" }
  | { readonly kind: "silent" }
  | { readonly kind: "unreachable" };

export interface LineWorld {
  readonly clock: VirtualClock;
  /** How long a prompt lasts, milliseconds. */
  lasts(name: string): number;
  behaviour(target: DialEffect["target"]): TelephoneBehaviour;
  /** Gives an event to the call. */
  answer(event: FlowEvent): void;
  /** The id of the next recording; null: nothing can be recorded. */
  nextRecording(): string | null;
  /** Told when a recording is over, however it ended. */
  recorded(recording: Recording): void;
  /** Told when a dial begins to ring, is answered, or ends. */
  dialChanged(dial: DialEffect, what: "ringing" | "answered" | "busy" | "silent" | "unreachable" | "completed"): void;
}

/** The caller's side of the telephone network: plays what the call asks for, hears keys, rings telephones. */
export interface CallerLine {
  carry(effect: Effect): void;
  key(digit: string): void;
  /** The caller speaks for so long; false when nothing records. */
  speaks(ms: number): boolean;
  /** Everything the caller has heard, in order; the last may not be over. */
  readonly log: readonly Heard[];
  /** The dial that is answered, while it lasts. */
  talking(): DialEffect | null;
  /** The other side hangs up. */
  otherHangsUp(): void;
  /** What is open: how the caller is kept from silence. */
  open(): "play" | "collect" | "hold" | "dial" | "record" | null;
  end(): void;
}

const RINGS_AFTER_MS = 500;

export function createCallerLine(world: LineWorld): CallerLine {
  const { clock } = world;
  const log: Heard[] = [];
  let open: "play" | "collect" | "hold" | "dial" | "record" | null = null;
  let recorder: Recorder | null = null;
  /** What is played to its end or round and round, with the keys that are listened for. */
  let listening: { readonly entry: number; readonly keys: string } | null = null;
  let dialled: { readonly effect: DialEffect; answeredAt: number | null } | null = null;
  let collect: CollectEffect | null = null;
  let keys = "";
  let cancels: (() => void)[] = [];

  /** Ends what was heard: a new effect replaces it. */
  function hush(): void {
    for (const cancel of cancels) cancel();
    cancels = [];
    const last = log.at(-1);
    if (last && last.until > clock.now()) log[log.length - 1] = { ...last, until: clock.now() };
    if (recorder) world.recorded(recorder.stop());
    recorder = null;
    listening = null;
    open = null;
    collect = null;
    dialled = null;
    keys = "";
  }

  const later = (afterMs: number, action: () => void) => {
    cancels.push(clock.after(afterMs, action));
  };

  function answer(event: FlowEvent): void {
    hush();
    world.answer(event);
  }

  function say(prompt: Parameters<typeof heard>[0], waiting: boolean, fromMs = 0): number {
    const one = heard(prompt, clock.now(), 0, waiting);
    const lasts = Math.max(0, world.lasts(one.name) - fromMs);
    log.push({ ...one, until: one.from + lasts });
    return lasts;
  }

  function playRound(effect: HoldEffect, index: number): void {
    const prompt = effect.playlist[index % effect.playlist.length];
    if (!prompt) return;
    later(say(prompt, true), () => playRound(effect, index + 1));
  }

  /** From where the caller has heard it: a piece whose half they heard is not begun again. */
  function goOn(effect: HoldEffect): void {
    const lengths = effect.playlist.map((prompt) => world.lasts(heard(prompt, 0, 0, true).name));
    const round = lengths.reduce((sum, ms) => sum + ms, 0);
    let left = round > 0 ? (effect.heardMs ?? 0) % round : 0;
    let index = 0;
    while (round > 0 && left >= (lengths[index] ?? Number.POSITIVE_INFINITY)) left -= lengths[index++] ?? 0;
    const prompt = effect.playlist[index];
    if (!prompt) return;
    later(say(prompt, true, left), () => playRound(effect, index + 1));
  }

  function listen(effect: CollectEffect): void {
    collect = effect;
    const lasts = effect.prompt === null ? 0 : say(effect.prompt, false);
    later(lasts + effect.patienceMs, () => answer({ type: "input.silence", entry: effect.entry }));
  }

  function record(effect: RecordEffect): void {
    const { entry } = effect;
    const id = world.nextRecording();
    if (id === null) {
      later(0, () => answer({ type: "play.failed", entry, reason: "cannot record" }));
      return;
    }
    const begin = () => {
      recorder = createRecorder(effect, {
        clock,
        id,
        done: (event, recording) => {
          recorder = null;
          world.recorded(recording);
          answer(event);
        },
      });
    };
    if (!effect.beep) begin();
    else later(say({ kind: "builtIn", name: "beep", language: "" }, false), begin);
  }

  function ring(effect: DialEffect): void {
    dialled = { effect, answeredAt: null };
    if (effect.music) say(effect.music, true);
    const { entry } = effect;
    const behaviour = world.behaviour(effect.target);
    const fail = (afterMs: number, result: "busy" | "silent" | "unreachable") =>
      later(afterMs, () => {
        world.dialChanged(effect, result);
        answer({ type: "dial.ended", entry, result, talkMs: 0 });
      });
    const { kind } = behaviour;
    if (kind === "unreachable" || kind === "busy") {
      fail(RINGS_AFTER_MS, kind);
      return;
    }
    later(RINGS_AFTER_MS, () => {
      world.dialChanged(effect, "ringing");
      world.answer({ type: "dial.ringing", entry });
    });
    if (behaviour.kind === "silent" || behaviour.afterMs >= effect.ringMs) {
      fail(effect.ringMs, "silent");
      return;
    }
    later(Math.max(RINGS_AFTER_MS, behaviour.afterMs), () => {
      const last = log.at(-1);
      if (last && last.until > clock.now()) log[log.length - 1] = { ...last, until: clock.now() };
      if (dialled) dialled.answeredAt = clock.now();
      world.dialChanged(effect, "answered");
      world.answer({ type: "dial.answered", entry });
    });
  }

  function keyOfQuestion(digit: string): void {
    if (!collect) return;
    const { entry, finishOnKey, maxDigits, minDigits, interDigitMs } = collect;
    const done = (digits: string) => answer({ type: "input.digits", entry, digits });
    if (digit === finishOnKey) {
      done(keys);
      return;
    }
    keys += digit;
    if (keys.length >= maxDigits) done(keys);
    else if (interDigitMs !== null && keys.length >= minDigits) {
      for (const cancel of cancels) cancel();
      cancels = [];
      const typed = keys;
      later(interDigitMs, () => done(typed));
    }
  }

  return {
    log,
    open: () => open,
    talking: () => (dialled?.answeredAt != null ? dialled.effect : null),
    otherHangsUp: () => {
      if (dialled?.answeredAt == null) return;
      const { effect, answeredAt } = dialled;
      world.dialChanged(effect, "completed");
      answer({ type: "dial.ended", entry: effect.entry, result: "completed", talkMs: clock.now() - answeredAt });
    },
    speaks: (ms) => {
      recorder?.speaks(ms);
      return recorder !== null;
    },
    key: (digit) => {
      if (recorder) recorder.key(digit);
      else if (listening?.keys.includes(digit)) {
        answer({ type: "input.digits", entry: listening.entry, digits: digit });
      } else keyOfQuestion(digit);
    },
    carry: (effect) => {
      if (effect.type === "play") {
        hush();
        open = "play";
        listening = effect;
        later(say(effect.prompt, false), () => answer({ type: "play.done", entry: effect.entry }));
      } else if (effect.type === "collect") {
        hush();
        open = "collect";
        listen(effect);
      } else if (effect.type === "hold") {
        hush();
        open = "hold";
        listening = effect;
        goOn(effect);
      } else if (effect.type === "record") {
        hush();
        open = "record";
        record(effect);
      } else if (effect.type === "dial") {
        hush();
        open = "dial";
        ring(effect);
      }
    },
    end: hush,
  };
}
