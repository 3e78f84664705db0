import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import type { QueueStateConfig } from "./config.ts";
import { queueState } from "./index.ts";

const number = { type: "number", initial: 0 } as const;
const variables = {
  waiting: number,
  longest: number,
  staffed: number,
  wait: number,
  word: { type: "string", initial: "" },
} as const;

const bounds = [
  { id: "nobody", label: "", when: "staffed == 0" },
  { id: "crowded", label: "", when: "waiting > 5 || wait > 300 || longest >= 600" },
];

function asking(config: Partial<QueueStateConfig> = {}) {
  const names = { waiting: "waiting", longest: "longest", staffed: "staffed", expectedWait: "wait" };
  const settings = { queue: "sales", ...names, branches: bounds, ...config };
  const sketch = flow({
    ask: node(queueState, settings),
    nobody: node(hangup, { prompt: "closed" }),
    crowded: node(hangup, { prompt: "crowded" }),
    fine: node(hangup, { prompt: "welcome" }),
  }).connect("ask", "otherwise", "fine");
  return settings.branches.reduce((drawn, { id }) => drawn.connect("ask", id, id), sketch).with({ variables });
}

scenario("a queue in which nothing is wrong leads to otherwise", (call) => {
  call.queueStands("sales", { waiting: 2, longestMs: 30_000, staffed: 3, expectedWaitMs: 40_000 });
  call.to(asking());
  call.hears("welcome");
});

scenario("the first branch that is true is taken: nobody is staffed", (call) => {
  call.queueStands("sales", { waiting: 9, staffed: 0 });
  call.to(asking());
  call.hears("closed");
});

scenario("many who wait", (call) => {
  call.queueStands("sales", { waiting: 6 });
  call.to(asking());
  call.hears("crowded");
});

scenario("lengths of time come in seconds", (call) => {
  call.queueStands("sales", { longestMs: 599_400 });
  call.to(asking());
  call.hears("welcome");
  call.queueStands("sales", { longestMs: 600_000 });
  const next = call.another();
  next.to(asking());
  next.hears("crowded");
});

scenario("a wait that is not known is -1, which no bound is above", (call) => {
  call.queueStands("sales", { expectedWaitMs: null });
  call.to(asking({ branches: [{ id: "crowded", label: "", when: "wait < 0" }] }));
  call.hears("crowded");
});

scenario("a variable of another type keeps its value, noted; the others are set", (call) => {
  call.queueStands("sales", { waiting: 7 });
  call.to(asking({ longest: "word" }));
  call.hears("crowded");
  call.isNoted("valueRefused");
});

scenario("without branches it only asks", (call) => {
  call.to(asking({ branches: [], longest: null, expectedWait: null }));
  call.hears("welcome");
});

test("a queue, and variables, that do not exist are said", () => {
  const findings = validate(asking({ waiting: "nobody" }).document(), registry, {
    queue: new Set(["support"]),
  } as never);
  expect(findings.filter(({ nodeId }) => nodeId === "ask").map(({ code }) => code)).toContain("variableMissing");
});

scenario("a queue that is closed says so; without a word of it, it is open", (call) => {
  const branches = [{ id: "nobody", label: "", when: "closed" }];
  const closed = { type: "boolean", initial: true } as const;
  const sketch = () => asking({ closed: "closed", branches }).with({ variables: { ...variables, closed } });
  call.to(sketch());
  call.hears("welcome");
  call.queueCloses("sales");
  const late = call.another();
  late.to(sketch());
  late.hears("closed");
});
