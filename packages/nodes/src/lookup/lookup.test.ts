import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { collect } from "../collect/index.ts";
import { condition } from "../condition/index.ts";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import { screenPop } from "../screen-pop/index.ts";
import { lookup } from "./index.ts";

const ana = {
  name: "Ana Lima",
  numbers: ["+33142860001"],
  customerNumber: "C-1042",
  vip: true,
  fields: { contract: "gold" },
};

const looking = (settings: Partial<typeof lookup.initial> = {}) =>
  flow({
    look: node(lookup, { ...lookup.initial, ...settings }),
    pop: node(screenPop, {
      script: "crm",
      parameters: [
        { name: "who", value: "{{ contact.name }}/{{ contact.fields.contract }}/{{ contact.lastOperatorId }}" },
      ],
    }),
    welcome: node(hangup, { prompt: "welcome" }),
    unknown: node(hangup, { prompt: "unknown" }),
    several: node(hangup, { prompt: "several" }),
    blocked: node(hangup, { prompt: "blocked" }),
    failed: node(hangup, { prompt: "failed" }),
  })
    .connect("look", "found", "pop")
    .connect("pop", "done", "welcome")
    .connect("look", "none", "unknown");

scenario("a caller whose number is a contact's is recognised, and known from there on", (call) => {
  call.contacts({ ...ana, lastOperatorId: "ines" });
  call.to(looking());
  call.hears("welcome");
  call.carriesScript("crm", { who: "Ana Lima/gold/ines" });
  call.isKnownAs("Ana Lima");
});

scenario("nobody is found by a hidden number, whatever contacts there are", (call) => {
  call.contacts(ana, { name: "Nobody", numbers: [""] });
  const hidden = call.another({ callerNumber: null });
  hidden.to(looking());
  hidden.hears("unknown");
  hidden.isKnownAs();
});

scenario("several fit: all are kept for whoever takes the call, and none of them is the caller", (call) => {
  call.contacts(ana, { ...ana, name: "Béa Lima" });
  call.to(looking().connect("look", "several", "several"));
  call.hears("several");
  call.isKnownAs("Ana Lima", "Béa Lima");
});

scenario("of several, of blocked and of failed nothing is said: the way of unknown callers", (call) => {
  call.contacts(ana, { ...ana, name: "Béa Lima" });
  call.to(looking());
  call.hears("unknown");
  call.contacts({ ...ana, blocked: true });
  const blocked = call.another();
  blocked.to(looking());
  blocked.hears("unknown");
  call.contactsFail();
  const failed = call.another();
  failed.to(looking());
  failed.hears("unknown");
});

scenario("a blocked number takes its own way, also where another contact has it", (call) => {
  call.contacts(ana, { ...ana, name: "Nuisance", blocked: true });
  call.to(looking().connect("look", "blocked", "blocked"));
  call.hears("blocked");
});

scenario("who keys a customer number is found by it, also with a hidden number", (call) => {
  call.contacts(ana);
  const hidden = call.another({ callerNumber: null });
  hidden.to(
    flow({
      ask: node(collect, { ...collect.initial, variable: "customer", confirm: false }),
      look: node(lookup, { ...lookup.initial, by: "value", value: "{{ customer }}" }),
      welcome: node(hangup, { prompt: "welcome" }),
      unknown: node(hangup, { prompt: "unknown" }),
    })
      .connect("ask", "done", "look")
      .connect("look", "found", "welcome")
      .connect("look", "none", "unknown")
      .with({ variables: { customer: { type: "string" } } }),
  );
  hidden.presses("1042#");
  hidden.hears("welcome");
});

scenario("a connector is asked instead of the company's contacts", (call) => {
  call.contacts(ana, { ...ana, name: "Ana of the CRM", source: "crm" });
  call.to(looking({ source: "crm" }));
  call.hears("welcome");
  call.isKnownAs("Ana of the CRM");
});

scenario("a contact is spoken to in their language, when the flow has it", (call) => {
  call.contacts({ ...ana, language: "en-US" });
  call.to(looking().with({ languages: ["fr-FR", "en-GB"] }));
  call.hearsIn("en-GB", "welcome");
  call.contacts({ ...ana, language: "de-DE" });
  const german = call.another();
  german.to(looking().with({ languages: ["fr-FR", "en-GB"] }));
  german.hearsIn("fr-FR", "welcome");
  call.contacts({ ...ana, language: "en-GB" });
  const asBefore = call.another();
  asBefore.to(looking({ speakLanguage: false }).with({ languages: ["fr-FR", "en-GB"] }));
  asBefore.hearsIn("fr-FR", "welcome");
});

scenario("conditions see the contact, also before anybody was looked for", (call) => {
  const branches = [{ id: "vip", label: "VIP", when: "contact.found && contact.vip" }];
  call.contacts(ana);
  call.to(
    flow({
      before: node(condition, { branches }),
      look: node(lookup, lookup.initial),
      after: node(condition, { branches }),
      welcome: node(hangup, { prompt: "welcome" }),
      unknown: node(hangup, { prompt: "unknown" }),
    })
      .connect("before", "vip", "unknown")
      .connect("before", "otherwise", "look")
      .connect("look", "found", "after")
      .connect("look", "none", "unknown")
      .connect("after", "vip", "welcome")
      .connect("after", "otherwise", "unknown"),
  );
  call.hears("welcome");
});

test("what is looked for must be said, and may not be a secret", () => {
  const codes = (settings: Partial<typeof lookup.initial>) =>
    validate(
      looking(settings)
        .with({ variables: { pin: { type: "string", secret: true, initial: "" } } })
        .document(),
      registry,
      { connector: new Set(["crm"]) },
    )
      .filter(({ nodeId }) => nodeId === "look")
      .map(({ code }) => code);
  expect(codes({})).toEqual([]);
  expect(codes({ by: "value" })).toEqual(["lookupValueEmpty"]);
  expect(codes({ by: "value", value: "{{ pin }}" })).toEqual(["secretShown"]);
  expect(codes({ source: "crm" })).toEqual([]);
  expect(codes({ source: "gone" })).toEqual(["notInCompany"]);
});

test("members of the contact are checked, and a flow that has a variable of that name keeps it", () => {
  const codes = (value: string, variables: Readonly<Record<string, { type: "string"; initial: string }>> = {}) =>
    validate(
      flow({
        pop: node(screenPop, { script: "crm", parameters: [{ name: "x", value }] }),
        end: node(hangup, { prompt: "bye" }),
      })
        .connect("pop", "done", "end")
        .with({ variables })
        .document(),
      registry,
    ).map(({ code }) => code);
  expect(codes("{{ contact.name + ' ' + contact.company }}")).toEqual([]);
  expect(codes("{{ contact.matches + 1 }}")).toEqual([]);
  expect(codes("{{ contact.nmae }}")).toEqual(["expressionType"]);
  expect(codes("{{ contact.name }}", { contact: { type: "string", initial: "" } })).toEqual(["expressionType"]);
  expect(codes("{{ contact + '!' }}", { contact: { type: "string", initial: "" } })).toEqual([]);
});
