import { type Doc, isDoc, MISSING } from "./bson-values.ts";

const ARRAY_INDEX = /^(0|[1-9]\d*)$/;

/** "a.b.0" as its parts. */
export function splitPath(path: string): string[] {
  return path.split(".");
}

/** The position that a path part names in an array, or `undefined` when it is a field name. */
export function arrayIndex(part: string): number | undefined {
  return ARRAY_INDEX.test(part) ? Number(part) : undefined;
}

/**
 * Visits every value that a query path reaches, through arrays as MongoDB does, until `visit` says true; tells whether it did.
 *
 * A path that ends in an array visits its elements (unless `wholeArraysOnly`) and then the array itself. Where a path leads to nothing,
 * `MISSING` is visited; where it leads into an array without documents, nothing is.
 */
export function someAt(
  root: unknown,
  parts: readonly string[],
  wholeArraysOnly: boolean,
  visit: (value: unknown) => boolean,
  depth = 0,
): boolean {
  const part = parts[depth];
  if (part === undefined) {
    if (!wholeArraysOnly && Array.isArray(root) && root.some(visit)) return true;
    return visit(root);
  }
  if (Array.isArray(root)) {
    const last = depth === parts.length - 1;
    const index = arrayIndex(part);
    if (index !== undefined && index < root.length) {
      if (last ? visit(root[index]) : someAt(root[index], parts, wholeArraysOnly, visit, depth + 1)) return true;
    }
    return root.some((element) => isDoc(element) && someAt(element, parts, wholeArraysOnly, visit, depth));
  }
  if (isDoc(root) && Object.hasOwn(root, part)) return someAt(root[part], parts, wholeArraysOnly, visit, depth + 1);
  return visit(MISSING);
}

/** The value at a path through documents and array positions only, or `MISSING`; arrays are not spread. */
export function valueAt(root: unknown, parts: readonly string[]): unknown {
  let value = root;
  for (const part of parts) {
    if (Array.isArray(value)) {
      const index = arrayIndex(part);
      if (index === undefined || index >= value.length) return MISSING;
      value = value[index];
    } else if (isDoc(value) && Object.hasOwn(value, part)) {
      value = value[part];
    } else return MISSING;
  }
  return value;
}

/** Writes a field so that a name such as `__proto__` is data like any other. */
export function setField(doc: Doc, name: string, value: unknown): void {
  if (name === "__proto__")
    Object.defineProperty(doc, name, { value, writable: true, enumerable: true, configurable: true });
  else doc[name] = value;
}
