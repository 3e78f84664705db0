import { record, text } from "./recording.ts";
import type { Script } from "./script.ts";
import type { Hints } from "./telephones.ts";

/** Pairs the recorder's ids with those of a run, message by message, so that acks and orders find their call. */
export class Pairing {
  private readonly script: Script;
  private readonly messageIds = new Map<string, string>();
  private readonly callSids = new Map<string, string>();
  private readonly places = new Map<string, number>();

  constructor(script: Script) {
    this.script = script;
  }

  /** Takes note of an observation of a channel; call it for every one, in order. */
  learn(channel: string, what: Readonly<Record<string, unknown>>): void {
    const place = this.places.get(channel) ?? 0;
    this.places.set(channel, place + 1);
    const expected = this.script.steps.filter((step) => step.type === "expect" && step.observation.channel === channel)[
      place
    ];
    if (expected?.type !== "expect" || what.kind !== "message") return;
    const recorded = record(expected.observation.what.message);
    const own = record(what.message);
    if (recorded.type !== own.type) return;
    this.messageIds.set(text(recorded.msgid), text(own.msgid));
    const theirData = record(recorded.data);
    const ourData = record(own.data);
    for (const name of ["call_sid", "parent_call_sid", "dial_call_sid"]) {
      if (typeof theirData[name] === "string" && typeof ourData[name] === "string")
        this.callSids.set(theirData[name], ourData[name]);
    }
  }

  /** The recorder's message of the application as this run must send it. */
  translate(message: unknown): string {
    const { msgid } = record(message);
    const own =
      typeof msgid === "string" ? { ...record(message), msgid: this.messageIds.get(msgid) ?? msgid } : message;
    return this.withOwnCallSids(JSON.stringify(own));
  }

  withOwnCallSids(words: string): string {
    let result = words;
    for (const [theirs, ours] of this.callSids) result = result.replaceAll(theirs, ours);
    return result;
  }

  /** What the server tells after this step of those who act in it. */
  hints(step: number): Hints {
    const messages = this.script.steps.slice(step + 1).flatMap((later) => {
      return later.type === "expect" ? [record(later.observation.what.message)] : [];
    });
    const told = messages.filter(({ type }) => type === "call:status").map(({ data }) => record(data));
    const end = told.find((data) => data.call_status === "completed" && data.duration !== undefined);
    const action = this.script.steps[step];
    const what = action?.type === "action" && action.action.kind === "sip" ? action.action.what : "";
    const answer = told.find(
      (data) => data.parent_call_sid !== undefined && data.sip_status === Number.parseInt(what, 10),
    );
    const keyed = record(
      messages.find(({ type, data }) => type === "verb:hook" && record(data).digits !== undefined)?.data,
    );
    const speaks = messages.map(({ data }) => record(data)).find((data) => data.event === "start-talking");
    const referred = messages.map(({ data }) => record(data)).find((data) => data.event === "transfer-status");
    return {
      callerEnds: end === undefined || end.parent_call_sid === undefined,
      answersFor: typeof answer?.to === "string" ? answer.to : undefined,
      endsFrom: end?.parent_call_sid === undefined && typeof end?.from === "string" ? end.from : undefined,
      speaks: typeof speaks?.from === "string" ? speaks.from : undefined,
      transferStatus: typeof referred?.call_status === "number" ? referred.call_status : undefined,
      keysFrom: typeof keyed.to === "string" ? keyed.to : undefined,
    };
  }
}
