import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { BarChart, ComboBox, DateField, PickList, Tabs, TimeInput } from "./pages.ts";
import { TextArea } from "./text-area/text-area.tsx";
import { type Language, UiLanguage } from "./texts/ui-language.tsx";

const drawn = (part: ReactNode, language: Language = "en") =>
  renderToStaticMarkup(<UiLanguage language={language}>{part}</UiLanguage>);
const words = (markup: string) =>
  markup
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();

test("only the chosen tab is in the order of the tab key, and it names its panel", () => {
  const tabs = [
    { value: "week", label: "Week" },
    { value: "days", label: "Holidays" },
  ] as const;
  const markup = drawn(
    <Tabs label="Schedule" tabs={tabs} value="days" onChange={() => {}}>
      Christmas
    </Tabs>,
  );
  expect(markup.match(/role="tab"/g)).toHaveLength(2);
  expect(markup).toMatch(/aria-selected="true"[^>]*tabindex="0"[^>]*>Holidays/i);
  expect(markup).toMatch(/aria-selected="false"[^>]*tabindex="-1"[^>]*>Week/i);
  expect(markup).toMatch(/role="tabpanel"[^>]*aria-labelledby="[^"]*-days"/);
});

test("what is picked stands in its order, and can be moved and taken out by name", () => {
  const options = [
    { value: "op1", label: "Inès" },
    { value: "op2", label: "Marc" },
  ];
  const list = (ordered: boolean) =>
    drawn(
      <PickList
        label="Operators"
        options={options}
        value={["op2", "gone", "op1"]}
        onChange={() => {}}
        ordered={ordered}
        addLabel="Add"
        emptyText="Nobody"
      />,
      "fr",
    );
  expect(words(list(true))).toBe("Operators 1 Marc 2 gone 3 Inès");
  expect(list(true)).toContain('aria-label="Monter · Marc"');
  expect(list(false)).not.toContain("Monter");
  expect(list(false)).toContain('aria-label="Retirer · gone"');
});

test("a day is written in the order of the reader's language", () => {
  const inFrench = words(drawn(<DateField label="Jour" value="2026-12-25" onChange={() => {}} />, "fr"));
  expect(inFrench).toMatch(/25 \/ 12 \/ 2026/);
  expect(drawn(<DateField label="Day" value="nonsense" onChange={() => {}} />)).toContain("Day");
});

test("fields of the new kinds carry their label and their error", () => {
  const error = "There is nothing to say";
  const area = drawn(<TextArea id="text" label="Text" error={error} />);
  expect(area).toMatch(/for="text"/);
  expect(area).toMatch(/aria-describedby="text-error"/);
  expect(words(drawn(<ComboBox label="Flow" options={[]} value={null} onChange={() => {}} error={error} />))).toContain(
    error,
  );
  expect(drawn(<TimeInput label="From" hideLabel value="08:30" onChange={() => {}} />)).toMatch(
    /aria-label="From"[^>]*value="08:30"/,
  );
});

test("a chart names itself, its parts and every bar", () => {
  const chart = drawn(
    <BarChart
      label="Calls by quarter-hour; the table says the same"
      legend={["answered", "given up"]}
      bars={[
        { id: "9", label: "09:00", parts: [2, 1], title: "09:00: 2 answered, 1 given up" },
        { id: "10", label: "", parts: [0, 0], title: "09:15: none" },
      ]}
    />,
  );
  expect(chart).toContain('aria-label="Calls by quarter-hour; the table says the same"');
  expect(chart).toContain("<title>09:00: 2 answered, 1 given up</title>");
  expect(words(chart)).toContain("given up");
  expect(chart).toMatch(/height="80"/);
});
