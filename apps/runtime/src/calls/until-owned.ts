import type { Clock } from "../ports/index.ts";

/** How long a call is waited for that nobody holds just now (its process died): longer than jambonz takes to come back. */
const PATIENCE_MS = 8_000;
const AGAIN_MS = 300;

/** Asks until somebody who holds the call has done it, or it is clear that there is nothing to be done. */
export async function untilOwned<Answer extends string>(ask: () => Promise<Answer>, clock: Clock): Promise<Answer> {
  for (const until = clock.now() + PATIENCE_MS; ; ) {
    const answer = await ask();
    if (answer !== "unowned" || clock.now() >= until) return answer;
    await new Promise<void>((resolve) => {
      clock.at(clock.now() + AGAIN_MS, resolve);
    });
  }
}
