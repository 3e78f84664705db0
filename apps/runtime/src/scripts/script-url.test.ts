import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkScriptTemplate, renderScriptUrl, schemeMayBeAllowed } from "./script-url.ts";

const template = "https://crm.example/contact/{{id}}/open?number={{caller}}&name={{contact.name}}#{{queue}}";

describe("checkScriptTemplate", () => {
  test("names the parameters once, in order", () => {
    expect(checkScriptTemplate(`${template}&again={{ caller }}`, [])).toEqual({
      ok: true,
      parameters: ["id", "caller", "contact.name", "queue"],
    });
  });

  test.each([
    ["javascript:alert({{x}})", "scheme"],
    ["JavaScript:alert(1)", "scheme"],
    [" javascript:alert(1)", "scheme"],
    ["java\nscript:alert(1)", "scheme"],
    ["data:text/html,{{x}}", "scheme"],
    ["vbscript:x", "scheme"],
    ["file:///etc/passwd", "scheme"],
    ["{{x}}", "scheme"],
    ["{{x}}://crm.example/", "scheme"],
    ["/contact?x={{x}}", "scheme"],
    ["//crm.example/{{x}}", "scheme"],
    ["crm:{{x}}", "scheme"],
    ["https:{{x}}", "host"],
    ["https://{{x}}/", "host"],
    ["https://crm.{{x}}/", "host"],
    ["https://{{x}}@crm.example/", "host"],
    ["https://crm.example:{{x}}/", "host"],
    ["https://crm.example{{x}}", "host"],
    ["https:////crm{{x}}", "host"],
    ["https:///crm{{x}}", "host"],
    ["https:\\\\crm.example/{{x}}", "host"],
    ["https://crm.example\\@evil.example/{{x}}", "host"],
    ["https://crm.example/\t{{x}}", "host"],
    ["https://crm.example/{{x", "placeholder"],
    ["https://crm.example/{{1x}}", "placeholder"],
    ["https://crm.example/{{constructor()}}", "placeholder"],
    ["https://[::1/{{x}}", "unreadable"],
  ])("refuses %j", (url, fault) => {
    expect(checkScriptTemplate(url, [])).toEqual({ ok: false, fault });
    expect(renderScriptUrl({ url }, { x: "1" })).toBeNull();
  });

  test("lets a company add schemes, but none that runs code", () => {
    expect(checkScriptTemplate("crm:open?id={{id}}", ["crm"]).ok).toBe(true);
    expect(checkScriptTemplate("javascript:{{id}}", ["javascript"]).ok).toBe(false);
    expect(schemeMayBeAllowed("javascript")).toBe(false);
    expect(schemeMayBeAllowed("data")).toBe(false);
    expect(schemeMayBeAllowed("crm")).toBe(true);
  });
});

describe("renderScriptUrl", () => {
  test("encodes what callers and contacts bring", () => {
    const url = renderScriptUrl(
      { url: template },
      { id: "a/b", caller: "+33 1", "contact.name": "O'Neil & fils", queue: "é" },
    );
    expect(url).toBe("https://crm.example/contact/a%2Fb/open?number=%2B33%201&name=O%27Neil%20%26%20fils#%C3%A9");
  });

  test("renders a hidden number, and a parameter that nobody gave, as nothing", () => {
    const url = renderScriptUrl({ url: "https://crm.example/?number={{caller}}&x={{toString}}" }, { caller: null });
    expect(url).toBe("https://crm.example/?number=&x=");
  });

  test("is refused once the company no longer allows the scheme", () => {
    const script = { url: "crm:open?number={{caller}}" };
    expect(renderScriptUrl(script, { caller: "1" }, ["crm"])).toBe("crm:open?number=1");
    expect(renderScriptUrl(script, { caller: "1" }, [])).toBeNull();
  });

  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(..."/\\?#@:%.&=+;'\"<>{}[]|^` \t\n\r\u0000\u2028\ud800".split("")) }),
    fc.constantFrom(
      "javascript:alert(1)",
      "//evil.example",
      "..",
      "../..",
      "%2e%2e",
      "@evil.example",
      "https://evil.example/",
      "{{id}}",
    ),
  );
  const place = fc.constantFrom(
    "https://crm.example/{{a}}",
    "https://crm.example/x/{{a}}/{{b}}/y?z=1#f",
    "https://crm.example/?{{a}}={{b}}",
    "https://crm.example?q={{a}}{{b}}",
    "https://crm.example#{{a}}",
    "http://user:secret@127.0.0.1:8080/{{a}}/fixed/{{b}}?c={{a}}",
    "crm:{{a}}/{{b}}",
    "crm://open/{{a}}?{{b}}",
  );

  test("U1: no value reaches scheme, host, port or credentials", () => {
    fc.assert(
      fc.property(place, hostile, hostile, (url, a, b) => {
        const rendered = renderScriptUrl({ url }, { a, b }, ["crm"]);
        expect(rendered).not.toBeNull();
        const result = new URL(rendered ?? "");
        const expected = new URL(url.replace(/\{\{\w\}\}/g, "v"));
        for (const part of ["protocol", "username", "password", "host", "origin"] as const) {
          expect(result[part]).toBe(expected[part]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("U2: a value stays one value", () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const rendered = new URL(
          renderScriptUrl({ url: "https://crm.example/x/{{a}}/y?p={{a}}&q={{b}}#{{b}}" }, { a, b }) ?? "",
        );
        const whole = (value: string) => (/^\.+$/.test(value) ? "" : value.replace(/\p{Surrogate}/gu, "\ufffd"));
        expect([...rendered.searchParams]).toEqual([
          ["p", whole(a)],
          ["q", whole(b)],
        ]);
        const segments = rendered.pathname.split("/");
        expect(segments.length).toBe(4);
        expect(decodeURIComponent(segments[2] ?? "")).toBe(whole(a));
        expect(decodeURIComponent(rendered.hash.slice(1))).toBe(whole(b));
      }),
      { numRuns: 2000 },
    );
  });
});
