import type { PersonalData } from "@cordboard/api";
import type { Person } from "./person.ts";

/** A part of the product that keeps something of callers: what it holds of one, and how that is erased. */
export interface Holder {
  readonly what: Exclude<keyof PersonalData, "underWay">;
  count(person: Person): Promise<number>;
  /** What is not over, and so is left alone. */
  underWay(person: Person): Promise<number>;
  /** As it is to be read by the person. */
  export(person: Person): Promise<Record<string, unknown>[]>;
  /** How much was erased. Safe to repeat: a process that dies in it has erased a part. */
  erase(person: Person): Promise<number>;
}

/** So many at a time: callers' own writes never wait long behind them. */
export const AT_ONCE = 100;
