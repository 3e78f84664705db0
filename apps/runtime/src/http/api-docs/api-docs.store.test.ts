import { allRoutes, errorCodes } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../testing/test-runtime.ts";
import { apiPage } from "./api-page.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.close());

async function get(path: string, language = "en") {
  const response = await fetch(runtime.baseUrl + path, { headers: { "Accept-Language": language } });
  return { response, text: await response.text() };
}

test("every route, parameter and error is on the page, in the reader's language, without a session", async () => {
  const english = await get("/api");
  expect(english.response.status).toBe(200);
  expect(english.response.headers.get("content-type")).toContain("text/html");
  for (const { id, path } of allRoutes) {
    expect(english.text).toContain(`id="${id}"`);
    expect(english.text).toContain(`<code>${path.replace(/:(\w+)/g, "{$1}")}</code>`);
  }
  for (const code of errorCodes) expect(english.text).toContain(`<code>${code}</code>`);
  expect(english.text).toContain('<html lang="en">');
  expect(english.text).toContain(en.intro);
  const french = await get("/api", "fr-FR,fr;q=0.9");
  expect(french.text).toContain('<html lang="fr">');
  expect(french.text).toContain(fr.intro);
  expect((await get("/api?language=fr")).text).toContain(fr.intro);
  expect(french.text).toContain("Introuvable\u00a0: ‹what›.");
  expect(french.text).toContain("Crée une file.");
  expect(french.text).not.toContain("Creates a queue.");
});

test("every link inside the page leads somewhere, and nothing in it needs an inline script or style", async () => {
  const { text } = await get("/api");
  const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  for (const [, id] of text.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(id);
  expect(text).not.toMatch(/<script(?![^>]*src=)|<style| style="| on\w+="/);
  expect(text).not.toContain("undefined");
  expect(text).not.toContain("[object");
  for (const file of ["/api/docs.js", "/api/docs.css"]) {
    const { response, text: content } = await get(file);
    expect(response.status).toBe(200);
    expect(content.length).toBeGreaterThan(500);
    expect(response.headers.get("content-type")).toMatch(/javascript|css/);
  }
});

test("what stands in the document cannot become markup", () => {
  const operation = { operationId: "x.y", summary: "<img src=x onerror=alert(1)>", tags: ["<b>"], responses: {} };
  const page = apiPage({ paths: { "/<i>": { get: operation } }, components: { schemas: {} } }, "en");
  expect(page).not.toContain("<img");
  expect(page).not.toContain("<i>");
  expect(page).not.toContain("<b>");
});

test("an address below /api that does not exist is still an error in JSON", async () => {
  const { response, text } = await get("/api/nothing");
  expect(response.status).toBe(404);
  expect(JSON.parse(text)).toMatchObject({ error: { code: "notFound" } });
});
