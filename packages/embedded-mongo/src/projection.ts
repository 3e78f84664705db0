import { type Doc, decode, encode, isDoc, typeName } from "./bson-values.ts";
import { MongoError } from "./errors.ts";
import { isNumber, toDouble } from "./numbers.ts";
import { setField, splitPath } from "./paths.ts";
import { pickFields } from "./raw-bson.ts";
import type { Found } from "./scanner.ts";

/** A tree of field names; a leaf says that the field is meant whole. */
type Tree = Map<string, Tree | true>;

export interface Projection {
  readonly kind: "include" | "exclude";
  readonly tree: Tree;
}

/** Reads a projection of plain fields (`{ name: 1 }` or `{ name: 0 }`); operators and computed fields are refused. */
export function parseProjection(spec: Doc | undefined): Projection | undefined {
  if (spec === undefined || Object.keys(spec).length === 0) return undefined;
  const tree: Tree = new Map();
  let kind: Projection["kind"] | undefined;
  let withId: boolean | undefined;
  for (const [path, value] of Object.entries(spec)) {
    const wanted = isWanted(path, value);
    if (path === "_id") {
      withId = wanted;
      continue;
    }
    const own = wanted ? "include" : "exclude";
    if (kind !== undefined && kind !== own) {
      throw new MongoError(
        wanted ? 31253 : 31254,
        `Cannot do ${wanted ? "inclusion" : "exclusion"} on field ${path} in ${wanted ? "exclusion" : "inclusion"} projection`,
      );
    }
    kind = own;
    addToTree(tree, path);
  }
  kind ??= withId ? "include" : "exclude";
  if ((kind === "include") === (withId ?? true)) tree.set("_id", true);
  return { kind, tree };
}

function isWanted(path: string, value: unknown): boolean {
  if (path.startsWith("$") || path.includes(".$"))
    throw new MongoError(31324, "positional projection is not carried by the embedded store");
  if (typeof value === "boolean") return value;
  if (isNumber(value)) return toDouble(value) !== 0;
  const [operator] = isDoc(value) ? Object.keys(value) : [];
  if (operator?.startsWith("$")) throw new MongoError(31325, `Unknown expression ${operator}`);
  throw new MongoError(
    2,
    `a projection of type ${typeName(value)} for field ${path} is not carried by the embedded store`,
  );
}

export function addToTree(tree: Tree, path: string): void {
  let at = tree;
  const parts = splitPath(path);
  for (const [depth, part] of parts.entries()) {
    if (part === "") throw new MongoError(40353, "FieldPath field names may not be empty strings.");
    const below = at.get(part);
    const last = depth === parts.length - 1;
    if (below === true || (last && below !== undefined)) throw new MongoError(31250, `Path collision at ${path}`);
    if (last) at.set(part, true);
    else {
      const next = below ?? new Map();
      at.set(part, next);
      at = next;
    }
  }
}

export function project(doc: Doc, projection: Projection): Doc {
  return projection.kind === "include" ? included(doc, projection.tree) : excluded(doc, projection.tree);
}

function included(doc: Doc, tree: Tree): Doc {
  const kept: Doc = {};
  for (const [name, value] of Object.entries(doc)) {
    const below = tree.get(name);
    if (below === true) setField(kept, name, value);
    else if (below !== undefined) {
      const inner = includedValue(value, below);
      if (inner !== undefined) setField(kept, name, inner);
    }
  }
  return kept;
}

/** Of an array its documents (and arrays) go on, other values disappear, as in MongoDB. */
function includedValue(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value))
    return value.map((element) => includedValue(element, tree)).filter((element) => element !== undefined);
  return isDoc(value) ? included(value, tree) : undefined;
}

function excluded(doc: Doc, tree: Tree): Doc {
  const kept: Doc = {};
  for (const [name, value] of Object.entries(doc)) {
    const below = tree.get(name);
    if (below === true) continue;
    setField(kept, name, below === undefined ? value : excludedValue(value, below));
  }
  return kept;
}

function excludedValue(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((element) => excludedValue(element, tree));
  return isDoc(value) ? excluded(value, tree) : value;
}

/** How a found document is sent: as it is stored, with some of its fields picked raw, or decoded and shaped. */
export function shaper(projection: Projection | undefined): { readonly shape: (found: Pick<Found, "raw">) => Buffer } {
  if (projection === undefined) return { shape: ({ raw }) => raw };
  const names = new Set(projection.tree.keys());
  const flat = [...projection.tree.values()].every((below) => below === true);
  if (projection.kind === "include" && flat) return { shape: ({ raw }) => pickFields(raw, names) };
  return { shape: ({ raw }) => encode(project(decode(raw), projection)) };
}
