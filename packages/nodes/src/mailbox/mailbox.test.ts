import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { hangup } from "../hangup/index.ts";
import type { MailboxConfig } from "./config.ts";
import { mailbox } from "./index.ts";

const consulting = (settings: Partial<MailboxConfig> = {}) =>
  flow({
    box: node(mailbox, { ...mailbox.initial, envelope: false, ...settings }),
    done: node(hangup, { prompt: "bye" }),
    refused: node(hangup, { prompt: "no" }),
    unavailable: node(hangup, { prompt: "sorry" }),
  })
    .connect("box", "done", "done")
    .connect("box", "refused", "refused")
    .connect("box", "unavailable", "unavailable");

const two = {
  code: "2468",
  number: "201",
  messages: [
    { from: "+33142860002", seconds: 8 },
    { from: null, seconds: 5 },
  ],
};

/** Keys the number and the code, and waits for the menu to begin. */
function opens(call: Parameters<Parameters<typeof scenario>[1]>[0]) {
  call.beginsToHear("mailboxEnterNumber");
  call.presses("201#");
  call.beginsToHear("mailboxEnterCode");
  call.presses("2468#");
  call.beginsToHear("mailboxNew");
}

scenario("number, code, what there is, the oldest new message, and the next one", (call) => {
  call.mailbox("sales", two);
  call.to(consulting());
  call.hears("mailboxEnterNumber");
  call.presses("201#");
  call.hears("mailboxEnterCode");
  call.presses("2468#");
  call.hears("mailboxNew");
  call.hears("2");
  call.hears("mailboxKept");
  call.hears("0");
  call.beginsToHear("mailboxMenu");
  call.presses("1");
  call.hears("2026-09-07");
  call.hears("message");
  call.hears("mailboxMessageMenu");
  call.mailboxHolds("sales", { new: 1, kept: 1 });
  call.presses("3");
  call.hears("2026-09-07");
  call.hears("message");
  call.beginsToHear("mailboxMessageMenu");
  call.presses("7");
  call.hears("mailboxDeleted");
  call.hears("mailboxNoMore");
  call.mailboxHolds("sales", { new: 0, kept: 1, deleted: 1 });
  call.beginsToHear("mailboxMenu");
  call.presses("*");
  call.hears("bye");
});

scenario("the envelope: number, date and time of the caller's zone; hidden where it was hidden", (call) => {
  call.mailbox("sales", two);
  call.to(consulting({ envelope: true }));
  opens(call);
  call.presses("1");
  call.hears("mailboxFrom");
  call.hears("+33142860002");
  call.hears("2026-09-07");
  call.hears("09:58");
  call.beginsToHear("message");
  call.presses("6");
  for (const said of ["mailboxFrom", "+33142860002", "2026-09-07", "09:58", "mailboxDuration", "8000"])
    call.hears(said);
  call.beginsToHear("mailboxMessageMenu");
  call.presses("3");
  call.hears("mailboxFrom");
  call.hears("mailboxHiddenNumber");
});

scenario(
  "2 stops a message and goes on a little before; another key costs a word; a skipped one stays new",
  (call) => {
    call.mailbox("sales", two);
    call.to(consulting());
    opens(call);
    call.presses("1");
    call.hears("2026-09-07");
    call.beginsToHear("message");
    call.staysSilentFor("3s");
    call.presses("2");
    call.beginsToHear("mailboxPaused");
    call.staysSilentFor("20s");
    call.presses("2");
    call.beginsToHear("rest of message");
    call.staysSilentFor("2s");
    call.presses("8");
    call.beginsToHear("rest of message");
    call.presses("1");
    call.beginsToHear("message");
    call.presses("3");
    call.hears("2026-09-07");
    call.beginsToHear("message");
    call.mailboxHolds("sales", { new: 2, kept: 0 });
    call.presses("9");
    call.hears("mailboxSaved");
    call.hears("mailboxNoMore");
    call.mailboxHolds("sales", { new: 1, kept: 1 });
  },
  { lasts: { message: 8_000, "rest of message": 6_000 } },
);

scenario("a wrong code is said, tried again, and refused at last; what was keyed is nowhere", (call) => {
  call.mailbox("sales", two);
  call.to(consulting({ attempts: 2 }));
  for (let tries = 0; tries < 2; tries++) {
    call.beginsToHear("mailboxEnterNumber");
    call.presses("201#");
    call.beginsToHear("mailboxEnterCode");
    call.presses("1111#");
    call.hears("mailboxWrong");
  }
  call.hears("no");
  call.isEnded();
});

scenario("a box that was tried too often is locked, whoever knows the code", (call) => {
  call.mailbox("sales", two);
  call.to(consulting({ attempts: 5, box: "sales" }));
  for (let tries = 0; tries < 5; tries++) {
    call.beginsToHear("mailboxEnterCode");
    call.presses("1111#");
    call.hears("mailboxWrong");
  }
  call.hears("no");
  const owner = call.another();
  owner.to(consulting({ box: "sales" }));
  owner.beginsToHear("mailboxEnterCode");
  owner.presses("2468#");
  owner.hears("mailboxLocked");
  owner.hears("no");
});

scenario("4 rings who left the message, and comes back to it; who is hidden is not rung", (call) => {
  call.mailbox("sales", two);
  call.to(consulting({ box: "sales" }));
  call.beginsToHear("mailboxEnterCode");
  call.presses("2468#");
  call.beginsToHear("mailboxNew");
  call.presses("1");
  call.hears("2026-09-07");
  call.beginsToHear("message");
  call.presses("4");
  call.talksToTarget("+33142860002");
  call.otherSideHangsUp();
  call.beginsToHear("mailboxMessageMenu");
  call.mailboxHolds("sales", { calledBack: 1 });
  call.whenRung("+33142860002", "busy");
  call.presses("4");
  call.hears("numberBusy");
  call.beginsToHear("mailboxMessageMenu");
  call.presses("3");
  call.hears("2026-09-07");
  call.beginsToHear("message");
  call.presses("4");
  call.hears("mailboxCannotCall");
  call.beginsToHear("mailboxMessageMenu");
});

scenario("5 sends a copy to another box, by its number", (call) => {
  call.mailbox("sales", two);
  call.mailbox("support", { code: "1357", number: "300" });
  call.to(consulting({ box: "sales" }));
  call.beginsToHear("mailboxEnterCode");
  call.presses("2468#");
  call.beginsToHear("mailboxNew");
  call.presses("1");
  call.hears("2026-09-07");
  call.beginsToHear("message");
  call.presses("5");
  call.beginsToHear("mailboxForwardTo");
  call.presses("999#");
  call.hears("mailboxNoSuchBox");
  call.beginsToHear("mailboxMessageMenu");
  call.presses("5");
  call.beginsToHear("mailboxForwardTo");
  call.presses("300#");
  call.hears("mailboxForwarded");
  call.mailboxHolds("support", { new: 1 });
  call.mailboxHolds("sales", { new: 2 });
});

scenario("a greeting is heard, recorded, heard again and kept; it is no message", (call) => {
  call.mailbox("sales", two);
  call.to(consulting({ box: "sales" }));
  call.beginsToHear("mailboxEnterCode");
  call.presses("2468#");
  call.beginsToHear("mailboxNew");
  call.presses("3");
  call.beginsToHear("mailboxGreetingMenu");
  call.presses("2");
  call.hears("voicemailGreeting");
  call.beginsToHear("mailboxGreetingAsk");
  call.presses("1");
  call.hears("mailboxGreetingSpeak");
  call.hears("beep");
  call.speaksFor("5s");
  call.presses("#");
  call.beginsToHear("mailboxGreetingReview");
  call.presses("2");
  call.hears("recording");
  call.beginsToHear("mailboxGreetingReview");
  call.presses("1");
  call.hears("mailboxGreetingSaved");
  call.mailboxHolds("sales", { greetings: ["absent"], new: 2 });
  call.beginsToHear("mailboxGreetingMenu");
  call.presses("*");
  call.beginsToHear("mailboxMenu");
  call.hangsUp();
  call.leavesNoMessage();
});

scenario("who hangs up while they record a greeting has changed nothing, and left no message", (call) => {
  call.mailbox("sales", two);
  call.to(consulting({ box: "sales" }));
  call.beginsToHear("mailboxEnterCode");
  call.presses("2468#");
  call.beginsToHear("mailboxNew");
  call.presses("3");
  call.beginsToHear("mailboxGreetingMenu");
  call.presses("1");
  call.hears("voicemailGreeting");
  call.beginsToHear("mailboxGreetingAsk");
  call.presses("1");
  call.hears("mailboxGreetingSpeak");
  call.hears("beep");
  call.speaksFor("5s");
  call.hangsUp();
  call.mailboxHolds("sales", { greetings: [] });
  call.leavesNoMessage();
});

scenario("who says nothing is asked once more, and has finished then", (call) => {
  call.mailbox("sales", two);
  call.to(consulting({ box: "sales", greetings: false, callBack: false }));
  call.beginsToHear("mailboxEnterCode");
  call.presses("2468#");
  for (const said of ["mailboxNew", "2", "mailboxKept", "0"]) call.hears(said);
  call.hears("mailboxMenuShort");
  call.hears("mailboxMenuShort");
  call.hears("bye");
});
