import type { EntityWrite, Lease } from "./centre-store.ts";
import { type CallCentrePorts, centreTimes } from "./ports.ts";

/** A store that has not taken a renewal for so long does not answer: not the one that was due, and not the one before. */
const silentMs = 2 * centreTimes.renewMs;

/**
 * The right to match for one company. By this process's own clock it ends when it could not be renewed in time; by the store it ends when somebody
 * else takes it, and then no commit succeeds any more (S1), whatever this process's clock says. So one that ran out is only in doubt: nothing is
 * answered by it (`holds`), but it is asked for a while whether it is still there, and then goes on. A store that was slow for some seconds, as when
 * a whole company signs in, does not cost reading everything anew.
 */
export class HeldLease {
  readonly companyId: string;
  readonly #ports: Pick<CallCentrePorts, "store" | "clock" | "log" | "processId">;
  readonly #epoch: number;
  readonly #onLost: () => void;
  #commit: number;
  #until: number;
  #calmFrom: number;
  #ended = false;
  #cancelRenewal: () => void = () => {};
  #cancelExpiry: () => void = () => {};

  constructor(
    ports: Pick<CallCentrePorts, "store" | "clock" | "log" | "processId">,
    lease: Lease,
    until: number,
    onLost: () => void,
  ) {
    this.companyId = lease.companyId;
    this.#ports = ports;
    this.#epoch = lease.epoch;
    this.#commit = lease.commit;
    this.#until = until;
    this.#onLost = onLost;
    this.#calmFrom = ports.clock.now() + centreTimes.graceMs;
    this.#watch();
    this.#renewIn(centreTimes.renewMs);
  }

  get holds(): boolean {
    return !this.#ended && this.#ports.clock.now() < this.#until;
  }

  /** The store has not answered lately, or is only just back: what was asked in the meantime may be on its way again. */
  get troubled(): boolean {
    return this.#ports.clock.now() < this.#calmFrom || this.#silent;
  }

  get #silent(): boolean {
    return this.#ports.clock.now() - (this.#until - centreTimes.leaseMs) > silentMs;
  }

  get nextCommit(): number {
    return this.#commit + 1;
  }

  /** True: durable. False: the lease is lost, and whether it happened is unknown. Tries again while the lease holds, or is in doubt. */
  async commit(writes: readonly EntityWrite[], live: boolean): Promise<boolean> {
    const { store, clock, processId: holder } = this.#ports;
    const { companyId } = this;
    const commit = this.nextCommit;
    return await this.#insist(async () => {
      const until = clock.now() + centreTimes.leaseMs;
      const made = await store.commit({ companyId, holder, epoch: this.#epoch, commit, writes, live, until });
      if (made === "lost") return false;
      this.#commit = commit;
      this.#extend(until);
      return true;
    });
  }

  /** Carries out the writes of the commit that was made last. False: the lease is lost; who has it now carries them out. */
  async apply(writes: readonly EntityWrite[]): Promise<boolean> {
    return await this.#insist(async () => {
      await this.#ports.store.apply(writes);
      return true;
    });
  }

  /** Lets go at once; a store that cannot be reached lets go of it by time. */
  async release(): Promise<void> {
    if (this.#ended) return;
    this.#end();
    try {
      await this.#ports.store.release(this.companyId, this.#ports.processId, this.#epoch);
    } catch (error) {
      this.#ports.log.warn(
        { err: error, companyId: this.companyId },
        "the lease could not be given back; it will run out",
      );
    }
  }

  async #insist(attempt: () => Promise<boolean>): Promise<boolean> {
    const { clock, log } = this.#ports;
    while (!this.#ended) {
      try {
        if (await attempt()) return !this.#ended;
        break;
      } catch (error) {
        log.warn(
          { err: error, companyId: this.companyId },
          "the call centre's store did not take a write; trying again",
        );
        await new Promise<void>((resolve) => clock.at(clock.now() + centreTimes.pauseMs, resolve));
      }
    }
    this.#lose("refused");
    return false;
  }

  #renewIn(ms: number): void {
    const { clock } = this.#ports;
    this.#cancelRenewal = clock.at(clock.now() + ms, () => void this.#renew());
  }

  async #renew(): Promise<void> {
    const { store, clock, log, processId } = this.#ports;
    const until = clock.now() + centreTimes.leaseMs;
    try {
      const renewed = await store.renew(this.companyId, processId, this.#epoch, until);
      if (!renewed) return this.#lose("taken");
      this.#extend(until);
      if (!this.#ended) this.#renewIn(centreTimes.renewMs);
    } catch (error) {
      log.warn({ err: error, companyId: this.companyId }, "the call centre's lease could not be renewed; trying again");
      if (!this.#ended) this.#renewIn(centreTimes.pauseMs);
    }
  }

  #extend(until: number): void {
    if (until <= this.#until || this.#ended) return;
    if (this.#silent) this.#calmFrom = this.#ports.clock.now() + centreTimes.graceMs;
    this.#until = until;
    this.#watch();
  }

  #watch(): void {
    this.#cancelExpiry();
    const { clock } = this.#ports;
    const end = this.#until + centreTimes.doubtMs;
    this.#cancelExpiry = clock.at(end, () => {
      if (clock.now() >= end) this.#lose("ran out");
    });
  }

  #lose(how: string): void {
    if (this.#ended) return;
    this.#end();
    this.#ports.log.warn({ companyId: this.companyId, epoch: this.#epoch, how }, "lost the call centre's lease");
    this.#onLost();
  }

  #end(): void {
    this.#ended = true;
    this.#cancelRenewal();
    this.#cancelExpiry();
  }
}
