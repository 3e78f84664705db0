import type { AgentView, ApiProblem, ApiResult, SoftphoneKey } from "@cordboard/api";
import { expect, test } from "vitest";
import { type DeskState, initialState } from "../session/desk-state.ts";
import { aCall, aView } from "../testing/a-view.ts";
import { createSoftphone } from "./create-softphone.ts";
import type { SipCall, SipLineListener } from "./sip-line.ts";
import type { SoftphoneTabMessage } from "./softphone-tabs.ts";

const user = "softphone-1";
const browser = { telephoneId: "tel_1", name: "Inès", softphone: user };
const key = { address: "wss://sip.example", realm: "pbx.example", user, password: "p1", renewAfterMs: 60_000 };
const yes: ApiResult<SoftphoneKey> = { ok: true, value: key };
const no = (code: string): ApiResult<SoftphoneKey> => ({ ok: false, error: { code, status: 409 } as ApiProblem });
const settle = async () => {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
};

/** A track that is on until somebody stops or silences it. */
class Track extends EventTarget {
  enabled = true;
  stopped = false;
  stop() {
    this.stopped = true;
  }
}
const aMicrophone = () => {
  const track = new Track();
  return { track, stream: { getTracks: () => [track], getAudioTracks: () => [track] } as unknown as MediaStream };
};

/** The tabs of one browser: one has the lock, all hear each other. */
function aBrowser() {
  const waiting: { hold: () => void; gone: boolean }[] = [];
  const hearing: ((message: SoftphoneTabMessage) => void)[] = [];
  const next = () => {
    const first = waiting.find(({ gone }) => !gone);
    first?.hold();
  };
  return {
    tab() {
      let own: ((message: SoftphoneTabMessage) => void) | null = null;
      return {
        take(hold: () => void) {
          const one = { hold, gone: false };
          waiting.push(one);
          if (waiting.filter(({ gone }) => !gone)[0] === one) hold();
          return () => {
            const held = waiting.filter(({ gone }) => !gone)[0] === one;
            one.gone = true;
            if (held) next();
          };
        },
        post(message: SoftphoneTabMessage) {
          for (const listener of hearing) if (listener !== own) listener(message);
        },
        onMessage(listener: (message: SoftphoneTabMessage) => void) {
          own = listener;
          hearing.push(listener);
        },
      };
    },
  };
}

/** A tab with its operator's desk, a telephone system and a microphone, all as the test says. */
function aTab({
  answers = [yes],
  tabs = aBrowser().tab() as ReturnType<ReturnType<typeof aBrowser>["tab"]> | null,
  view = null as AgentView | null,
} = {}) {
  let state: DeskState = { ...initialState, phase: "atDesk", view };
  const followers = new Set<() => void>();
  const log: string[] = [];
  const waits: { ms: number; done: () => void }[] = [];
  const lines: SipLineListener[] = [];
  const microphones: ReturnType<typeof aMicrophone>[] = [];
  const world = { now: 0, beat: () => {}, refuses: null as string | null, heard: true };
  const softphone = createSoftphone({
    desk: {
      getState: () => state,
      subscribe(listener) {
        followers.add(listener);
        return () => void followers.delete(listener);
      },
    },
    tabs,
    async openLine(given, listener) {
      log.push(`opened as ${given.user}`);
      lines.push(listener);
      return {
        register: () => log.push("register"),
        renew: (password) => log.push(`renew ${password}`),
        close: () => log.push("closed"),
      };
    },
    askKey: async () => (answers.length > 1 ? answers.shift() : answers[0]) ?? yes,
    microphone: {
      async open() {
        if (world.refuses !== null) throw new DOMException("no", world.refuses);
        const made = aMicrophone();
        microphones.push(made);
        return made.stream;
      },
    },
    speaker: { play: async () => world.heard, resume: async () => true, stop: () => {} },
    ring: { start: () => log.push("rings"), stop: () => {} },
    wait: (ms) => new Promise((done) => waits.push({ ms, done })),
    now: () => world.now,
    pulse(listener) {
      world.beat = listener;
      return () => {};
    },
  });
  const desk = async (view: AgentView | null, part: Partial<DeskState> = {}) => {
    state = { ...state, ...part, view };
    for (const follower of followers) follower();
    await settle();
  };
  return {
    ...{ softphone, log, lines, microphones, world, desk },
    shown: () => softphone.getState(),
    /** What was waited for is over. */
    async pass() {
      for (const { done } of waits.splice(0)) done();
      await settle();
    },
    async ready() {
      await desk(aView({ telephone: browser }));
      lines.at(-1)?.up(120_000);
    },
    /** A call comes by SIP; what was done to it is in the log. */
    async rings(callId: string | null) {
      let heard: Parameters<SipCall["listen"]>[0] | null = null;
      lines.at(-1)?.call({
        callId,
        from: "Paul",
        answer: () => log.push("answered"),
        refuse: (status) => log.push(`refused ${status}`),
        hangUp: () => log.push("hung up"),
        press: (pressed) => log.push(`key ${pressed}`),
        speakThrough: async () => void log.push("other microphone"),
        listen: (listener) => {
          heard = listener;
        },
      });
      await settle();
      const listener = heard as Parameters<SipCall["listen"]>[0] | null;
      return { ends: () => listener?.ended(), sounds: () => listener?.sound({} as MediaStream) };
    },
  };
}
const ringing = (callId: string) => aView({ telephone: browser, state: "ringing", call: aCall({ callId }) });
const talking = (callId: string) => aView({ telephone: browser, state: "talking", call: aCall({ callId }) });

test("it registers while this browser is the operator's telephone, and takes that back afterwards", async () => {
  const tab = aTab();
  await tab.desk(aView({}));
  expect([tab.shown().status, tab.log]).toEqual(["off", []]);
  await tab.ready();
  expect([tab.shown().status, tab.log]).toEqual(["ready", [`opened as ${user}`]]);
  await tab.desk(aView({}));
  expect([tab.shown().status, tab.log.at(-1)]).toEqual(["off", "closed"]);
});

test("what was accepted at the desk is picked up by itself, before or after the server has said so; it ends with the call", async () => {
  for (const early of [true, false]) {
    const tab = aTab();
    await tab.ready();
    if (!early) await tab.desk(ringing("call_1"));
    const call = await tab.rings("call_1");
    if (early) {
      expect(tab.log).not.toContain("answered");
      await tab.desk(ringing("call_1"));
    }
    expect(tab.log).toContain("answered");
    expect(tab.log).not.toContain("rings");
    expect(tab.shown().call).toMatchObject({ phase: "talking", accepted: true });
    await tab.desk(talking("call_1"));
    call.ends();
    expect(tab.shown().call).toBeNull();
    expect(tab.microphones.at(-1)?.track.stopped).toBe(true);
  }
});

test("a call that nobody accepted rings, is answered or refused by its operator, and keeps a second one out", async () => {
  const tab = aTab();
  await tab.ready();
  await tab.rings("call_9");
  await tab.pass();
  expect(tab.log).toContain("rings");
  expect(tab.shown().call).toEqual({ phase: "ringing", accepted: false, from: "Paul" });
  await tab.rings("call_10");
  expect(tab.log).toContain("refused 486");
  tab.softphone.answer();
  await settle();
  expect(tab.shown().call).toMatchObject({ phase: "talking", accepted: false });
  tab.softphone.refuse();
  expect([tab.log.at(-1), tab.shown().call]).toEqual(["hung up", null]);
  await tab.rings("call_11");
  tab.softphone.refuse();
  expect(tab.log).toContain("refused 603");
});

test("without a microphone nobody is picked up into silence: the call is refused, and it is said why", async () => {
  for (const [fault, word] of [
    ["NotAllowedError", "blocked"],
    ["NotFoundError", "missing"],
  ] as const) {
    const tab = aTab();
    await tab.ready();
    await tab.desk(ringing("call_1"));
    tab.world.refuses = fault;
    await tab.rings("call_1");
    expect([tab.log.includes("refused 480"), tab.shown().microphone, tab.shown().call]).toEqual([true, word, null]);
  }
});

test("a microphone that is pulled out is replaced by another one; where there is none it is said", async () => {
  const tab = aTab();
  await tab.ready();
  await tab.desk(ringing("call_1"));
  await tab.rings("call_1");
  tab.microphones.at(-1)?.track.dispatchEvent(new Event("ended"));
  await settle();
  expect([tab.log.at(-1), tab.shown().microphone]).toEqual(["other microphone", "ready"]);
  tab.world.refuses = "NotFoundError";
  tab.microphones.at(-1)?.track.dispatchEvent(new Event("ended"));
  await settle();
  expect(tab.shown().microphone).toBe("lost");
  tab.world.refuses = null;
  tab.softphone.microphoneChosen();
  await settle();
  expect(tab.shown().microphone).toBe("ready");
});

test("muting silences the microphone itself, also one that takes another's place; keys go with the sound", async () => {
  const tab = aTab();
  await tab.ready();
  expect(tab.softphone.press("5")).toBe(false);
  await tab.desk(ringing("call_1"));
  await tab.rings("call_1");
  tab.softphone.mute(true);
  expect(tab.microphones.at(-1)?.track.enabled).toBe(false);
  tab.softphone.microphoneChosen();
  await settle();
  expect(tab.microphones).toHaveLength(2);
  expect(tab.microphones.at(-1)?.track.enabled).toBe(false);
  tab.softphone.mute(false);
  expect(tab.microphones.at(-1)?.track.enabled).toBe(true);
  expect(tab.softphone.press("5")).toBe(true);
  expect(tab.log.at(-1)).toBe("key 5");
});

test("a telephone system that does not answer, or refuses, is said so and tried again with a newer password", async () => {
  const tab = aTab({ answers: [no("unreachable"), yes] });
  await tab.desk(aView({ telephone: browser }));
  expect([tab.shown().status, tab.log]).toEqual(["lost", []]);
  await tab.pass();
  tab.lines.at(-1)?.down("unreachable");
  expect(tab.shown().status).toBe("lost");
  tab.world.beat();
  await settle();
  expect(tab.log.at(-1)).toBe("register");
  tab.lines.at(-1)?.up(120_000);
  expect(tab.shown().status).toBe("ready");
  tab.lines.at(-1)?.down("refused");
  await settle();
  expect(tab.shown().status).toBe("refused");
  expect(tab.log.slice(-2)).toEqual(["renew p1", "register"]);
  tab.log.length = 0;
  // Refused again: not over and over at once.
  tab.lines.at(-1)?.down("refused");
  await settle();
  expect(tab.log).toEqual([]);
  await tab.pass();
  expect(tab.log).toEqual(["renew p1", "register"]);
});

test("it registers anew shortly before the registration ends, and gets its passwords in time", async () => {
  const tab = aTab();
  await tab.ready();
  tab.world.now = 50_000;
  tab.world.beat();
  await settle();
  expect(tab.log).toEqual([`opened as ${user}`]);
  tab.world.now = 106_000;
  tab.world.beat();
  await settle();
  expect(tab.log.slice(1)).toEqual(["renew p1", "register"]);
});

test("a page that is loaded again finds its operator's telephone as it was", async () => {
  const tab = aTab({ view: aView({ telephone: browser }) });
  await settle();
  expect(tab.log).toEqual([`opened as ${user}`]);
});

test("another browser of the operator has the calls: said here, until this one is chosen", async () => {
  const tab = aTab({ answers: [no("softphoneElsewhere"), yes] });
  await tab.desk(aView({ telephone: browser }));
  expect([tab.shown().status, tab.log]).toEqual(["elsewhere", []]);
  await tab.desk(aView({ telephone: { ...browser, softphone: "softphone-2" } }));
  expect(tab.log).toEqual([`opened as ${user}`]);
  // Or the word of it was not heard: it is found out a little later.
  const deaf = aTab({ answers: [no("softphoneElsewhere"), yes] });
  await deaf.desk(aView({ telephone: browser }));
  deaf.world.now = 15_000;
  deaf.world.beat();
  await settle();
  expect(deaf.log).toEqual([`opened as ${user}`]);
});

test("whoever signs out or is taken over in mid-call goes on talking; the registration ends with the call", async () => {
  const tab = aTab();
  await tab.ready();
  await tab.desk(ringing("call_1"));
  const call = await tab.rings("call_1");
  await tab.desk(talking("call_1"));
  await tab.desk(null, { phase: "signedOut" });
  expect(tab.shown().call?.phase).toBe("talking");
  call.ends();
  await settle();
  expect([tab.shown().status, tab.log.at(-1)]).toEqual(["off", "closed"]);
});

test("a conversation whose end was not heard here ends when the desk has said so for a while", async () => {
  const tab = aTab();
  await tab.ready();
  await tab.desk(ringing("call_1"));
  await tab.rings("call_1");
  await tab.desk(talking("call_1"));
  await tab.desk(aView({ telephone: browser, state: "wrapUp", call: aCall({ callId: "call_1" }) }));
  expect(tab.shown().call?.phase).toBe("talking");
  await tab.pass();
  expect([tab.shown().call, tab.log.at(-1)]).toEqual([null, "hung up"]);
});

test("of several tabs one registers; another shows what it does, and tells it what to do", async () => {
  const browserOf = aBrowser();
  const first = aTab({ tabs: browserOf.tab() });
  const second = aTab({ tabs: browserOf.tab() });
  await first.ready();
  await second.desk(aView({ telephone: browser }));
  expect([second.log, second.shown().status, second.shown().here]).toEqual([[], "ready", false]);
  await first.rings("call_9");
  second.softphone.answer();
  await settle();
  expect(second.shown().call?.phase).toBe("talking");
  second.softphone.mute(true);
  expect(first.microphones.at(-1)?.track.enabled).toBe(false);
  expect(second.shown().muted).toBe(true);
  second.softphone.refuse();
  // The first tab's operator goes elsewhere: the second takes over.
  await first.desk(aView({}));
  await settle();
  expect([second.log, second.shown().here]).toEqual([[`opened as ${user}`], true]);
});

test("sound that the browser holds back is said, and goes on after a touch; a page that may not telephone says so", async () => {
  const tab = aTab();
  await tab.ready();
  tab.world.heard = false;
  await tab.desk(ringing("call_1"));
  const call = await tab.rings("call_1");
  call.sounds();
  await settle();
  expect(tab.shown().soundBlocked).toBe(true);
  tab.softphone.touched();
  await settle();
  expect(tab.shown().soundBlocked).toBe(false);
  const unsafe = aTab({ tabs: null });
  await unsafe.desk(aView({ telephone: browser }));
  expect(unsafe.shown().status).toBe("impossible");
});
