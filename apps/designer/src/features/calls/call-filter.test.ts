import { expect, test } from "vitest";
import { callFilter } from "./call-filter.ts";

const asked = (address: string) => {
  const params = new URLSearchParams(address);
  return callFilter((name) => params.get(name) ?? "", "Europe/Paris");
};

test("days are whole days of the company's zone, the last one included", () => {
  expect(asked("from=2026-10-24&to=2026-10-25")).toEqual({
    from: "2026-10-23T22:00:00.000Z",
    // The clocks went back: this day had 25 hours.
    to: "2026-10-25T23:00:00.000Z",
  });
});

test("with a time, the first day begins and the last one ends there", () => {
  expect(asked("from=2026-11-29&fromTime=08:30&to=2026-11-29&toTime=12:00")).toEqual({
    from: "2026-11-29T07:30:00.000Z",
    to: "2026-11-29T11:00:00.000Z",
  });
  // Without a day a time says nothing, and a time that is none leaves the whole day.
  expect(asked("fromTime=08:30&toTime=12:00")).toEqual({});
  expect(asked("to=2026-11-29&toTime=25:99")).toEqual({ to: "2026-11-29T23:00:00.000Z" });
});

test("a name of one letter is not looked for", () => {
  expect(asked("name=%20Du%20")).toEqual({ name: "Du" });
  expect(asked("name=d")).toEqual({});
});

test("what makes no sense in an address is left out, the rest is asked for", () => {
  const queue = `queue_${"0".repeat(32)}`;
  expect(asked(`queue=${queue}&operator=nobody&result=eaten&from=yesterday&number=%2006&alive=true`)).toEqual({
    queueId: queue,
    number: "06",
    alive: true,
  });
  expect(asked("")).toEqual({});
});

test("calls are found by a question that was answered, or by its answer", () => {
  const question = `script_${"1".repeat(32)}|grade`;
  expect(asked(`question=${question}`)).toEqual({ answer: question });
  expect(asked(`question=${question}&answer=%207,5`)).toEqual({ answer: `${question}|7.5` });
  expect(asked(`question=grade&answer=7`)).toEqual({});
});
