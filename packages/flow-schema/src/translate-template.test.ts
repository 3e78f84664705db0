import { expect, test } from "vitest";
import { parseFlow } from "./parse-flow.ts";
import { translateTemplate } from "./translate-template.ts";

const parsed = parseFlow(
  JSON.stringify({
    formatVersion: 1,
    id: "t",
    name: "Reception",
    languages: ["en-GB"],
    parameters: {
      type: "object",
      properties: {},
      translations: { fr: { Reception: "Accueil", Menu: "Menu principal", Sales: "Ventes", Hello: "Bonjour", Odd: 7 } },
    },
    prompts: { p1: { name: "Hello", texts: { "en-GB": "Hello" } }, p2: { texts: { "en-GB": "Sales" } } },
    entry: "n1",
    nodes: [
      {
        ...{ id: "n1", name: "Menu", type: "menu", typeVersion: 1 },
        config: { prompt: "Hello", choices: [{ id: "a", label: "Sales" }, { id: "b", label: "Other" }, 3] },
      },
      { id: "n2", name: "Odd", type: "hangup", typeVersion: 1, config: {} },
    ],
  }),
);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
const template = parsed.document;

test("names of the flow, of nodes and prompts, and labels of choices are translated; what is said or refers is not", () => {
  const french = translateTemplate(template, "fr");
  expect(french.name).toBe("Accueil");
  expect(french.nodes).toMatchObject([
    {
      name: "Menu principal",
      config: { prompt: "Hello", choices: [{ id: "a", label: "Ventes" }, { id: "b", label: "Other" }, 3] },
    },
    { name: "Odd" },
  ]);
  expect(french.prompts).toEqual({
    p1: { name: "Bonjour", texts: { "en-GB": "Hello" } },
    p2: { texts: { "en-GB": "Sales" } },
  });
});

test("in a language without translations, or of a template without any, everything stays", () => {
  expect(translateTemplate(template, "en")).toBe(template);
  expect(translateTemplate({ ...template, parameters: {} }, "fr").name).toBe("Reception");
  expect(translateTemplate({ ...template, parameters: { translations: "nonsense" } }, "fr").name).toBe("Reception");
  expect(translateTemplate({ ...template, parameters: { translations: { fr: null } } }, "__proto__").name).toBe(
    "Reception",
  );
});
