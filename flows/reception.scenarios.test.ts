import { canonicalText, parseFlow, validate } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { builtInPrompts } from "@cordboard/prompts";
import { compiledFlow } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import text from "./reception.json?raw";

const parsed = parseFlow(text);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
const reception = compiledFlow(parsed.document);

test("the flow is in canonical form, without a finding, and all that it plays ships with the product", () => {
  expect(canonicalText(parsed.document)).toBe(text);
  expect(validate(parsed.document, registry)).toEqual([]);
  for (const { builtIn } of Object.values(parsed.document.prompts))
    expect(Object.keys(builtInPrompts)).toContain(builtIn);
});

scenario("a French caller presses 2, hears advert and music, and talks to an operator of support", (call) => {
  call.operator("ines").serves("support");
  call.to(reception);
  call.hearsIn("fr-FR", "pWelcome");
  call.beginsToHear("pMenu");
  call.presses("2");
  call.hears("pWait");
  call.waitsIn("support", { place: 1 });
  call.hears("pMusic");
  call.hears("pAdvert");
  call.carriesScript("contact", {
    number: "+33142860001",
    dialled: "+33142861000",
    line: "Main",
    subject: "support",
  });
  call.operator("ines").acceptsAfter("9s");
  call.hears("ringMusic");
  call.talksTo("ines");
  call.operator("ines").hangsUp();
  call.hears("pGoodbye");
  call.isEnded();
  call.operator("ines").is("wrapUp");
});

scenario("an English caller is spoken to in English", (call) => {
  const english = call.another({ language: "en-GB" });
  english.to(reception);
  english.hearsIn("en-GB", "pWelcome");
  english.hearsIn("en-GB", "pMenu");
});

scenario("a key cuts the welcome short; who knows the menu is in line within a second", (call) => {
  call.to(reception);
  call.beginsToHear("pWelcome");
  call.presses("#");
  call.beginsToHear("pMenu");
  call.presses("1");
  call.beginsToHear("pWait");
  call.waitsIn("sales", { place: 1 });
});

scenario("a caller who says nothing three times reaches sales", (call) => {
  call.to(reception);
  call.hears("pWelcome");
  for (const _ of [1, 2]) {
    call.hears("pMenu");
    call.staysSilentFor("5s");
    call.hears("pNoInput");
  }
  call.hears("pMenu");
  call.staysSilentFor("5s");
  call.hears("pWait");
  call.waitsIn("sales");
});

scenario("a caller who presses a wrong key is told so, and may press during the apology", (call) => {
  call.to(reception);
  call.hears("pWelcome");
  call.beginsToHear("pMenu");
  call.presses("9");
  call.beginsToHear("pInvalid");
  call.presses("2");
  call.isEnded();
});

scenario(
  "one operator refuses, the next one's telephone is silent, the third talks; nobody loses the place",
  (call) => {
    call.to(reception);
    call.hears("pWelcome");
    call.beginsToHear("pMenu");
    call.presses("1");
    const behind = call.another();
    behind.to(reception);
    behind.hears("pWelcome");
    behind.beginsToHear("pMenu");
    behind.presses("1");
    call.operator("ines").refusesAfter("3s");
    call.operator("marc").telephoneIs("silent").acceptsAfter("2s");
    call.hears("ringMusic");
    call.hears("pMusic");
    call.waitsIn("sales", { place: 1 });
    behind.waitsIn("sales", { place: 2 });
    call.operator("zoe").acceptsAfter("2s");
    call.talksTo("zoe");
  },
);

scenario("support says that nobody is there; sales lets the caller wait ten minutes", (call) => {
  call.to(reception);
  call.hears("pWelcome");
  call.beginsToHear("pMenu");
  call.presses("2");
  call.hears("pNobody");
  call.hears("pGoodbye");
  call.isEnded();
  const patient = call.another();
  patient.to(reception);
  patient.hears("pWelcome");
  patient.beginsToHear("pMenu");
  patient.presses("1");
  patient.staysSilentFor("10m");
  patient.hears("pNobody");
  patient.isEnded();
});

scenario("a caller who hangs up while an operator is offered the call leaves that operator free", (call) => {
  call.to(reception);
  call.hears("pWelcome");
  call.beginsToHear("pMenu");
  call.presses("1");
  call.operator("ines").isOffered();
  call.hangsUp();
  call.operator("ines").isNotOffered();
  call.operator("ines").is("available");
});
