import {
  describeError,
  type ErrorDefinition,
  errorCatalogue,
  isErrorCode,
  routeSummary,
  type ScreenLanguage,
} from "@cordboard/api";
import { escapeHtml } from "./escape-html.ts";
import { schemaHtml } from "./schema-html.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

type Texts = Readonly<Record<keyof typeof en, string>>;
type Members = Readonly<Record<string, unknown>>;

const texts: Readonly<Record<ScreenLanguage, Texts>> = { fr, en };

/**
 * The OpenAPI document as a page for people: complete without a script, which only searches. Everything that comes from the document is
 * escaped; style and script are files of their own, as the content policy wants.
 */
export function apiPage(document: Members, language: ScreenLanguage): string {
  const t = texts[language];
  const byTag = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(members(document.paths))) {
    for (const [method, operation] of Object.entries(members(methods))) {
      const tag = String(list(members(operation).tags)[0] ?? "");
      byTag.set(tag, [...(byTag.get(tag) ?? []), operationHtml(method, path, members(operation), language)]);
    }
  }
  const sections = [...byTag].map(
    ([tag, operations]) =>
      `<section class="tag" id="tag-${escapeHtml(tag)}"><h2>${escapeHtml(tag)}</h2>${operations.join("")}</section>`,
  );
  const schemas = Object.entries(members(members(document.components).schemas)).map(
    ([name, schema]) =>
      `<details class="entry" id="schema-${escapeHtml(name)}" open><summary><code>${escapeHtml(name)}</code></summary><pre>${schemaHtml(schema, t.signs)}</pre></details>`,
  );
  const contents = [...byTag.keys()].map((tag) => `<li><a href="#tag-${escapeHtml(tag)}">${escapeHtml(tag)}</a></li>`);
  const other = language === "fr" ? "en" : "fr";
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cordboard · ${t.title}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/api/docs.css"><script src="/api/docs.js" defer></script>
</head>
<body>
<header>
<h1>Cordboard · ${t.title}</h1>
<a href="/api?language=${other}" hreflang="${other}" lang="${other}">${t.language}</a>
<p>${t.intro} <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1). ${t.signIn}</p>
<label for="search">${t.search}</label>
<input id="search" type="search" placeholder="${t.searchHint}" autocomplete="off">
<output id="found" for="search" data-word="${t.found}"></output>
</header>
<nav aria-label="${t.title}"><ul>${contents.join("")}<li><a href="#schemas">${t.schemas}</a></li></ul></nav>
<main>${sections.join("\n")}<section class="tag" id="schemas"><h2>${t.schemas}</h2>${schemas.join("")}</section></main>
</body>
</html>
`;
}

function operationHtml(method: string, path: string, operation: Members, language: ScreenLanguage): string {
  const t = texts[language];
  const id = String(operation.operationId);
  const roles = list(operation["x-roles"]).map(String);
  const parts = [
    row(t.roles, roles.length === 0 ? t.anyone : roles.map(code).join(" ")),
    parametersHtml(operation, t),
    bodyHtml(operation, t),
    answerHtml(operation, t),
    errorsHtml(operation, language),
  ];
  return `<details class="entry" id="${escapeHtml(id)}"><summary><span class="method ${escapeHtml(method)}">${escapeHtml(method.toUpperCase())}</span> ${code(path)} <span class="summary">${words(routeSummary({ id, summary: String(operation.summary) }, language))}</span> <span class="id">${escapeHtml(id)}</span></summary><dl>${parts.join("")}</dl></details>`;
}

function parametersHtml({ parameters }: Members, t: Texts): string {
  const lines = list(parameters).flatMap((parameter) => {
    const { name, required, schema, in: place } = members(parameter);
    // The header that every change carries is said once, at the top of the page.
    if (place === "header") return [];
    const optional = required === true ? "" : ` <span class="limit">${t.optional}</span>`;
    return [`<b>${escapeHtml(String(name))}</b>: ${schemaHtml(schema, t.signs)}${optional}`];
  });
  return lines.length === 0 ? "" : row(t.parameters, `<pre>${lines.join("\n")}</pre>`);
}

function bodyHtml({ requestBody }: Members, t: Texts): string {
  if (requestBody === undefined) return "";
  const json = members(members(members(requestBody).content)["application/json"]);
  if (json.schema === undefined) return row(t.body, t.file);
  const example =
    json.example === undefined ? "" : row(t.example, `<pre>${escapeHtml(JSON.stringify(json.example, null, 2))}</pre>`);
  return row(t.body, `<pre>${schemaHtml(json.schema, t.signs)}</pre>`) + example;
}

function answerHtml({ responses }: Members, t: Texts): string {
  const { 200: good } = members(responses);
  if (good === undefined) return row(t.answer, t.nothing);
  const { schema } = members(members(members(good).content)["application/json"]);
  return row(t.answer, schema === undefined ? t.audio : `<pre>${schemaHtml(schema, t.signs)}</pre>`);
}

function errorsHtml({ responses }: Members, language: ScreenLanguage): string {
  const lines = Object.entries(members(responses)).flatMap(([status, response]) =>
    [...String(members(response).description).matchAll(/`(\w+)`/g)].map(([, name = ""]) => {
      if (!isErrorCode(name)) return `${status} ${code(name)}`;
      const definition: ErrorDefinition = errorCatalogue[name];
      const shown = Object.fromEntries(definition.details.map((detail) => [detail, `‹${detail}›`]));
      return `${status} ${code(name)} ${escapeHtml(describeError(name, shown, language).message)}`;
    }),
  );
  return row(texts[language].errors, `<ul>${lines.map((line) => `<li>${line}</li>`).join("")}</ul>`);
}

function row(title: string, content: string): string {
  return `<dt>${title}</dt><dd>${content}</dd>`;
}

/** A sentence in which what stands between backticks is code. */
function words(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}

function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}

function members(value: unknown): Members {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
