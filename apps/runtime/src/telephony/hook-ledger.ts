import type { Clock, PendingHook, Verb } from "../ports/index.ts";
import { validateVerbs } from "./validate-verbs.ts";

/** jambonz gives a hook 5 s (jambonz 0.9.8, seen: g2, k12); what is not decided by then is acked empty and answered by redirect. */
export const HOOK_PATIENCE_MS = 3_000;

/** Message ids that are remembered to recognise a repeat. A call of hours has fewer hooks than this. */
const REMEMBERED = 2_000;

export interface HookLedgerPorts {
  readonly clock: Clock;
  /** Acks that msgid. Nobody else acks hooks. */
  readonly ack: (msgid: string, verbs: readonly Verb[]) => void;
  /** Presents verbs that came too late for their hook's ack. */
  readonly redirect: (verbs: readonly Verb[]) => void;
  /** The verbs of this ack are what the caller hears from now on. */
  readonly presented: (verbs: readonly Verb[]) => void;
  /** An answer that came after something else had been presented. */
  readonly stale: () => void;
}

interface Hook {
  acked: boolean;
  /** It is of another leg than the one that hears what is presented here. */
  readonly aside?: true;
  /** What the caller was hearing when the hook came, or since its own answer. */
  presentation: number;
  cancelTimer: () => void;
}

/**
 * The hooks of one socket. Keeps the promises of protocol rules 3 and 4:
 *
 * 1. every hook is acked exactly once, with its own msgid, within 3 s; several can be open;
 * 2. verbs go out in an ack only while nothing was presented since the hook came: such an ack would win over the redirect
 *    (jambonz 0.9.8, seen: b9, i1-i3, h25);
 * 3. an answer to a hook that was acked empty goes out as a redirect, unless something else was presented meanwhile.
 */
export class HookLedger {
  readonly #ports: HookLedgerPorts;
  readonly #open = new Map<string, Hook>();
  readonly #seen = new Set<string>();
  #presentation = 0;

  constructor(ports: HookLedgerPorts) {
    this.#ports = ports;
  }

  /** A hook that the call core is to decide. `null` when this msgid was here before. */
  open(msgid: string): PendingHook | null {
    return this.#opened(msgid, {});
  }

  /**
   * A hook of a leg that was dialled and is not connected yet: its answer is heard there, so it presents nothing here. One that comes too late is
   * dropped: they are connected by then. `null` when this msgid was here before.
   */
  openAside(msgid: string): PendingHook | null {
    return this.#opened(msgid, { aside: true });
  }

  #opened(msgid: string, where: Pick<Hook, "aside">): PendingHook | null {
    if (!this.#remember(msgid)) return null;
    const { clock } = this.#ports;
    const hook: Hook = { ...where, acked: false, presentation: this.#presentation, cancelTimer: () => {} };
    this.#open.set(msgid, hook);
    hook.cancelTimer = clock.at(clock.now() + HOOK_PATIENCE_MS, () => this.#ackEmpty(msgid, hook));
    return { answer: (verbs) => this.#answer(msgid, hook, verbs) };
  }

  /**
   * Acks at once what nobody has to decide. `verbs` only where the caller does not hear them (`config` for session:new).
   * False when this msgid was here before: then nothing is sent.
   */
  settle(msgid: string, verbs: readonly Verb[] = []): boolean {
    if (!this.#remember(msgid)) return false;
    this.#ports.ack(msgid, verbs);
    return true;
  }

  /** Stands for a hook that was acked elsewhere, or lost with another socket: an answer goes out as a redirect. */
  unackable(): PendingHook {
    const hook: Hook = { acked: true, presentation: this.#presentation, cancelTimer: () => {} };
    return { answer: (verbs) => this.#answer("", hook, verbs) };
  }

  /** Something is presented from elsewhere: open hooks are acked empty first, so that no later ack can override it (rule 4). */
  supersede(): void {
    this.#presentation += 1;
    for (const [msgid, hook] of [...this.#open]) this.#ackEmpty(msgid, hook);
  }

  /** The socket is gone: nothing can be acked any more. */
  close(): void {
    for (const hook of this.#open.values()) {
      hook.acked = true;
      hook.cancelTimer();
    }
    this.#open.clear();
  }

  #answer(msgid: string, hook: Hook, verbs: readonly Verb[]): void {
    validateVerbs(verbs);
    if (verbs.length === 0) {
      this.#ackEmpty(msgid, hook);
      return;
    }
    if (hook.aside && !hook.acked) {
      this.#ack(msgid, hook, verbs);
      return;
    }
    if (hook.aside || hook.presentation !== this.#presentation) {
      this.#ports.stale();
      return;
    }
    if (hook.acked) {
      this.#ports.redirect(verbs);
    } else {
      this.#ack(msgid, hook, verbs);
      this.supersede();
      this.#ports.presented(verbs);
    }
    // A second answer (music first because the decision takes long, then the decision) follows its own first one.
    hook.presentation = this.#presentation;
  }

  #ackEmpty(msgid: string, hook: Hook): void {
    if (!hook.acked) this.#ack(msgid, hook, []);
  }

  #ack(msgid: string, hook: Hook, verbs: readonly Verb[]): void {
    this.#ports.ack(msgid, verbs);
    hook.acked = true;
    hook.cancelTimer();
    this.#open.delete(msgid);
  }

  #remember(msgid: string): boolean {
    if (this.#seen.has(msgid)) return false;
    this.#seen.add(msgid);
    if (this.#seen.size > REMEMBERED)
      for (const oldest of this.#seen) {
        this.#seen.delete(oldest);
        break;
      }
    return true;
  }
}
