import { isOf, type Person } from "./person.ts";

/** What may be a number in a text: digits, apart as people write them. */
const NUMBER = /\+?\d(?:[ .()\u00a0\u202f-]?\d){1,24}/g;

/** Whether a text names the person's number, in any form, whole. */
export function mentions(person: Person, text: string): boolean {
  return [...text.matchAll(NUMBER)].some(([number]) => isOf(person, number));
}

/** Members that go with a number: who it is, in words. */
const NAMES: ReadonlySet<string> = new Set(["callerName", "contactName"]);

/** Members that stand beside a call: what was noted of it and answered in it is about its person, whatever words it is in. */
const SAID: ReadonlySet<string> = new Set(["notes", "scripts"]);

/**
 * A value without the person: texts that name the number are null, and so are the names beside them; everything else is as it was. `hidden`
 * beside a number becomes true, and nothing is left of what was said beside a call of theirs.
 */
export function scrubbed(person: Person, value: unknown): unknown {
  if (typeof value === "string") return mentions(person, value) ? null : value;
  if (Array.isArray(value)) return value.map((one) => scrubbed(person, one));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value);
  const named = members.some(([, member]) => typeof member === "string" && mentions(person, member));
  const ofTheirCall = "call" in value && mentions(person, JSON.stringify(value.call));
  return Object.fromEntries(
    members.map(([name, member]) => {
      if (ofTheirCall && SAID.has(name)) return [name, []];
      if (named && NAMES.has(name)) return [name, null];
      if (named && name === "hidden") return [name, true];
      return [name, scrubbed(person, member)];
    }),
  );
}
