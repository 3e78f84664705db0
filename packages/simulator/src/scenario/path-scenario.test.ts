import { apply, type CompanyFacts, type Finding, validate } from "@cordboard/flow-schema";
import { collect, condition, hangup, hours, http, hunt, menu, play, registry, set } from "@cordboard/nodes";
import { describe, expect, test } from "vitest";
import { type FlowSketch, flow, node } from "./flow-sketch.ts";
import { scenarioOfPath } from "./path-scenario.ts";
import { playScenario } from "./play-scenario.ts";
import { readScenarioFile } from "./scenario-file.ts";

const welcome = node(play, { prompt: "welcome", bargeIn: false });
const bye = node(hangup, { prompt: "bye" });
const dead = node(hangup, { prompt: null });
const queue = (more: Partial<typeof hunt.initial> = {}) => node(hunt, { ...hunt.initial, queue: "sales", ...more });
const asking = (more: Partial<typeof menu.initial> = {}) =>
  node(menu, { ...menu.initial, prompt: "question", choices: [{ id: "nine", digit: "9", label: "" }], ...more });

interface RuleCase {
  readonly code: string;
  readonly broken: FlowSketch;
  /** The same, mended: the rule leaves it alone. */
  readonly clean: FlowSketch;
  readonly company?: CompanyFacts;
  /** What the sentence says, among other things. */
  readonly says: string;
  /** A fix that mends it. */
  readonly mends?: boolean;
  readonly playable?: boolean;
}

const menuTo = (end: typeof dead, more: Partial<typeof menu.initial> = {}) =>
  flow({ hello: welcome, ask: asking(more), end, bye })
    .connect("hello", "done", "ask")
    .connect("ask", "nine", "end")
    .connect("ask", "noInput", "bye")
    .connect("ask", "noMatch", "bye");

/** Two queues in a row, the first with a wait of so long. */
const queues = (maxWaitMs: number) =>
  flow({ first: queue({ maxWaitMs, leaveKey: "1" }), second: queue({ queue: "support" }), bye })
    .connect("first", "ended", "bye")
    .connect("first", "timeout", "second")
    .connect("first", "unstaffed", "second")
    .connect("first", "key", "bye")
    .connect("second", "ended", "bye")
    .connect("second", "timeout", "bye")
    .connect("second", "unstaffed", "bye");

const waiting = (more: Partial<typeof hunt.initial>) =>
  ["timeout", "unstaffed", "key"].reduce(
    (sketch, output) => sketch.connect("wait", output, "bye"),
    flow({ hello: welcome, wait: queue(more), bye }).connect("hello", "done", "wait"),
  );

/** Says a variable; set before, or only by one of two keys. */
const saying = (initial?: string) =>
  flow({
    ask: asking(),
    give: node(set, { assignments: [{ variable: "word", value: "'x'" }] }),
    tell: node(hangup, { prompt: "told" }),
  })
    .with({
      texts: { told: { "en-GB": "It is {{ word }}." } },
      variables: { word: { type: "string", ...(initial !== undefined && { initial }) } },
    })
    .connect("ask", "nine", "give")
    .connect("give", "done", "tell")
    .connect("ask", "noInput", "tell")
    .connect("ask", "noMatch", "tell");

const open = () =>
  flow({ when: node(hours, { schedule: "office" }), wait: queue(), bye })
    .connect("when", "open", "wait")
    .connect("when", "closed", "bye")
    .connect("when", "holiday", "bye")
    .connect("wait", "timeout", "bye")
    .connect("wait", "unstaffed", "bye");

const cases: readonly RuleCase[] = [
  {
    code: "endsUnhelped",
    broken: menuTo(dead),
    clean: menuTo(bye),
    says: "Presses 9: the call ends after",
    mends: true,
  },
  {
    code: "longSilence",
    broken: menuTo(bye, { patienceMs: 40_000, attempts: 1 }),
    clean: menuTo(bye),
    says: "Says nothing for 40 s: 40 s of silence",
    mends: true,
  },
  {
    code: "farFromPerson",
    broken: queues(900_000),
    clean: queues(120_000),
    says: "Nobody accepts at “first”, waits 15 min: “second” only after 15 min",
  },
  {
    code: "beyondPatience",
    broken: waiting({ leaveWhenUnstaffed: false, maxWaitMs: null }),
    clean: waiting({ leaveWhenUnstaffed: false, maxWaitMs: null, leaveKey: "1" }),
    says: "comes to “wait” after",
    mends: true,
  },
  {
    code: "readBeforeSet",
    broken: saying(),
    clean: saying(""),
    says: "“word” has no value at “tell”",
    mends: true,
  },
  {
    code: "queueUnserved",
    broken: open(),
    clean: open(),
    company: { unserved: new Set(["sales"]) },
    says: "waits at “wait”, where nobody may answer",
  },
  {
    code: "neverOpen",
    broken: open(),
    clean: open(),
    company: { neverOpen: new Set(["office"]) },
    says: "“when” is closed on every day",
  },
  {
    code: "outputUnconnected",
    broken: flow({ hello: welcome, ask: asking(), bye })
      .connect("hello", "done", "ask")
      .connect("ask", "nine", "bye")
      .connect("ask", "noMatch", "bye"),
    clean: menuTo(bye),
    says: "leaves “ask” by “noInput”, which leads nowhere",
    mends: true,
  },
  {
    code: "loopWithoutInput",
    broken: flow({ hello: welcome, again: node(play, { prompt: "again", bargeIn: false }) })
      .connect("hello", "done", "again")
      .connect("again", "done", "hello"),
    clean: menuTo(bye),
    says: "and goes round",
    // Nobody can call it: it does not compile.
    playable: false,
  },
];

const found = (sketch: FlowSketch, code: string, company: CompanyFacts = {}): readonly Finding[] =>
  validate(sketch.document(), registry, company).filter((one) => one.code === code);

describe.each(cases)("$code", ({ code, broken, clean, company, says, mends, playable = true }) => {
  const [one] = found(broken, code, company);

  test("finds the flow that breaks the rule, and leaves the mended one alone", () => {
    expect(one).toBeDefined();
    expect(found(clean, code)).toEqual([]);
  });

  test("tells the way there in both languages", () => {
    expect(one?.path?.sentence.en).toContain(says);
    expect(one?.path?.sentence.fr).not.toBe(one?.path?.sentence.en);
    expect(one?.path?.sentence.fr).not.toMatch(/[{}]/);
  });

  if (playable)
    test("has a path that the simulator plays, move for move", () => {
      if (!one?.path) throw new Error("no path");
      const scenario = scenarioOfPath(code, one.path);
      expect(readScenarioFile({ scenarios: [scenario] })).toMatchObject({ ok: true });
      const { moves } = playScenario(broken.compiled(), scenario);
      const wanted = one.path.moves.flatMap(({ node, output }) => (output === null ? [] : [[node, output]]));
      expect(moves.slice(0, wanted.length).map(({ from, output }) => [from, output])).toEqual(wanted);
      // It is where the path ends: there, and not gone on.
      const last = one.path.moves.at(-1);
      if (wanted.length > 0 && last?.output === null) expect(moves[wanted.length - 1]?.to).toBe(last.node);
    });

  if (mends)
    test("offers a change that mends it", () => {
      const [fix] = one?.fixes ?? [];
      const changed = apply(broken.document(), { type: "several", commands: fix?.commands ?? [] });
      if (!changed.ok) throw new Error(changed.reason);
      const rest = validate(changed.document, registry, company).filter(
        (left) => left.code === code && left.nodeId === one?.nodeId && left.message.en === one?.message.en,
      );
      expect(rest).toEqual([]);
      expect(fix?.label.fr).not.toBe(fix?.label.en);
    });
});

test("a call that ends without a word is over when its path has been played", () => {
  const [one] = found(menuTo(dead), "endsUnhelped");
  if (!one?.path) throw new Error("no path");
  const scenario = scenarioOfPath("dead", one.path);
  const played = { ...scenario, steps: [...scenario.steps, { isEnded: true } as const] };
  expect(() => playScenario(menuTo(dead).compiled(), played)).not.toThrow();
});

test("silence that begins in one node and goes on in the next counts as one", () => {
  const then = (next: ReturnType<typeof node>) =>
    flow({ ask: asking({ patienceMs: 15_000, attempts: 1 }), next, bye })
      .connect("ask", "noInput", "next")
      .connect("ask", "nine", "bye")
      .connect("ask", "noMatch", "bye")
      .connect("next", "ok", "bye")
      .connect("next", "failed", "bye");
  expect(found(then(node(http, { ...http.initial, url: "https://crm.example/" })), "longSilence")).toMatchObject([
    { nodeId: "next", path: { sentence: { en: expect.stringContaining("16 s of silence") } } },
  ]);
  expect(found(then(bye), "longSilence")).toEqual([]);
});

test("the silence that is found is heard: nothing else happens for as long", () => {
  const broken = menuTo(bye, { patienceMs: 40_000, attempts: 1 });
  const [one] = found(broken, "longSilence");
  if (!one?.path) throw new Error("no path");
  const { story } = playScenario(broken.compiled(), scenarioOfPath("silence", one.path));
  const asked = story.findIndex((line) => line.endsWith("collect"));
  // The question lasts a second; then there is nothing until the menu gives up.
  expect(story[asked]).toMatch(/^ *1000 ms/);
  expect(story[asked + 1]).toMatch(/^ *42000 ms .*input\.silence$/);
});

test("a path through closed hours begins on a day on which they are closed, and is played on it", () => {
  const sketch = flow({
    when: node(hours, { schedule: "office" }),
    ask: asking({ attempts: 1 }),
    wait: queue(),
    bye,
    dead,
  })
    .connect("when", "closed", "ask")
    .connect("when", "open", "wait")
    .connect("when", "holiday", "bye")
    .connect("ask", "nine", "dead")
    .connect("ask", "noInput", "bye")
    .connect("ask", "noMatch", "bye")
    .connect("wait", "timeout", "bye")
    .connect("wait", "unstaffed", "bye");
  const [one] = found(sketch, "endsUnhelped", { closedAt: new Map([["office", "2026-09-13T10:00:00Z"]]) });
  expect(one?.path?.sentence.en).toBe(
    "Sunday, “when” is closed, presses 9: the call ends after 1 s, with nothing said.",
  );
  expect(one?.path?.sentence.fr).toMatch(/^Dimanche, « when » est fermé, appuie sur 9 : /);
  if (!one?.path) throw new Error("no path");
  const scenario = scenarioOfPath("Sunday", one.path);
  expect(scenario.startAt).toBe("2026-09-13T10:00:00Z");
  const { moves } = playScenario(sketch.compiled(), scenario);
  expect(moves.map(({ output }) => output)).toEqual(["closed", "nine"]);
});

test("what a person, a message or a promise has ended well needs no goodbye", () => {
  const sketch = waiting({}).connect("wait", "ended", "dead");
  const document = { ...sketch.document() };
  const withDead = flow({ wait: queue(), dead, bye })
    .connect("wait", "ended", "dead")
    .connect("wait", "timeout", "bye")
    .connect("wait", "unstaffed", "bye");
  expect(document.nodes).toHaveLength(3);
  expect(found(withDead, "endsUnhelped")).toEqual([]);
});

test("a condition may turn out either way: both are looked at", () => {
  const sketch = flow({
    hello: welcome,
    known: node(condition, { branches: [{ id: "yes", label: "", when: "call.callerNumber == 'x'" }] }),
    number: node(collect, { ...collect.initial, variable: "number", attempts: 1 }),
    bye,
    dead,
  })
    .with({ variables: { number: { type: "string" } } })
    .connect("hello", "done", "known")
    .connect("known", "yes", "number")
    .connect("known", "otherwise", "bye")
    .connect("number", "done", "bye")
    .connect("number", "noMatch", "bye")
    .connect("number", "noInput", "dead");
  const [one] = found(sketch, "endsUnhelped");
  expect(one?.path?.sentence.en).toContain("Leaves “known” by “yes”, says nothing for");
});
