/**
 * Whether a wait is within what a queue aims at. Waits are counted in begun seconds, here and in the sums of reports, so that both say the same
 * also of a goal that is no whole number of seconds.
 */
export const isWithinGoal = (waitMs: number, goalMs: number): boolean => Math.ceil(waitMs / 1000) * 1000 <= goalMs;
