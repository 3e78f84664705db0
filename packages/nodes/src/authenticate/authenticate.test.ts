import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import { authenticate } from "./index.ts";

const asking = (settings: Partial<typeof authenticate.initial> = {}) =>
  flow({
    who: node(authenticate, { ...authenticate.initial, ...settings }),
    welcome: node(hangup, { prompt: "welcome" }),
    failed: node(hangup, { prompt: "failed" }),
    locked: node(hangup, { prompt: "locked" }),
    unavailable: node(hangup, { prompt: "unavailable" }),
    silent: node(hangup, { prompt: "silent" }),
  })
    .connect("who", "verified", "welcome")
    .connect("who", "failed", "failed")
    .connect("who", "locked", "locked")
    .connect("who", "unavailable", "unavailable")
    .connect("who", "noInput", "silent");

scenario("a PIN that is right leads on; a wrong one may be keyed again", (call) => {
  call.codeIs("4711");
  call.to(asking());
  call.beginsToHear("authenticatePin");
  call.presses("1234#");
  call.hears("authenticateWrong");
  call.beginsToHear("authenticatePin");
  call.presses("4711#");
  call.hears("welcome");
});

scenario("after the last attempt it has failed", (call) => {
  call.codeIs("4711");
  call.to(asking({ attempts: 2 }));
  call.presses("1#");
  call.hears("authenticateWrong");
  call.presses("2#");
  call.hears("failed");
});

scenario("who keys nothing is asked again, and leaves by an output of their own", (call) => {
  call.codeIs("4711");
  call.to(asking({ attempts: 2, patienceMs: 3_000 }));
  call.hears("authenticatePin");
  call.hears("authenticatePin");
  call.hears("silent");
});

for (const by of ["mail", "sms"] as const) {
  scenario(`a one-time code by ${by} is sent before it is asked for`, (call) => {
    call.codeIs("271828");
    call.to(asking({ by, source: "crm", to: "{{ call.callerNumber }}" }));
    call.beginsToHear("authenticateSent");
    call.presses("271828");
    call.hears("welcome");
  });

  for (const is of ["locked", "unavailable"] as const) {
    scenario(`by ${by}, where codes are ${is}, nothing is asked`, (call) => {
      call.codeIs({ is });
      call.to(asking({ by, source: "crm", to: "ana@example.com" }));
      call.hears(is);
    });
  }
}

for (const is of ["locked", "unavailable"] as const) {
  scenario(`a PIN is ${is}: the caller hears of it when they have keyed it`, (call) => {
    call.codeIs({ is });
    call.to(asking());
    call.presses("4711#");
    call.hears(is);
  });
}

scenario(
  "a welcome of the flow's own is said when the code is right; wrong ones have words of their own too",
  (call) => {
    call.codeIs("4711");
    call.to(asking({ prompt: "yourCode", wrongPrompt: "again", verifiedPrompt: "thanks" }));
    call.beginsToHear("yourCode");
    call.presses("1#");
    call.hears("again");
    call.presses("4711#");
    call.hears("thanks");
    call.hears("welcome");
  },
);

test("where a code goes, and who sends it, must be said; it may not go to what is secret", () => {
  const codes = (settings: Partial<typeof authenticate.initial>) =>
    validate(
      asking(settings)
        .with({ variables: { secret: { type: "string", secret: true, initial: "" } } })
        .document(),
      registry,
      { connector: new Set(["crm"]) },
    )
      .filter(({ nodeId }) => nodeId === "who")
      .map(({ code }) => code);
  expect(codes({})).toEqual([]);
  expect(codes({ by: "mail" })).toEqual(["authenticateNowhere"]);
  expect(codes({ by: "mail", to: "a@example.com" })).toEqual([]);
  expect(codes({ by: "sms", to: "1" })).toEqual(["authenticateNoSender"]);
  expect(codes({ by: "sms", to: "1", source: "crm" })).toEqual([]);
  expect(codes({ by: "pin", source: "gone" })).toEqual(["notInCompany"]);
  expect(codes({ by: "mail", to: "{{ secret }}" })).toEqual(["secretShown"]);
});
