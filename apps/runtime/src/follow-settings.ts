import { type Bus, type Clock, oneAtATime, settingsChannel } from "./ports/index.ts";

/** A company that another process made is found after this at the latest. */
const LOOK_MS = 60_000;

/**
 * Tells of changes of settings, in whichever process they were made, and once of each company. `forget` is told of each at once: whoever asks next
 * must not be given what was. `read` is what reads them again: of a burst (a list of operators that is read in) twice, and not once for each.
 */
export async function followSettings(
  {
    bus,
    clock,
    companies,
  }: {
    readonly bus: Bus;
    readonly clock: Clock;
    readonly companies: { all(): Promise<readonly { readonly companyId: string }[]> };
  },
  forget: (companyId: string) => void,
  read: (companyId: string) => Promise<void>,
): Promise<() => void> {
  const followed = new Map<string, () => void>();
  let cancel = () => {};
  let stopped = false;
  const follow = (companyId: string) => {
    const again = oneAtATime(clock, async () => (stopped ? undefined : read(companyId)));
    const changed = () => {
      forget(companyId);
      again();
    };
    followed.set(companyId, bus.subscribe(settingsChannel(companyId), changed));
    // What is kept in memory of its settings is read for the first time.
    changed();
  };
  const look = async () => {
    for (const { companyId } of await companies.all()) if (!followed.has(companyId)) follow(companyId);
  };
  const lookAgain = () => {
    cancel = clock.at(
      clock.now() + LOOK_MS,
      () =>
        void look()
          .catch(() => undefined)
          .finally(lookAgain),
    );
  };
  await look();
  lookAgain();
  return () => {
    stopped = true;
    cancel();
    for (const stop of followed.values()) stop();
  };
}
