import { isOf, type Person } from "./person.ts";

/** What may be a number in a text: digits, apart as people write them. */
const NUMBER = /\+?\d(?:[ .()\u00a0\u202f-]?\d){1,24}/g;

/** Whether a text names the person's number, in any form, whole. */
export function mentions(person: Person, text: string): boolean {
  return [...text.matchAll(NUMBER)].some(([number]) => isOf(person, number));
}

/** Members that go with a number: who it is, in words. */
const NAMES: ReadonlySet<string> = new Set(["callerName", "contactName"]);

/**
 * A value without the person: texts that name the number are null, and so are the names beside them; everything else is as it was. `hidden`
 * beside a number becomes true.
 */
export function scrubbed(person: Person, value: unknown): unknown {
  if (typeof value === "string") return mentions(person, value) ? null : value;
  if (Array.isArray(value)) return value.map((one) => scrubbed(person, one));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value);
  const named = members.some(([, member]) => typeof member === "string" && mentions(person, member));
  return Object.fromEntries(
    members.map(([name, member]) => {
      if (named && NAMES.has(name)) return [name, null];
      if (named && name === "hidden") return [name, true];
      return [name, scrubbed(person, member)];
    }),
  );
}
