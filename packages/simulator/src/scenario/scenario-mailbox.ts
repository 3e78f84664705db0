import type {
  FlowEvent,
  GreetingState,
  MailboxContents,
  MailboxMessage,
  MailboxQuestion,
  MailboxResult,
} from "@cordboard/node-kit";

/** A voicemail box as a scenario sets it up. Messages are told in the order given, a minute apart. */
export interface ScenarioMailbox {
  readonly code: string;
  /** By which it is opened from a telephone; the same as its name where nothing is said. */
  readonly number?: string;
  readonly messages?: readonly {
    /** Null: hidden. */
    readonly from: string | null;
    readonly seconds: number;
    readonly kept?: boolean;
  }[];
}

interface StoredMessage extends MailboxMessage {
  readonly list: "new" | "kept" | "deleted";
  readonly calledBack: boolean;
}

interface StoredBox {
  readonly boxId: string;
  readonly code: string;
  readonly number: string;
  messages: StoredMessage[];
  readonly greetings: Set<GreetingState>;
  wrongCodes: number;
}

/** What a box holds, as a scenario asks for it. */
export interface MailboxHeld {
  readonly new: number;
  readonly kept: number;
  readonly deleted: number;
  readonly calledBack: number;
  readonly greetings: readonly GreetingState[];
}

/** After so many wrong codes a box is not opened any more. */
const MOST_WRONG_CODES = 5;
const APART_MS = 60_000;
const NOTHING = { box: null, message: null, number: null } as const;

/** The voicemail boxes of a scenario's company, and what their host answers. */
export function createScenarioMailboxes(now: () => number) {
  const boxes = new Map<string, StoredBox>();
  const byNumber = (number: string) => [...boxes.values()].find((box) => box.number === number);
  const contentsOf = ({ boxId, messages }: StoredBox): MailboxContents => ({
    boxId,
    newCount: messages.filter(({ list }) => list === "new").length,
    keptCount: messages.filter(({ list }) => list === "kept").length,
  });

  function answerOf(
    question: MailboxQuestion,
  ): Omit<Extract<FlowEvent, { type: "mailbox.answered" }>, "type" | "entry"> {
    const only = (result: MailboxResult) => ({ ...NOTHING, result });
    if (question.what === "open") {
      const box = question.boxId === null ? byNumber(question.number) : boxes.get(question.boxId);
      if (!box) return only("refused");
      if (box.wrongCodes >= MOST_WRONG_CODES) return only("locked");
      if (box.code !== question.code) {
        box.wrongCodes += 1;
        return only("refused");
      }
      return { ...NOTHING, result: "done", box: contentsOf(box) };
    }
    const box = boxes.get(question.boxId);
    if (!box) return only("failed");
    const done = (more: Partial<typeof NOTHING> | { message: MailboxMessage } | { number: string } = {}) => ({
      ...NOTHING,
      ...more,
      result: "done" as const,
      box: contentsOf(box),
    });
    if (question.what === "next") {
      const { list, after } = question;
      const next = box.messages.find(
        (one) => one.list === list && (after === null || one.receivedAt > after.receivedAt),
      );
      if (!next) return { ...NOTHING, result: "none", box: contentsOf(box) };
      const { messageId, receivedAt, durationMs, number } = next;
      return done({ message: { messageId, receivedAt, durationMs, number } });
    }
    if (question.what === "greeting") {
      box.greetings.add(question.state);
      return done();
    }
    const message = box.messages.find(({ messageId }) => messageId === question.messageId);
    if (!message) return only("refused");
    const change = (changes: Partial<StoredMessage>) => {
      box.messages = box.messages.map((one) => (one === message ? { ...one, ...changes } : one));
    };
    switch (question.what) {
      case "keep":
        if (message.list === "new") change({ list: "kept" });
        return done();
      case "delete":
        change({ list: "deleted" });
        return done();
      case "calledBack":
        change({ calledBack: true });
        return done();
      case "callBack":
        return message.number === null ? only("refused") : done({ number: message.number });
      case "forward": {
        const target = byNumber(question.number);
        if (!target) return only("refused");
        const messageId = `${message.messageId}>${target.boxId}`;
        target.messages.push({ ...message, messageId, receivedAt: now(), list: "new", calledBack: false });
        return done();
      }
    }
  }

  return {
    set(boxId: string, { code, number = boxId, messages = [] }: ScenarioMailbox): void {
      const first = now() - messages.length * APART_MS;
      boxes.set(boxId, {
        boxId,
        code,
        number,
        greetings: new Set(),
        wrongCodes: 0,
        messages: messages.map(({ from, seconds, kept = false }, index) => ({
          messageId: `${boxId}-${index + 1}`,
          receivedAt: first + index * APART_MS,
          durationMs: seconds * 1_000,
          number: from,
          list: kept ? "kept" : "new",
          calledBack: false,
        })),
      });
    },
    answer: (entry: number, question: MailboxQuestion): FlowEvent => ({
      type: "mailbox.answered",
      entry,
      ...answerOf(question),
    }),
    held(boxId: string): MailboxHeld | null {
      const box = boxes.get(boxId);
      if (!box) return null;
      const count = (wanted: (message: StoredMessage) => boolean) => box.messages.filter(wanted).length;
      return {
        new: count(({ list }) => list === "new"),
        kept: count(({ list }) => list === "kept"),
        deleted: count(({ list }) => list === "deleted"),
        calledBack: count(({ calledBack }) => calledBack),
        greetings: [...box.greetings],
      };
    },
  };
}
