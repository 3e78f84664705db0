import { defineNode, longestRequestMs, secretsIn, withoutSecrets } from "@cordboard/node-kit";
import { knownAddress } from "./address.ts";
import { httpStates, SILENCE_MS } from "./behaviour.ts";
import { checkHttp } from "./check.ts";
import { HttpConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const http = defineNode({
  type: "http",
  typeVersion: 1,
  group: "reach",
  icon: "M4 7h13M13 3l4 4-4 4M20 17H7M11 13l-4 4 4 4",
  config: HttpConfig,
  initial: {
    ...{ method: "GET", url: "https://", query: [], headers: [], body: "none", json: "{}", fields: [], answers: [] },
    ...{ status: null, moment: null, timeoutMs: 5_000, retries: 1, retryAlways: false },
  },
  texts: { fr, en },
  form: {
    url: { widget: "template" },
    query: { widget: "list" },
    "query.value": { widget: "secretTemplate" },
    headers: { widget: "list" },
    "headers.value": { widget: "secretTemplate" },
    json: { widget: "secretTemplate" },
    fields: { widget: "list" },
    "fields.value": { widget: "secretTemplate" },
    answers: { widget: "list" },
    "answers.variable": { widget: "variable" },
    status: { widget: "variable" },
    moment: { widget: "prompt" },
    timeoutMs: { widget: "duration" },
    retries: { widget: "number" },
  },
  unused: ({ method, body }) => [
    ...(body === "json" ? [] : ["json" as const]),
    ...(body === "form" ? [] : ["fields" as const]),
    ...(method === "POST" || method === "PATCH" ? [] : ["retryAlways" as const]),
  ],
  outputs: () => ["ok", "refused", "failed", "timeout"],
  fallbacks: () => ({ refused: "failed", timeout: "failed" }),
  references: (config) => [
    ...sentTexts(config).flatMap(({ text, pointer }) =>
      secretsIn(text).map((id) => ({ kind: "secret" as const, id, pointer })),
    ),
    ...config.answers.map(({ variable }, index) => ({
      kind: "variable" as const,
      id: variable,
      pointer: `/answers/${index}/variable`,
    })),
    ...(config.status === null ? [] : [{ kind: "variable" as const, id: config.status, pointer: "/status" }]),
    ...(config.moment === null ? [] : [{ kind: "prompt" as const, id: config.moment, pointer: "/moment" }]),
  ],
  templates: (config) => [
    { text: config.url, pointer: "/url" },
    ...sentTexts(config).map(({ text, pointer }) => ({ text: withoutSecrets(text), pointer, hides: true })),
  ],
  check: checkHttp,
  summary: ({ method, url }) => `${method} ${knownAddress(url)?.host ?? url}`,
  // A system that refuses at once keeps nobody waiting.
  waits: () => false,
  ways: (config) => {
    const moment = config.moment === null ? [] : [{ says: config.moment }];
    const most = longestRequestMs(config);
    const late = [{ silentMs: SILENCE_MS }, ...moment, { musicMs: Math.max(0, most - SILENCE_MS) }];
    return {
      ok: { phases: [], slowest: late, needs: { system: "answers" } },
      refused: { phases: [], slowest: late, needs: { system: "refuses" } },
      failed: { phases: [], slowest: late, needs: { system: "unreachable" } },
      timeout: { phases: late, needs: { system: "silent" } },
    };
  },
  patience: (config) => [{ kind: "system", ms: longestRequestMs(config), pointer: "/timeoutMs" }],
  writes: ({ answers, status }) => [
    ...answers.map(({ variable }) => ({ variable, outputs: ["ok"] })),
    ...(status === null ? [] : [{ variable: status, outputs: ["ok", "refused"] }]),
  ],
  states: httpStates,
});

/** The texts in which secrets may be named, as far as they are sent. */
function sentTexts({ query, headers, body, json, fields }: HttpConfig) {
  const named = (member: string, list: readonly { readonly value: string }[]) =>
    list.map(({ value }, index) => ({ text: value, pointer: `/${member}/${index}/value` }));
  return [
    ...named("query", query),
    ...named("headers", headers),
    ...(body === "json" ? [{ text: json, pointer: "/json" }] : []),
    ...(body === "form" ? named("fields", fields) : []),
  ];
}
