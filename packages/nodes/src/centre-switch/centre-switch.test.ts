import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import { centreSwitch } from "./index.ts";

const switching = (settings: Partial<typeof centreSwitch.initial> = {}) =>
  flow({
    desk: node(centreSwitch, { ...centreSwitch.initial, schedule: "shop", ...settings }),
    done: node(hangup, { prompt: "bye" }),
    refused: node(hangup, { prompt: "no" }),
    unavailable: node(hangup, { prompt: "sorry" }),
  })
    .connect("desk", "done", "done")
    .connect("desk", "refused", "refused")
    .connect("desk", "unavailable", "unavailable");

scenario("the right code: how the centre stands, then each key does what it says, and it is told", (call) => {
  call.codeIs("27182818");
  call.schedule("shop", "open");
  call.to(switching());
  call.beginsToHear("centreEnterCode");
  call.presses("27182818#");
  call.hears("centreOpen");
  call.beginsToHear("centreMenu");
  call.presses("2");
  call.hears("centreClosedByHand");
  call.beginsToHear("centreMenu");
  call.presses("1");
  call.beginsToHear("centreOpenByHand");
  call.presses("9");
  call.hears("centreOpenByHand");
  call.beginsToHear("centreMenu");
  call.presses("3");
  call.hears("centreOpen");
  call.beginsToHear("centreMenu");
  call.presses("*");
  call.hears("bye");
});

for (const [stands, says] of [
  ["closed", "centreClosed"],
  ["holiday", "centreHoliday"],
] as const) {
  scenario(`a centre that is ${stands} is told so; who then says nothing twice has finished`, (call) => {
    call.codeIs("27182818");
    call.schedule("shop", stands);
    call.to(switching());
    call.presses("27182818#");
    call.hears(says);
    call.hears("centreMenu");
    call.hears("centreMenu");
    call.hears("bye");
  });
}

scenario("a wrong code may be keyed again, and after the last attempt it is refused", (call) => {
  call.codeIs("27182818");
  call.to(switching({ attempts: 2 }));
  call.presses("1#");
  call.hears("authenticateWrong");
  call.beginsToHear("centreEnterCode");
  call.presses("2#");
  call.hears("authenticateWrong");
  call.hears("no");
});

scenario("who keys nothing is asked again, then refused", (call) => {
  call.codeIs("27182818");
  call.to(switching({ attempts: 2 }));
  call.hears("centreEnterCode");
  call.hears("centreEnterCode");
  call.hears("no");
});

scenario("after too many wrong codes it is said, and no code helps", (call) => {
  call.codeIs({ is: "locked" });
  call.to(switching());
  call.presses("27182818#");
  call.hears("centreLocked");
  call.hears("no");
});

scenario("where nobody can say, the caller hears so", (call) => {
  call.codeIs({ is: "unavailable" });
  call.to(switching());
  call.presses("27182818#");
  call.hears("mailboxUnavailable");
  call.hears("sorry");
});

test("the schedule must be one of the company's", () => {
  const codes = validate(switching().document(), registry, { schedule: new Set(["another"]) })
    .filter(({ nodeId }) => nodeId === "desk")
    .map(({ code }) => code);
  expect(codes).toEqual(["notInCompany"]);
});
