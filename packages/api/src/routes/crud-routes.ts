import { type TObject, type TProperties, type TSchema, Type } from "typebox";
import { defineRoute, type RouteContract } from "../define-route.ts";
import type { ErrorCode } from "../errors/index.ts";
import { permissions, type Resource } from "../roles.ts";
import { Rev } from "../schemas.ts";

const closed = { additionalProperties: false } as const;

/**
 * The five routes of a thing that is listed, read, created, changed and deleted. Roles are the data layer's own table, so the two cannot
 * disagree. A change carries the `rev` it was made on: `changedMeanwhile` when somebody was quicker.
 */
export function crudRoutes<
  const Name extends string,
  const Kind extends Resource,
  Id extends TSchema,
  const Key extends string,
  Item extends TSchema,
  Fields extends TProperties,
>(given: {
  readonly name: Name;
  readonly resource: Kind;
  readonly path: string;
  readonly key: Key;
  readonly id: Id;
  readonly item: Item;
  /** What is given to create one; a change is the same with `rev`. */
  readonly fields: TObject<Fields>;
  readonly changeFields?: TObject<Fields>;
  readonly singular: string;
  readonly plural: string;
  readonly errors: readonly ErrorCode[];
  readonly deleteErrors?: readonly ErrorCode[];
}) {
  const { name, path, key, item, fields, singular, plural } = given;
  const one = `${/^[aeio]/.test(singular) ? "an" : "a"} ${singular}`;
  const read = permissions[given.resource].read.filter((role) => role !== "operator");
  const write = permissions[given.resource].write.filter((role) => role !== "operator");
  const params = Type.Object({ [key]: given.id } as { readonly [K in Key]: Id });
  const change = Type.Object({ ...(given.changeFields ?? fields).properties, rev: Rev }, closed);
  return {
    list: defineRoute({
      id: `${name}.list` as const,
      method: "GET",
      path,
      roles: read,
      summary: `Lists the ${plural}.`,
      request: {},
      response: Type.Object({ items: Type.Array(item) }, closed),
      errors: [],
    }),
    get: defineRoute({
      id: `${name}.get` as const,
      method: "GET",
      path: `${path}/:${key}`,
      roles: read,
      summary: `Reads ${one}.`,
      request: { params },
      response: item,
      errors: ["notFound"],
    }),
    create: defineRoute({
      id: `${name}.create` as const,
      method: "POST",
      path,
      roles: write,
      summary: `Creates ${one}.`,
      request: { body: fields },
      response: item,
      errors: given.errors,
    }),
    change: defineRoute({
      id: `${name}.change` as const,
      method: "PUT",
      path: `${path}/:${key}`,
      roles: write,
      summary: `Changes ${one}.`,
      request: { params, body: change },
      response: item,
      errors: ["notFound", "changedMeanwhile", ...given.errors],
    }),
    delete: defineRoute({
      id: `${name}.delete` as const,
      method: "DELETE",
      path: `${path}/:${key}`,
      roles: write,
      summary: `Deletes ${one}.`,
      request: { params },
      response: null,
      errors: ["notFound", ...(given.deleteErrors ?? [])],
    }),
  } satisfies Record<string, RouteContract>;
}
