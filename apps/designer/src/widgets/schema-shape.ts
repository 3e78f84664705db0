/** A JSON Schema as forms read it: only what settings of node types and parameters of templates use. */
export interface FormSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  /** The title in each language of the screens, where a schema is for people of both. */
  readonly titles?: { readonly fr?: string; readonly en?: string };
  readonly description?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: FormSchema;
  readonly properties?: Readonly<Record<string, FormSchema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, FormSchema>>;
  readonly anyOf?: readonly FormSchema[];
}

/** What a form draws for a schema. */
export type Shape =
  | { readonly kind: "object"; readonly properties: readonly (readonly [name: string, schema: FormSchema])[] }
  /** Values by names that the author chooses. */
  | { readonly kind: "record"; readonly names: string; readonly values: FormSchema }
  | { readonly kind: "list"; readonly items: FormSchema; readonly least: number; readonly most: number }
  /** Several forms of an object, told apart by a member that has one value in each. */
  | { readonly kind: "variants"; readonly tag: string; readonly variants: readonly Variant[] }
  | { readonly kind: "options"; readonly options: readonly (string | number)[] }
  | { readonly kind: "boolean" }
  | { readonly kind: "number"; readonly whole: boolean }
  | { readonly kind: "text" }
  /** Something, or nothing at all (`null`). */
  | { readonly kind: "optional"; readonly inner: FormSchema }
  | { readonly kind: "unknown" };

export interface Variant {
  readonly value: string;
  readonly schema: FormSchema;
}

/** Reads what a schema wants drawn. Pure, and needs no code made from strings: the content security policy allows none. */
export function shapeOf(schema: FormSchema): Shape {
  if (schema.enum) return { kind: "options", options: schema.enum.filter(isOption) };
  if (schema.anyOf) return shapeOfUnion(schema.anyOf);
  switch (schema.type) {
    case "object": {
      const [pattern] = Object.entries(schema.patternProperties ?? {});
      if (!schema.properties && pattern) return { kind: "record", names: pattern[0], values: pattern[1] };
      return { kind: "object", properties: Object.entries(schema.properties ?? {}) };
    }
    case "array":
      return schema.items
        ? {
            kind: "list",
            items: schema.items,
            least: schema.minItems ?? 0,
            most: schema.maxItems ?? Number.POSITIVE_INFINITY,
          }
        : { kind: "unknown" };
    case "boolean":
      return { kind: "boolean" };
    case "integer":
    case "number":
      return { kind: "number", whole: schema.type === "integer" };
    case "string":
      return { kind: "text" };
    default:
      return schema.const !== undefined && isOption(schema.const)
        ? { kind: "options", options: [schema.const] }
        : { kind: "unknown" };
  }
}

function shapeOfUnion(all: readonly FormSchema[]): Shape {
  const some = all.filter(({ type }) => type !== "null");
  const [only] = some;
  if (some.length < all.length && only) {
    return { kind: "optional", inner: some.length === 1 ? only : { anyOf: some } };
  }
  const options = some.map((one) => one.const).filter(isOption);
  if (options.length === some.length) return { kind: "options", options };
  const tag = Object.entries(only?.properties ?? {}).find(([, { const: value }]) => typeof value === "string")?.[0];
  if (tag === undefined) return { kind: "unknown" };
  const variants = some.flatMap((schema): Variant[] => {
    const value = schema.properties?.[tag]?.const;
    return typeof value === "string" ? [{ value, schema }] : [];
  });
  return variants.length === some.length ? { kind: "variants", tag, variants } : { kind: "unknown" };
}

/** A first value that has the schema's shape as nearly as nothing can; `fresh` makes ids for members called `id`. */
export function firstValue(schema: FormSchema, fresh: () => string): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  const shape = shapeOf(schema);
  switch (shape.kind) {
    case "object":
      return Object.fromEntries(
        shape.properties
          .filter(([name]) => schema.required?.includes(name) ?? true)
          .map(([name, inner]) => [name, name === "id" ? fresh() : firstValue(inner, fresh)]),
      );
    case "record":
      return {};
    case "list":
      return Array.from({ length: shape.least }, () => firstValue(shape.items, fresh));
    case "variants":
      return shape.variants[0] ? firstValue(shape.variants[0].schema, fresh) : {};
    case "options":
      return shape.options[0];
    case "boolean":
      return false;
    case "number":
      return schema.minimum ?? 0;
    case "text":
      return "";
    default:
      return null;
  }
}

function isOption(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
