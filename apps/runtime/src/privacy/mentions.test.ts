import { expect, test } from "vitest";
import { mentions, scrubbed } from "./mentions.ts";
import { personBy } from "./person.ts";

const lea = personBy("co_1", "06 12 34 56 78", "FR");
if (!lea) throw new Error("no number");

test("a number is found in a text in every form, and only whole", () => {
  for (const text of [
    '{"from":"+33612345678"}',
    "called 06 12 34 56 78.",
    "0033 6 12 34 56 78",
    "06.12.34.56.78",
    "tel:+33-6-12-34-56-78",
    "+33\u202f6\u202f12\u202f34\u202f56\u202f78",
  ]) {
    expect([text, mentions(lea, text)]).toEqual([text, true]);
  }
  for (const text of ["", "+336123456789", "+33612345679", "no number", "call_0612345678aa 06 12 34 56"]) {
    expect([text, mentions(lea, text)]).toEqual([text, text.startsWith("call_")]);
  }
});

test("what names the person goes, with the name beside it; what is others' stays", () => {
  const event = {
    call: { from: "+33612345678", hidden: false, callerName: "Léa", lineName: "Main", legs: [{ to: "+33123456789" }] },
    other: { from: "+33612345670", hidden: false, callerName: "Paul" },
    text: "06 12 34 56 78 asks",
    count: 3,
  };
  expect(scrubbed(lea, event)).toEqual({
    call: { from: null, hidden: true, callerName: null, lineName: "Main", legs: [{ to: "+33123456789" }] },
    other: { from: "+33612345670", hidden: false, callerName: "Paul" },
    text: null,
    count: 3,
  });
});

test("nothing is left of what was noted and answered beside a call of theirs", () => {
  const said = { notes: [{ note: "lives in the red house" }], scripts: [{ answers: [{ value: "red" }] }] };
  const told = (from: string) => ({ call: { from, hidden: false }, ...said });
  expect(scrubbed(lea, told("+33612345678"))).toEqual({ call: { from: null, hidden: true }, notes: [], scripts: [] });
  expect(scrubbed(lea, told("+33612345670"))).toEqual(told("+33612345670"));
});
