/** The keys that a test call presses, one entry for each thing that the caller hears; an empty one lets it pass. */
export type KeyPlan = readonly string[];

/** Reads `1,2`, `1,,0142860009#`; `null` when something in it is no key of a telephone. */
export function readKeyPlan(text: string): KeyPlan | null {
  const plan = text.split(",").map((keys) => keys.trim());
  return plan.every((keys) => /^[0-9*#]*$/.test(keys)) ? plan : null;
}

/** Tells at each change of what the caller hears which keys are due now: a sound that goes on is one thing, however often it is told. */
export function followPlan(plan: KeyPlan): (sound: string | null) => string | null {
  let heard: string | null = null;
  let next = 0;
  return (sound) => {
    if (sound === null || sound === heard) return null;
    heard = sound;
    const keys = plan[next];
    next += 1;
    return keys === undefined || keys === "" ? null : keys;
  };
}
