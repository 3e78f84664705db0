import type { AgentView, DeskVoicemailBox, ServerMessage } from "@cordboard/api";
import type { Logger } from "pino";
import type { Scope } from "../access/index.ts";
import { agentView, type Desk, type Directories } from "../desk/index.ts";
import type { BoardMessage, CallCentreCommands, Clock, OperatorMessage } from "../ports/index.ts";

/** One browser tab of an operator. */
export interface Tab {
  readonly sessionId: string;
  send(message: ServerMessage): void;
  /** Says that the session is over and closes. */
  dismiss(): void;
  /** Whether its session still holds; asking prolongs it. */
  stillSignedIn(): Promise<boolean>;
}

export interface OperatorRoomGiven {
  readonly scope: Scope & { readonly actorId: string };
  readonly processId: string;
  readonly commands: CallCentreCommands;
  readonly desk: Desk;
  readonly directories: Directories;
  /** The boxes that the operator may hear. */
  readonly unheard: (scope: Scope) => Promise<readonly DeskVoicemailBox[]>;
  /** How many callbacks are to be made in each queue of the company that has some. */
  readonly promised: (companyId: string) => Promise<ReadonlyMap<string, number>>;
  readonly clock: Clock;
  readonly log: Pick<Logger, "warn">;
}

/** How often presence is told again while it holds (see the command `connected`). */
export const presenceMs = 15_000;
/** How often it is looked whether the tabs' sessions still hold; the end of one is also told when it comes (`sessionEnded`). */
export const sessionCheckMs = 60_000;
/** How soon what could not be told is tried again. */
const againMs = 1_000;

/**
 * The tabs that one operator has open in this process. Together they are one presence: the call centre hears of the first that comes and
 * of the last that goes. Every tab shows the same view.
 */
export class OperatorRoom {
  readonly #given: OperatorRoomGiven;
  readonly #tabs = new Map<Tab, { queuesSeq: number }>();
  #lastView: AgentView | null = null;
  #hadBoxes = false;
  #cancelNext: () => void = () => {};
  #closed = false;
  #sessionsSeenAt: number;

  constructor(given: OperatorRoomGiven) {
    this.#given = given;
    this.#sessionsSeenAt = given.clock.now();
  }

  get isEmpty(): boolean {
    return this.#tabs.size === 0;
  }

  /** Sends the tab its first view and, when it is the first tab, tells that the operator is there. */
  async enter(tab: Tab): Promise<void> {
    this.#tabs.set(tab, { queuesSeq: 0 });
    if (this.#tabs.size === 1) await this.#tellPresent();
    await this.refresh(tab);
    await this.voicemail([tab]);
  }

  /** How many callbacks are to be made, in each queue that the operator may serve; nothing to who may serve none. */
  callbacks(open: ReadonlyMap<string, number>, tabs: readonly Tab[] = [...this.#tabs.keys()]): void {
    const queues = (this.#lastView?.queues ?? []).map(({ queueId }) => ({ queueId, open: open.get(queueId) ?? 0 }));
    if (queues.length === 0) return;
    for (const tab of tabs) if (this.#tabs.has(tab)) tab.send({ v: 1, type: "callbacks", queues });
  }

  /** How many messages nobody has heard: told to those who may hear any, and once more when they may no longer. */
  async voicemail(tabs: readonly Tab[] = [...this.#tabs.keys()]): Promise<void> {
    try {
      const boxes = await this.#given.unheard(this.#given.scope);
      if (boxes.length === 0 && !this.#hadBoxes) return;
      this.#hadBoxes = boxes.length > 0;
      for (const tab of tabs) if (this.#tabs.has(tab)) tab.send({ v: 1, type: "voicemail", boxes: [...boxes] });
    } catch (cause) {
      this.#warn(cause, "unheard messages could not be counted");
    }
  }

  /** True when it was the last one: the room is closed then. */
  leave(tab: Tab): boolean {
    if (!this.#tabs.delete(tab) || this.#tabs.size > 0) return false;
    this.close();
    return true;
  }

  /** Tells that the operator is no longer here (a reload, or another tab elsewhere, will say otherwise at once). */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelNext();
    this.#command("disconnected").catch((cause) => this.#warn(cause, "presence could not be told"));
  }

  async refresh(tab: Tab): Promise<void> {
    try {
      this.#show(await this.#given.desk.view(this.#given.scope), [tab]);
      this.callbacks(await this.#given.promised(this.#given.scope.companyId), [tab]);
    } catch (cause) {
      this.#warn(cause, "a view could not be read");
      const { clock } = this.#given;
      clock.at(clock.now() + againMs, () => this.#tabs.has(tab) && void this.refresh(tab));
    }
  }

  async refreshAll(): Promise<void> {
    await Promise.all([...this.#tabs.keys()].map((tab) => this.refresh(tab)));
  }

  /** A change of the operator's row, as the call centre published it. */
  async changed({ view }: OperatorMessage): Promise<void> {
    const directory = await this.#given.directories.of(this.#given.scope.companyId);
    // Shown already, or a later one: messages may come twice and in any order.
    if (this.#lastView && view.seq <= this.#lastView.seq) return;
    this.#show(agentView(view, directory, this.#given.clock.now()), [...this.#tabs.keys()]);
  }

  /** New waiting numbers; only those of the queues that this operator may serve are passed on. */
  board({ queues }: BoardMessage): void {
    const served = new Set(this.#lastView?.queues.map(({ queueId }) => queueId));
    const mine = queues.filter(({ queueId }) => served.has(queueId));
    if (mine.length === 0) return;
    const wire = mine.map(({ queueId, waiting, longestSince, closed = false }) => ({
      queueId,
      waiting,
      closed,
      longestSince: longestSince === null ? null : new Date(longestSince).toISOString(),
    }));
    for (const [tab, state] of this.#tabs) {
      state.queuesSeq += 1;
      tab.send({ v: 1, type: "queues", seq: state.queuesSeq, queues: wire });
    }
  }

  sessionEnded(sessionId: string): void {
    for (const tab of [...this.#tabs.keys()]) if (tab.sessionId === sessionId) tab.dismiss();
  }

  #show(view: AgentView, tabs: readonly Tab[]): void {
    if (!this.#lastView || view.seq >= this.#lastView.seq) this.#lastView = view;
    for (const tab of tabs) if (this.#tabs.has(tab)) tab.send({ v: 1, type: "view", view });
  }

  async #tellPresent(): Promise<void> {
    let waitMs = presenceMs;
    try {
      await this.#command("connected");
    } catch (cause) {
      this.#warn(cause, "presence could not be told");
      waitMs = againMs;
    }
    if (this.#closed) return;
    const { clock } = this.#given;
    this.#cancelNext = clock.at(clock.now() + waitMs, () => void this.#stillPresent());
  }

  async #stillPresent(): Promise<void> {
    const now = this.#given.clock.now();
    if (now - this.#sessionsSeenAt >= sessionCheckMs) {
      this.#sessionsSeenAt = now;
      for (const tab of [...this.#tabs.keys()]) {
        // A store that does not answer ends nobody's session.
        if (!(await tab.stillSignedIn().catch(() => true))) tab.dismiss();
      }
    }
    if (!this.#closed) await this.#tellPresent();
  }

  async #command(kind: "connected" | "disconnected"): Promise<void> {
    const { commands, scope, processId } = this.#given;
    await commands.command(scope.companyId, scope.actorId, { kind, processId });
  }

  #warn(cause: unknown, message: string): void {
    this.#given.log.warn({ err: cause, operatorId: this.#given.scope.actorId }, message);
  }
}
