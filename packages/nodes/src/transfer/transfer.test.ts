import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import type { TransferConfig } from "./config.ts";
import { transfer } from "./index.ts";

const NUMBER = "+33142869999";
const transferring = (target: TransferConfig["target"] = { kind: "number", number: NUMBER }) =>
  flow({
    give: node(transfer, { target, ringMs: 20_000, music: "music" }),
    ended: node(hangup, { prompt: "ended" }),
    busy: node(hangup, { prompt: "busy" }),
    noAnswer: node(hangup, { prompt: "noAnswer" }),
    unreachable: node(hangup, { prompt: "unreachable" }),
  })
    .connect("give", "ended", "ended")
    .connect("give", "busy", "busy")
    .connect("give", "noAnswer", "noAnswer")
    .connect("give", "unreachable", "unreachable");

scenario("they talk, the other side hangs up, the flow goes on", (call) => {
  call.to(transferring());
  call.hears("music");
  call.talksToTarget(NUMBER);
  call.staysSilentFor("5m");
  call.otherSideHangsUp();
  call.hears("ended");
  call.isEnded();
});

for (const [behaviour, output] of [
  ["busy", "busy"],
  ["silent", "noAnswer"],
  ["unreachable", "unreachable"],
] as const) {
  scenario(`a number that is ${behaviour} leads to ${output}`, (call) => {
    call.whenRung(NUMBER, behaviour);
    call.to(transferring());
    call.hears("music");
    call.hears(output);
    call.isEnded();
  });
}

scenario("a number or a SIP address may be worked out", (call) => {
  call.to(transferring({ kind: "sipUri", uri: "sip:{{ call.dialledNumber }}@pbx.example" }));
  call.talksToTarget("sip:+33142861000@pbx.example");
});

scenario("a telephone of the company rings", (call) => {
  call.to(transferring({ kind: "telephone", telephoneId: "reception" }));
  call.talksToTarget("reception");
});

scenario("the company's switchboard rings", (call) => {
  call.to(transferring({ kind: "switchboard" }));
  call.talksToTarget("switchboard");
});

scenario("a switchboard that is not there leads to unreachable", (call) => {
  call.whenRung("switchboard", "unreachable");
  call.to(transferring({ kind: "switchboard" }));
  call.hears("music");
  call.hears("unreachable");
});

test("a transfer to nowhere is refused", () => {
  const codes = validate(transferring({ kind: "number", number: " " }).document(), registry).map(({ code }) => code);
  expect(codes).toContain("transferNowhere");
});
