import type { FlowDocument } from "./flow-document.ts";

/**
 * A template with its names in another language of the screens. A template says them once, in English, and in `parameters.translations`
 * what they are called elsewhere: `{ "fr": { "Welcome": "Accueil" } }`. Translated are the names of the flow, of its nodes and prompts, the
 * labels of choices and of everyday settings, comments and the titles of groups: what people read. What callers hear has its languages anyway. A
 * name that has no translation stays.
 */
export function translateTemplate(template: FlowDocument, language: string): FlowDocument {
  const words: unknown = Object(template.parameters.translations)[language];
  const own = new Map(Object.entries(Object(words)));
  const named = (name: string): string => {
    const found = own.get(name);
    return typeof found === "string" && found !== "" ? found : name;
  };
  if (own.size === 0) return template;
  const nodes = template.nodes.map((node) => ({
    ...node,
    name: named(node.name),
    config: Object.fromEntries(
      Object.entries(node.config).map(([setting, value]) => [setting, labelled(value, named)]),
    ),
    ...(node.everyday && {
      everyday: Object.fromEntries(
        Object.entries(node.everyday).map(([setting, mark]) => [setting, { ...mark, label: named(mark.label) }]),
      ),
    }),
  }));
  const prompts = Object.entries(template.prompts).map(([id, { name, ...prompt }]) => [
    id,
    name === undefined ? prompt : { ...prompt, name: named(name) },
  ]);
  const notes = Object.entries(template.notes).map(([id, note]) => [id, { ...note, text: named(note.text) }]);
  const groups = Object.entries(template.groups).map(([id, group]) => [id, { ...group, title: named(group.title) }]);
  return {
    ...template,
    ...{ name: named(template.name), nodes, prompts: Object.fromEntries(prompts) },
    ...{ notes: Object.fromEntries(notes), groups: Object.fromEntries(groups) },
  };
}

/** The labels inside a list of choices, translated. */
function labelled(value: unknown, named: (name: string) => string): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) => {
    if (typeof item !== "object" || item === null) return item;
    const label: unknown = Reflect.get(item, "label");
    return typeof label === "string" ? { ...item, label: named(label) } : item;
  });
}
