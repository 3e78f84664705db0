import { type Doc, isDoc, MISSING } from "../bson-values.ts";
import { MongoError } from "../errors.ts";
import { isOperatorDoc } from "../filter.ts";
import { isNumber, toDouble } from "../numbers.ts";
import { setField, splitPath } from "../paths.ts";
import { addToTree, type Projection, project } from "../projection.ts";
import type { Evaluate, Scope } from "./evaluate.ts";
import { compileExpression, type Reads } from "./expression.ts";
import { EXPRESSION_OPERATORS } from "./expression-operators.ts";

/** Fields to be computed, by name; a nested tree reaches into documents and into each document of an array. */
type ComputedTree = Map<string, ComputedTree | Evaluate>;
export type Transform = (scope: Scope) => Doc;

/** `$addFields` and `$set`. */
export function compileAddFields(stage: string, spec: unknown, reads: Reads): Transform {
  if (!isDoc(spec) || Object.keys(spec).length === 0)
    throw new MongoError(40272, `${stage} specification stage must be an object with at least one field`);
  const tree: ComputedTree = new Map();
  for (const [path, value] of Object.entries(spec)) addComputed(tree, path, value, reads);
  return (scope) => withComputed(scope.root, tree, scope);
}

/** `$project`: either fields to keep, with computed ones among them, or fields to leave out. `keepsAll` when unnamed fields stay. */
export function compileProject(
  spec: unknown,
  reads: Reads,
): { readonly transform: Transform; readonly keepsAll: boolean } {
  if (!isDoc(spec) || Object.keys(spec).length === 0) {
    throw new MongoError(
      51272,
      "Invalid $project :: caused by :: projection specification must have at least one field",
    );
  }
  const kept: [string, boolean][] = [];
  const tree: ComputedTree = new Map();
  sortOut(spec, "", kept, (path, value) => addComputed(tree, path, value, reads));
  const id = kept.find(([path]) => path === "_id");
  const others = kept.filter(([path]) => path !== "_id");
  const include = tree.size > 0 || others.some(([, wanted]) => wanted) || (others.length === 0 && id?.[1] === true);
  const wrong = others.find(([, wanted]) => wanted !== include);
  if (wrong)
    throw new MongoError(
      31254,
      `Invalid $project :: caused by :: Cannot do exclusion on field ${wrong[0]} in inclusion projection`,
    );
  const projection: Projection = { kind: include ? "include" : "exclude", tree: new Map() };
  for (const [path] of others) addToTree(projection.tree, path);
  if (!tree.has("_id") && (id?.[1] ?? include) === include && (include || id !== undefined))
    projection.tree.set("_id", true);
  if (include) for (const name of projection.tree.keys()) reads.fields.add(name);
  return { transform: (scope) => withComputed(project(scope.root, projection), tree, scope), keepsAll: !include };
}

function sortOut(
  spec: Doc,
  prefix: string,
  kept: [string, boolean][],
  computed: (path: string, value: unknown) => void,
): void {
  for (const [name, value] of Object.entries(spec)) {
    const path = `${prefix}${name}`;
    if (typeof value === "boolean") kept.push([path, value]);
    else if (isNumber(value)) kept.push([path, toDouble(value) !== 0]);
    else if (isDoc(value) && !isOperatorDoc(value) && Object.keys(value).length > 0)
      sortOut(value, `${path}.`, kept, computed);
    else {
      checkOperator(value);
      computed(path, value);
    }
  }
}

/** A projection has its own words for an operator that nobody knows. */
function checkOperator(value: unknown): void {
  const [operator = ""] = isOperatorDoc(value) ? Object.keys(value) : [];
  if (operator === "" || operator === "$literal" || EXPRESSION_OPERATORS.has(operator)) return;
  throw new MongoError(31325, `Invalid $project :: caused by :: Unknown expression ${operator}`);
}

function addComputed(tree: ComputedTree, path: string, value: unknown, reads: Reads): void {
  const parts = splitPath(path);
  if (parts.some((part) => part === "" || part.startsWith("$")))
    throw new MongoError(16410, `FieldPath field names may not start with '$' or be empty: '${path}'`);
  reads.fields.add(parts[0] ?? "");
  if (isDoc(value) && !isOperatorDoc(value) && Object.keys(value).length > 0) {
    for (const [name, inner] of Object.entries(value)) addComputed(tree, `${path}.${name}`, inner, reads);
    return;
  }
  let at = tree;
  for (const [depth, part] of parts.entries()) {
    const below = at.get(part);
    const last = depth === parts.length - 1;
    if (typeof below === "function" || (last && below !== undefined))
      throw new MongoError(31250, `Path collision at ${path}`);
    if (last) at.set(part, compileExpression(value, reads));
    else {
      const next = below ?? new Map();
      at.set(part, next);
      at = next;
    }
  }
}

function withComputed(doc: Doc, tree: ComputedTree, scope: Scope): Doc {
  if (tree.size === 0) return doc;
  const made: Doc = { ...doc };
  for (const [name, below] of tree) {
    const value = typeof below === "function" ? below(scope) : intoValue(made[name], below, scope);
    if (value === MISSING) delete made[name];
    else setField(made, name, value);
  }
  return made;
}

function intoValue(value: unknown, tree: ComputedTree, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((element) => intoValue(element, tree, scope));
  return withComputed(isDoc(value) ? value : {}, tree, scope);
}
