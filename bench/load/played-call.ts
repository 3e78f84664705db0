import { type CallNumbers, callStatus, session, verbHook, verbStatus } from "./messages.ts";
import { openQuickSocket } from "./quick-socket.ts";

/** Whom the calls are for. An echo sends everything back as it is: the least that a WebSocket server can do. */
export interface Target {
  readonly port: number;
  readonly path: string;
  readonly authorization: string;
  readonly kind: "application" | "echo";
}

export interface CallTimes {
  /** `session:new` sent → the first verb that is heard arrived, ms. */
  readonly firstMediaMs: number;
  /** Each hook sent → its ack arrived, ms. */
  readonly hooksMs: readonly number[];
}

interface Verb {
  readonly verb: string;
  readonly id?: string;
  readonly actionHook?: string;
  readonly notifyEvents?: boolean;
}

interface Message {
  readonly type: string;
  readonly msgid?: string;
  readonly data?: readonly Verb[];
}

/** Hooks of a call in the five-step flow: greeting, menu, announcement, menu, goodbye. */
export const HOOKS = 5;

/**
 * Plays jambonz's side of one whole call in the five-step flow and resolves with its times; rejects when the other side says something
 * that does not belong there. `thinkMs`: how long each verb lasts.
 */
export function playCall(target: Target, numbers: CallNumbers, thinkMs: number): Promise<CallTimes> {
  return new Promise((resolve, reject) => {
    const hooksMs: number[] = [];
    let sentAt = 0;
    let firstMediaMs = 0;
    let count = 0;
    let notify = false;
    let answered = false;
    let running: Verb | null = null;
    let hook: string | null = null;
    let over = false;
    const msgid = () => `${numbers.callSid}-${count++}`;
    const wrong = (what: string) => {
      over = true;
      socket.close(1000);
      reject(new Error(`${numbers.callSid}: ${what}`));
    };

    const socket = openQuickSocket(target.port, target.path, target.authorization, {
      onOpen() {
        sentAt = performance.now();
        socket.send(session("session:new", numbers, msgid()));
      },
      onText: (text) => {
        if (!over) (target.kind === "echo" ? echoed : heard)(text);
      },
      onClosed(error) {
        if (error !== null || hooksMs.length !== HOOKS)
          reject(new Error(error ?? `closed after ${hooksMs.length} hooks`));
        else resolve({ firstMediaMs, hooksMs });
      },
    });

    const later = (act: () => void) => (thinkMs === 0 ? setImmediate(act) : setTimeout(act, thinkMs));
    const post = (verb: Verb) => {
      hook = msgid();
      sentAt = performance.now();
      socket.send(verbHook(numbers, { verb: verb.verb, actionHook: verb.actionHook ?? "" }, hook));
    };
    const end = () => {
      over = true;
      socket.send(callStatus(numbers, "completed", msgid()));
      socket.close(1000);
    };

    const echoed = (text: string) => {
      if (text.startsWith('{"type":"session:new"')) firstMediaMs = performance.now() - sentAt;
      else hooksMs.push(performance.now() - sentAt);
      if (hooksMs.length === HOOKS) socket.close(1000);
      else later(() => post({ verb: "play", actionHook: "/e/1/play" }));
    };

    const heard = (text: string) => {
      const arrived = performance.now();
      const { type, msgid: answers, data = [] }: Message = JSON.parse(text);
      const ofHook = type === "ack" && answers === hook;
      if (ofHook) {
        hook = null;
        hooksMs.push(arrived - sentAt);
      }
      const news: string[] = [];
      if (type === "ack" && !ofHook) news.push(callStatus(numbers, "trying", msgid()));
      if (notify && ofHook && running) news.push(status("finished", running));
      if (data.some(({ notifyEvents }) => notifyEvents)) notify = true;
      if (data.some(({ verb }) => verb === "answer") && !answered) {
        answered = true;
        news.push(callStatus(numbers, "in-progress", msgid()));
      }
      const media = data.find(({ actionHook }) => actionHook !== undefined);
      const hangsUp = data.some(({ verb }) => verb === "hangup");
      if (ofHook && !media && !hangsUp) return wrong(`a hook was answered with nothing: ${text}`);
      if (media) {
        running = media;
        if (hooksMs.length === 0) firstMediaMs = arrived - sentAt;
        if (notify) news.push(status("starting", media), status("start-playback", media));
        later(() => post(media));
      }
      if (news.length > 0) socket.send(...news);
      if (hangsUp) end();
    };
    const status = (event: string, { id = "", verb }: Verb) => verbStatus(numbers, event, { id, name: verb }, msgid());
  });
}
