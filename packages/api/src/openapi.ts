import type { TSchema } from "typebox";
import { errorsOf, type RouteContract, takesIdempotencyKey } from "./define-route.ts";
import { errorCatalogue } from "./errors/index.ts";
import { eventKinds, eventSchema, eventTypes } from "./events/index.ts";
import { exampleOf } from "./example.ts";
import { ProblemAnswer } from "./problem.ts";
import { allRoutes } from "./routes/index.ts";
import { scopeOf } from "./scopes.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { readonly [name: string]: Json };

/** The contracts as an OpenAPI 3.1 document. A schema with a title becomes a component; the same contracts print the same document. */
export function openapi(version: string): JsonObject {
  const components = new Map<string, Json>();
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of allRoutes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, components) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Cordboard", version, license: { name: "MIT", identifier: "MIT" } },
    paths,
    webhooks: Object.fromEntries(eventTypes.map((type) => [type, webhook(type, components)])),
    components: {
      schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        user: { type: "apiKey", in: "cookie", name: "cordboard_user" },
        operator: { type: "apiKey", in: "cookie", name: "cordboard_operator" },
        key: { type: "http", scheme: "bearer", bearerFormat: "key_…" },
      },
    },
  };
}

function operation(route: RouteContract, components: Map<string, Json>): Json {
  const schema = (given: TSchema) => reference(given, components);
  const asked = (["params", "query"] as const).flatMap((part) => {
    const shape = route.request[part];
    return shape ? parametersOf(shape, part === "params" ? "path" : "query", components) : [];
  });
  const keyed = takesIdempotencyKey(route) ? [idempotencyHeader] : [];
  const parameters = route.method === "GET" ? asked : [...asked, guardHeader, ...keyed];
  const content = (given: TSchema) => ({ "application/json": { schema: schema(given) } });
  const success = successOf(route, content, schema);
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.id.split(".")[0] ?? ""],
    ...(route.roles === "anyone"
      ? { security: [] }
      : { security: securityOf(route), "x-roles": [...route.roles], "x-scope": scopeOf(route) }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.upload ? { requestBody: { required: true, content: { "application/octet-stream": {} } } } : {}),
    ...(route.request.body ? { requestBody: { required: true, content: bodyOf(route.request.body, schema) } } : {}),
    responses: { ...success, ...errorResponses(route, schema(ProblemAnswer)) },
  };
}

function successOf(
  { response, row }: RouteContract,
  content: (given: TSchema) => JsonObject,
  schema: (given: TSchema) => Json,
): JsonObject {
  if (response === null) return { 204: { description: "Done." } };
  if (response === "file") return { 200: { description: "The audio.", content: { "audio/wav": {} } } };
  if (response === "redirect")
    return { 303: { description: "Elsewhere.", headers: { Location: { schema: { type: "string" } } } } };
  if (response === "csv") return { 200: { description: "The table.", content: { "text/csv": {} } } };
  if (response === "events") {
    return { 200: { description: "The events, as they happen.", content: { "text/event-stream": {} } } };
  }
  if (response === "rows") {
    const lines = row ? { schema: schema(row) } : {};
    return {
      200: { description: "The rows, one a line.", content: { "application/x-ndjson": lines, "text/csv": {} } },
    };
  }
  return { 200: { description: "Done.", content: content(response) } };
}

/** What is posted to a company's own server: signed as Standard Webhooks has it (docs/integrators.md). */
function webhook(type: (typeof eventTypes)[number], components: Map<string, Json>): Json {
  const headers = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => ({
    name,
    in: "header",
    required: true,
    schema: { type: "string" },
  }));
  const content = { "application/json": { schema: reference(eventSchema(type), components) } };
  return {
    post: {
      summary: eventKinds[type].summary.en,
      tags: ["webhooks"],
      "x-scope": eventKinds[type].scope,
      parameters: headers,
      requestBody: { required: true, content },
      responses: { "2XX": { description: "Taken. Anything else, or nothing within 10 s, is tried again." } },
    },
  };
}

/** A session, or, where keys may, a key. OpenAPI 3.1: what an HTTP scheme names are roles, here scopes. */
function securityOf(route: RouteContract): Json {
  const scope = scopeOf(route);
  const session: JsonObject = { [isDesk(route) ? "operator" : "user"]: [] };
  return scope === "none" ? [session] : [session, { key: scope === "any" ? [] : [scope] }];
}

/** A page of another origin cannot send it: with a session, what changes something must carry it. With a key it is not asked for. */
const guardHeader: JsonObject = {
  name: "X-Cordboard",
  in: "header",
  required: false,
  schema: { type: "string", const: "1" },
};

/** A word of the caller's own choice for this one piece of work: sent again with it, it is done once. */
const idempotencyHeader: JsonObject = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  schema: { type: "string", minLength: 1, maxLength: 200, pattern: "^[!#-\\[\\]-~]+$" },
};

function bodyOf(given: TSchema, schema: (given: TSchema) => Json): JsonObject {
  return { "application/json": { schema: schema(given), example: reference(exampleOf(given), new Map()) } };
}

/** One response a status, naming the codes that can come with it. */
function errorResponses(route: RouteContract, schema: Json): JsonObject {
  const byStatus = new Map<string, string[]>();
  for (const code of errorsOf(route)) {
    const status = String(errorCatalogue[code].status);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      { description: codes.map((code) => `\`${code}\``).join(", "), content: { "application/json": { schema } } },
    ]),
  );
}

function parametersOf(shape: TSchema, place: "path" | "query", components: Map<string, Json>): JsonObject[] {
  const plain = reference(shape, components);
  if (!isObject(plain) || !isObject(plain.properties)) return [];
  const required = Array.isArray(plain.required) ? plain.required : [];
  return Object.entries(plain.properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema,
  }));
}

/** The schema as plain JSON, titled parts replaced by a reference to their component. */
function reference(given: unknown, components: Map<string, Json>): Json {
  if (Array.isArray(given)) return given.map((item) => reference(item, components));
  if (given === null || typeof given === "string" || typeof given === "number" || typeof given === "boolean")
    return given;
  if (typeof given !== "object") return null;
  const plain = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, reference(value, components)]));
  if (typeof plain.title !== "string") return plain;
  components.set(plain.title, plain);
  return { $ref: `#/components/schemas/${plain.title}` };
}

const isDesk = (route: RouteContract) => route.path.startsWith("/api/desk");

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
