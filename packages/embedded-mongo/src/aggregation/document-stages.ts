import { Long } from "bson";
import { type Doc, isDoc, MISSING, typeName } from "../bson-values.ts";
import { MongoError } from "../errors.ts";
import { setField, splitPath, valueAt } from "../paths.ts";
import { addToTree, type Projection, project } from "../projection.ts";
import { compileAddFields, compileProject } from "./computed-fields.ts";
import { compileExpression, Reads } from "./expression.ts";
import { each, type Stage, transformed } from "./stage.ts";

export function projectStage(spec: unknown): Stage {
  const reads = new Reads();
  const { transform, keepsAll } = compileProject(spec, reads);
  return transformed(reads, !keepsAll, transform);
}

export function addFields(name: string, spec: unknown): Stage {
  const reads = new Reads();
  return transformed(reads, false, compileAddFields(name, spec, reads));
}

export function unset(spec: unknown): Stage {
  const paths: unknown[] = Array.isArray(spec) ? spec : [spec];
  const projection: Projection = { kind: "exclude", tree: new Map() };
  for (const path of paths) {
    if (typeof path !== "string" || path === "")
      throw new MongoError(31120, "$unset specification must be a string or an array containing only string values");
    addToTree(projection.tree, path);
  }
  if (paths.length === 0)
    throw new MongoError(31119, "$unset specification must be a string or an array with at least one field");
  return transformed(new Reads(), false, ({ root }) => project(root, projection));
}

export function unwind(spec: unknown): Stage {
  const options = isDoc(spec) ? spec : { path: spec };
  const wrong = Object.keys(options).find(
    (field) => !["path", "preserveNullAndEmptyArrays", "includeArrayIndex"].includes(field),
  );
  if (wrong !== undefined) throw new MongoError(28811, `unrecognized option to $unwind stage: ${wrong}`);
  const { path, preserveNullAndEmptyArrays: preserve = false, includeArrayIndex: indexField } = options;
  if (typeof path !== "string" || !path.startsWith("$"))
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$': ${String(path)}`);
  if (typeof preserve !== "boolean")
    throw new MongoError(28809, "expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage");
  if (
    indexField !== undefined &&
    (typeof indexField !== "string" || indexField === "" || indexField.startsWith("$") || indexField.includes("."))
  ) {
    throw new MongoError(28810, "includeArrayIndex is carried as a plain field name only by the embedded store");
  }
  const parts = splitPath(path.slice(1));
  const reads = new Reads();
  reads.fields.add(parts[0] ?? "");
  return each(reads, false, (doc) => unwound(doc, parts, preserve, indexField));
}

function unwound(doc: Doc, parts: readonly string[], preserve: boolean, indexField: string | undefined): Doc[] {
  const value = valueAt(doc, parts);
  const numbered = (made: Doc, index: Long | null): Doc =>
    indexField === undefined ? made : { ...made, [indexField]: index };
  if (Array.isArray(value) && value.length > 0) {
    return value.map((element, index) => numbered(replacedAt(doc, parts, element), Long.fromNumber(index)));
  }
  const nothing = value === MISSING || value === null || value === undefined || Array.isArray(value);
  if (!nothing) return [numbered(doc, null)];
  if (!preserve) return [];
  return [numbered(Array.isArray(value) ? replacedAt(doc, parts, MISSING) : doc, null)];
}

function replacedAt(doc: Doc, parts: readonly string[], value: unknown): Doc {
  const [part = "", ...rest] = parts;
  const made = { ...doc };
  const below = made[part];
  if (rest.length > 0 && isDoc(below)) setField(made, part, replacedAt(below, rest, value));
  else if (value === MISSING) delete made[part];
  else setField(made, part, value);
  return made;
}

export function replaceRoot(name: string, spec: unknown): Stage {
  if (spec === undefined) throw new MongoError(40231, "no newRoot specified for the $replaceRoot stage");
  const reads = new Reads();
  const evaluate = compileExpression(spec, reads);
  return transformed(reads, true, (scope) => {
    const root = evaluate(scope);
    if (isDoc(root)) return root;
    throw new MongoError(
      40228,
      `'newRoot' expression ${name === "$replaceWith" ? "in $replaceWith " : ""}must evaluate to an object, but resulting value was of type: ${root === MISSING ? "missing" : typeName(root)}`,
    );
  });
}
