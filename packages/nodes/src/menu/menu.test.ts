import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import type { MenuConfig } from "./config.ts";
import { menu } from "./index.ts";

const choices = [
  { id: "sales", digit: "1", label: "Sales" },
  { id: "support", digit: "2", label: "Support" },
];

const asking = (settings: Partial<MenuConfig> = {}) =>
  flow({
    menu: node(menu, {
      prompt: "question",
      choices,
      attempts: 2,
      patienceMs: 6_000,
      invalidPrompt: null,
      noInputPrompt: null,
      ...settings,
    }),
    sales: node(hangup, { prompt: "sales" }),
    support: node(hangup, { prompt: "support" }),
    nothing: node(hangup, { prompt: "nothing" }),
    wrong: node(hangup, { prompt: "wrong" }),
  })
    .connect("menu", "sales", "sales")
    .connect("menu", "support", "support")
    .connect("menu", "noInput", "nothing")
    .connect("menu", "noMatch", "wrong");

scenario("a key goes where its choice leads, also during the question", (call) => {
  call.to(asking());
  call.beginsToHear("question");
  call.presses("2");
  call.hears("support");
  call.isEnded();
});

scenario("a key in the last moment of patience counts", (call) => {
  call.to(asking());
  call.hears("question");
  call.staysSilentFor("5999ms");
  call.presses("1");
  call.hears("sales");
});

scenario("silence asks again, then leaves by noInput", (call) => {
  call.to(asking());
  call.hears("question");
  call.staysSilentFor("6s");
  call.hears("question");
  call.staysSilentFor("6s");
  call.hears("nothing");
});

scenario("wrong keys ask again, then leave by noMatch", (call) => {
  call.to(asking());
  call.beginsToHear("question");
  call.presses("9");
  call.beginsToHear("question");
  call.presses("*");
  call.hears("wrong");
});

scenario("silence and a wrong key count together", (call) => {
  call.to(asking());
  call.hears("question");
  call.staysSilentFor("6s");
  call.beginsToHear("question");
  call.presses("7");
  call.hears("wrong");
});

scenario("an apology is said before the question comes again, and a key during it counts", (call) => {
  call.to(asking({ attempts: 3, invalidPrompt: "invalid", noInputPrompt: "noKey" }));
  call.beginsToHear("question");
  call.presses("9");
  call.hears("invalid");
  call.hears("question");
  call.staysSilentFor("6s");
  call.beginsToHear("noKey");
  call.presses("1");
  call.hears("sales");
});

scenario("a wrong key during an apology asks again at once and costs no attempt", (call) => {
  call.to(asking({ invalidPrompt: "invalid" }));
  call.beginsToHear("question");
  call.presses("9");
  call.beginsToHear("invalid");
  call.presses("8");
  call.hears("question");
  call.presses("1");
  call.hears("sales");
});

test("two choices on one key are refused", () => {
  const document = asking({
    choices: [
      { id: "a", digit: "1", label: "" },
      { id: "b", digit: "1", label: "" },
    ],
  }).document();
  const found = validate(document, registry).find(({ code }) => code === "menuDigitTwice");
  expect(found).toMatchObject({ nodeId: "menu", pointer: "/nodes/0/config/choices/1/digit", severity: "error" });
});
