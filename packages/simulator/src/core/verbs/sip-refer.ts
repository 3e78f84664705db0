import { type Fiber, wait } from "../kernel/fiber.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import { TIMINGS } from "../timings.ts";
import type { SipHeader } from "../types.ts";
import { isRecord } from "./normalize-verbs.ts";
import { readHook, textOf, tracing, Verb, type VerbHost } from "./verb.ts";

/** What stands for an address by itself; all else is a number at the other side's host. */
const ADDRESS = /^(<|sip:|"|tel:)/;

/**
 * Asks the other side to take the call elsewhere. Accepted (202), it waits for what is told of it: the hook comes with the first final
 * status, or after 15 s without any; refused, it comes at once (jambonz 0.9.8, seen: h11 and h12; the 15 s read). What is told
 * afterwards still reaches the application, until the verb is killed.
 */
export class SipReferVerb extends Verb {
  override readonly precondition = "stableCall";
  private stopNotify: (() => void) | undefined;

  *exec(host: VerbHost): Fiber<void> {
    const { dialogue } = host;
    if (!dialogue) throw new SimulatedFailure("no dialogue");
    const eventHook = readHook(this.data.eventHook);
    this.stopNotify = dialogue.onNotify((sipfrag) => {
      const status = Number(/SIP\/2\.0\s+(\d+)/.exec(sipfrag)?.[1]);
      if (!Number.isNaN(status)) host.world.scheduler.spawn(this.told(host, eventHook, status));
    });
    const status = yield* wait(dialogue.refer(this.headers(host)));
    if (status !== 202) {
      yield* this.ended(host, { referStatus: status });
      return;
    }
    const timer = host.world.scheduler.after(TIMINGS.referTimeout, () => {
      host.world.scheduler.spawn(this.ended(host, { referStatus: status }));
      this.done();
    });
    yield* this.untilDone();
    timer.cancel();
  }

  override kill(host: VerbHost): void {
    super.kill(host);
    this.stopNotify?.();
    this.done();
  }

  private *told(host: VerbHost, eventHook: ReturnType<typeof readHook>, status: number): Fiber<void> {
    // Without an answer of the application nothing more comes of this: the 15 s end it (read: what fails here is not caught there).
    try {
      if (eventHook !== undefined) {
        const event = { event: "transfer-status", callStatus: status };
        yield* wait(host.requestor.request("verb:hook", eventHook, event, { b3: tracing(host) }));
      }
    } catch (error) {
      if (!(error instanceof SimulatedFailure)) throw error;
      return;
    }
    if (status < 200) return;
    yield* this.ended(host, { referStatus: 202, finalReferredCallStatus: status });
    this.done();
  }

  /** A hook that nobody answers, or that is lost with the socket, changes nothing (read: sip_refer.js). */
  private *ended(host: VerbHost, results: object): Fiber<void> {
    try {
      yield* this.performAction(host, results);
    } catch (error) {
      if (!(error instanceof SimulatedFailure)) throw error;
    }
  }

  private headers(host: VerbHost): SipHeader[] {
    const { referTo, referredBy, referredByDisplayName, headers } = this.data;
    const contact = /<([^>]*)>/.exec(host.invite?.header("contact") ?? "")?.[1] ?? "";
    const at = /@([^:;>]*)/.exec(contact)?.[1] ?? "";
    const target = textOf(referTo) ?? "";
    const isAddress = ADDRESS.test(target);
    const by = textOf(referredBy) ?? host.info.from;
    const name = textOf(referredByDisplayName);
    return [
      ["Refer-To", bracketed(isAddress ? target : `sip:${target}@${at}`)],
      ["Referred-By", ADDRESS.test(by) ? bracketed(by) : `${name === undefined ? "" : `"${name}"`}<sip:${by}@${at}>`],
      ...(isRecord(headers) ? Object.entries(headers).map(([key, value]): SipHeader => [key, String(value)]) : []),
      ...(isAddress ? [["X-Refer-To-Leave-Untouched", "true"] as const] : []),
    ];
  }
}

const bracketed = (address: string): string => (/^[<"]/.test(address) ? address : `<${address}>`);
