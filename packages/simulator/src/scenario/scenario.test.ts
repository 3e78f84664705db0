import { hangup, hunt, menu, play } from "@cordboard/nodes";
import { expect, test } from "vitest";
import { flow, node, runScenario, ScenarioFailure } from "./index.ts";
import { scenario } from "./vitest.ts";

const welcome = { prompt: "welcome", patienceMs: 6_000, invalidPrompt: null, noInputPrompt: null };
const sales = {
  queue: "sales",
  priority: 0,
  announcement: null,
  holdMusic: ["music", "advert"],
  maxWaitMs: null,
  leaveWhenUnstaffed: false,
  ringMs: 20_000,
  ringMusic: null,
};
const reception = () =>
  flow({
    hello: node(menu, { ...welcome, choices: [{ id: "sales", digit: "1", label: "Sales" }], attempts: 2 }),
    desk: node(hunt, sales),
    bye: node(hangup, { prompt: "goodbye" }),
  })
    .connect("hello", "noInput", "desk")
    .connect("hello", "sales", "desk")
    .connect("desk", "ended", "bye");

scenario("a caller who says nothing twice reaches an operator", (call) => {
  call.to(reception());
  call.hears("welcome");
  call.staysSilentFor("6s");
  call.hears("welcome");
  call.staysSilentFor("6s");
  call.waitsIn("sales", { place: 1 });
  call.operator("ines").acceptsAfter("2s");
  call.talksTo("ines");
  call.operator("ines").is("talking");
  call.operator("ines").hangsUp();
  call.hears("goodbye");
  call.isEnded();
  call.operator("ines").is("wrapUp");
});

scenario("one operator refuses, the telephone of the next is busy, the third talks; the place is kept", (call) => {
  call.to(reception());
  call.beginsToHear("welcome");
  call.presses("1");
  const later = call.another();
  later.to(reception());
  later.beginsToHear("welcome");
  later.presses("1");
  later.waitsIn("sales", { place: 2 });
  call.operator("ines").refusesAfter("1s");
  call.operator("marc").telephoneIs("busy").acceptsAfter("1s");
  call.staysSilentFor("1s");
  call.waitsIn("sales", { place: 1 });
  call.hears("music");
  call.hears("advert");
  call.operator("marc").is("paused");
  call.operator("zoe").acceptsAfter("3s");
  call.talksTo("zoe");
  call.hangsUp();
  call.operator("zoe").is("wrapUp");
});

test("a scenario fails when the caller hears something else, and tells the story", () => {
  const failing = () =>
    runScenario((call) => {
      call.to(
        flow({ hello: node(play, { prompt: "one", bargeIn: false }), bye: node(hangup, { prompt: "two" }) }).connect(
          "hello",
          "done",
          "bye",
        ),
      );
      call.hears("one");
      call.hears("three");
    });
  expect(failing).toThrow(ScenarioFailure);
  expect(failing).toThrow(/should hear "three", but hears "two"[\s\S]*hello —done→ bye/);
});

test("a scenario fails when nobody talks, nobody waits, or the call goes on", () => {
  const inQueue = (say: (call: Parameters<Parameters<typeof runScenario>[0]>[0]) => void) => () =>
    runScenario((call) => {
      call.to(flow({ desk: node(hunt, sales) }));
      say(call);
    });
  expect(inQueue((call) => call.isEnded())).toThrow(/should end/);
  expect(inQueue((call) => call.talksTo("ines"))).toThrow(/should talk/);
  expect(inQueue((call) => call.waitsIn("support"))).toThrow(/does not wait/);
  expect(inQueue((call) => call.waitsIn("sales", { place: 2 }))).toThrow(/place 1, not 2/);
  expect(inQueue((call) => call.hears("welcome"))).toThrow(/hears nothing new/);
});

test("two runs of one scenario tell the same story", () => {
  const run = () =>
    runScenario((call) => {
      call.to(reception());
      call.beginsToHear("welcome");
      call.presses("1");
      call.operator("ines").acceptsAfter("2s");
      call.talksTo("ines");
    }).story;
  expect(run()).toEqual(run());
});
