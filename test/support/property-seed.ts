import fc from "fast-check";

/**
 * Properties are tried on the same cases each time, so that a change is judged by what it changed. `PROPERTY_SEED=random npm run test:unit` goes
 * on looking elsewhere; a number repeats what that found.
 */
const { PROPERTY_SEED: seed = "20261129" } = process.env;
if (seed !== "random") fc.configureGlobal({ seed: Number(seed) });
